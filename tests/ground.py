"""What the migrations laid down (the chains' heads, groups, lawful pairs, days off), kept aside, so that what a test
committed is undone in milliseconds. Django's way empties every table and saves these rows again one by one, which takes
longer than most tests.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction


@dataclass
class Ground:
    """The rows that stood in a database when it had just been migrated."""

    statements: list  # that bring the tables back to it

    @classmethod
    def keep(cls):
        """Copies what there is, table by table, into tables beside them. Once a database."""
        quote, statements, refill = connection.ops.quote_name, [], []
        with connection.cursor() as cursor:
            for model in apps.get_models(include_auto_created=True):
                table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
                if not cursor.fetchone()[0]:
                    statements.append(f"DELETE FROM {table}")
                    continue
                kept = quote(f"kept_{model._meta.db_table}")
                cursor.execute(f"DROP TABLE IF EXISTS {kept}")  # of a run that kept its database
                cursor.execute(f"CREATE TABLE {kept} AS SELECT * FROM {table}")
                # Most are as they were: only the rows that differ are touched.
                other = f"SELECT * FROM {table} EXCEPT SELECT * FROM {kept}"
                statements.append(
                    f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM ({other}) AS other)"
                )
                refill.append(f"INSERT INTO {table} SELECT * FROM {kept} EXCEPT SELECT * FROM {table}")
        return cls(statements + refill)

    def restore(self):
        """Whatever was committed since is gone; the numbers of new rows go on. Each statement by itself: the database
        checks references only at the end."""
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in self.statements:
                cursor.execute(statement)
