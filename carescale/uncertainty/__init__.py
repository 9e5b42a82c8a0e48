"""Ranges into draws: points that hang on a figure's key, shapes through published ends, and what draws tell.

Knows nothing of care: keys, numbers between 0 and 1, and arrays of results.
"""
