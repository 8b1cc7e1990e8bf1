"""A list as the indexes of its rows: exact count at once, one query for the rows of a page, any page alike."""

import django_tables2 as tables
from django_tables2.data import TableData

ROWS = 25


class Chosen(TableData):
    """Rows of a fact table by their indexes. `fetch(indexes)` reads the records of one page, in that order."""

    def __init__(self, indexes, fetch, orders=None):
        """orders: {column: array to order the whole table by}; ties keep the order of the indexes (by name)."""
        super().__init__(indexes)
        self.fetch, self.orders = fetch, orders or {}

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        return self.fetch(self.data[key])

    def __iter__(self):
        return iter(self.fetch(self.data))

    def order_by(self, aliases):
        for alias in reversed(aliases):
            name = alias.lstrip("-")
            if name in self.orders:
                keys = self.orders[name][self.data]
                order = keys.argsort(kind="stable")
                if alias.startswith("-"):
                    # Reversed twice: descending, and equal keys still by name.
                    order = (len(keys) - 1 - keys[::-1].argsort(kind="stable"))[::-1]
                self.data = self.data[order]


def in_order(queryset, ids):
    """The records with these ids, in their order; ids no longer there are left out. One query."""
    found = queryset.in_bulk([int(pk) for pk in ids])
    return [found[int(pk)] for pk in ids if int(pk) in found]


class LeanTable(tables.Table):
    """A table whose template writes its rows in one go (templatetags.figures.rows)."""

    class Meta:
        template_name = "recruitment/quotas/_table.html"
