"""Indicators: recipes over observations, in every vintage.

``load.catalog()`` lists them without touching data; ``build.build`` and ``build.history`` compute them.
"""
