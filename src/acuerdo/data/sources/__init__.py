"""Plug-ins: one file per publisher's data set."""
