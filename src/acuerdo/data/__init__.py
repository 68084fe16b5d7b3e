"""Published files, kept in every vintage: sources, releases, the store, as-of."""
