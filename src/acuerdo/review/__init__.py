"""The performance review: pages for readers, and the same content for machines."""
