"""The vocabulary of the house: errors, periods, places, units, texts, citations, estimates.

Standard library only; every other room may import it, and it imports none of them.
"""
