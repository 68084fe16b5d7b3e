"""Money: what was requested, appropriated, obligated and paid, and what of it cannot be known."""
