"""Differences in differences: who was treated against who was not, before against after."""
