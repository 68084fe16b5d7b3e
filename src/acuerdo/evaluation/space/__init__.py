"""Where: clusters of high values, rings around the treated, and how concentrated a count is."""
