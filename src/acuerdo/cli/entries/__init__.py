"""What ``acuerdo show`` tells about one thing: one file per sort of thing."""
