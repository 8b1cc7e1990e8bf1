"""Workbooks in: map, check, write all or nothing, undo."""
