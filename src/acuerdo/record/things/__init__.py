"""One file per thing that can be proposed; see :mod:`acuerdo.record.kind`."""
