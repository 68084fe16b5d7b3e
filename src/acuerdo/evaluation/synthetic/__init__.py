"""The synthetic-control engine: pure functions on arrays, units in rows and periods in columns."""
