"""The eight verbs of a recipe, one file each.

Each file says the same three things: ``levels``, the levels of place it needs of its operands; ``unit``, the unit
of its result, or why there is none; ``relate``, its arithmetic, in SQL or NumPy.
"""
