"""How the annual report is asked and read in tests."""

from datetime import date

from recruitment import columns
from recruitment.reports.annual import annual

LATER = date(2020, 6, 1)


def asked(code="T", year=2015, **more):
    return annual(columns.current(), code, year, **({"today": LATER} | more))


def table(report, sheet):
    """{row key: {column key: exact value}} of a sheet."""
    found = report.sheet(sheet)
    return {row.key: {column.key: found.value(row, column) for column in found.columns} for row in found.rows}


def summary_of(report):
    return {row: cells["value"] for row, cells in table(report, "tong_hop").items()}
