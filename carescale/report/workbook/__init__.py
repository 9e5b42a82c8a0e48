"""Workbooks with live formulas. XlsxWriter is imported here and nowhere else."""
