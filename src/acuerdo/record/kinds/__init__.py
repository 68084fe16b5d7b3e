"""One file per kind of entry; see :mod:`acuerdo.record.kind`."""
