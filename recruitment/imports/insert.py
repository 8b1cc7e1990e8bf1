"""Many rows into a table by the database's own wide door: COPY, or one prepared statement.

Django's bulk_create prepares every value through four calls; for 50,000 admissions and their persons that was most of
the time of a load. Ids are taken first, because neither door tells them afterwards.
"""

from django.db import connection

from committees.journal import require_pen

# Rows after which PostgreSQL is told to look at a table anew.
MANY = 1000
# Values that every driver takes as they are; the rest goes through its field.
PLAIN = frozenset({str, int, bool, type(None)})


def insert(model, rows):
    """Insert unsaved rows of a Penned model, giving each its id and stamp. Needs the pen held. Two statements, a
    third where PostgreSQL is to look at many rows.

    What `save` of the model would derive (search words, sort keys) the caller has set, as for bulk_create.
    """
    if not rows:
        return rows
    number = require_pen().number
    fields = model._meta.concrete_fields
    table, columns = _quoted(model._meta.db_table), ", ".join(_quoted(field.column) for field in fields)
    with connection.cursor() as cursor:
        for row, pk in zip(rows, _ids(cursor, model, len(rows)), strict=True):
            row.pk, row.stamp = pk, number
        values = zip(*(_values(field, rows) for field in fields), strict=True)
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values))  # noqa: S608 - names of our own models
        if connection.vendor == "postgresql" and len(rows) >= MANY:
            # Until it looks by itself, a minute later, it would join what came as if there were a handful.
            cursor.execute(f"ANALYZE {table}")
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def _quoted(name):
    return connection.ops.quote_name(name)


def _values(field, rows):
    """The field's values as the driver takes them; equal ones are prepared once."""
    known, values = {}, []
    for row in rows:
        value = getattr(row, field.attname)
        if value.__class__ not in PLAIN:
            if value not in known:
                known[value] = field.get_db_prep_save(value, connection)
            value = known[value]
        values.append(value)
    return values


def _ids(cursor, model, count):
    """As many ids as rows, none ever used before. The pen keeps other writers out meanwhile."""
    table, column = model._meta.db_table, model._meta.pk.column
    if connection.vendor == "postgresql":
        sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        cursor.execute(sequence, [_quoted(table), column, count])
        return [pk for (pk,) in cursor.fetchall()]
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    last = (cursor.fetchone() or (0,))[0]
    return range(last + 1, last + 1 + count)
