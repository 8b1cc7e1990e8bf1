"""Workbooks and documents in and out. Knows no domain: it is told headings and rows, never whose they are."""
