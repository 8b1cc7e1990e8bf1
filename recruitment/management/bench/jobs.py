"""One function a group of jobs: each yields measure.Row, goals from performance.md §9."""

import random
from datetime import timedelta
from itertools import count

import numpy as np
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from committees import journal, vietnamese
from committees.access import PEOPLE
from committees.models import Committee, Entry, Kind, Placement
from recruitment import columns
from recruitment.dashboards.summary import summary
from recruitment.imports.load import load
from recruitment.models import Admission, Person

from . import lists, merging, papers, rivals
from .client import opened, signed_in
from .measure import ROUNDS, interleaved, row, timed
from .scratch import LAST, admission, person

IMPORTED = 2_000
FORM_ROWS = 20


def first_load(_world):
    """A worker's first request: everything read once."""

    def load_all():
        columns.forget()
        columns.current()

    yield row("first_request_s", interleaved({"first": load_all})["first"] / 1e3, "s", at_most=1.0)


def after_a_write(world):
    """What the next reader pays after one admission was written, and what the writing itself costs."""
    dice = random.Random(1)  # noqa: S311 - repeatable, no secret
    taken = []
    for k in range(15):
        with journal.pen(None, "bench"):
            human = person(dice, k)
            human.save()
            admission(dice, human, world.cell).save()
        taken.append(timed(columns.current)[0])
    yield row("refresh_ms", sorted(taken)[len(taken) // 2], "ms", at_most=10)

    def penned():
        with journal.pen(None, "bench"):
            human = person(dice, 1)
            human.save()
            admission(dice, human, world.cell).save()

    numbers = count(1)

    def bare():
        """The same statements by hand: head, person, fact, entry, head."""
        human = person(dice, 1)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT number, hash FROM committees_head WHERE chain = 'reads'")
            human.pk = _insert(cursor, human)
            _insert(cursor, admission(dice, human, world.cell))
            at = timezone.now()
            _insert(
                cursor,
                Entry(chain="bench", number=next(numbers), at=at, deed="x", digest=b"x" * 32, hash=b"x"),
            )
            cursor.execute("UPDATE committees_head SET whole_from = whole_from WHERE chain = 'reads'")

    took = interleaved({"penned": penned, "bare": bare})
    yield row("admission_over_bare", took["penned"] / took["bare"], "×", at_most=1.5)
    columns.current()


def _insert(cursor, row):
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    names, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    params = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    # Table and columns are the model's own.
    cursor.execute(f"INSERT INTO {row._meta.db_table} ({names}) VALUES ({marks}) RETURNING id", params)  # noqa: S608
    return cursor.fetchone()[0]


def dashboard(world):
    """The dashboard's data against bare arrays and a recursive query; its page in units of U."""
    snapshot = columns.current()
    tree = snapshot.tree(LAST)
    top = Committee.objects.get(code=world.committee)
    client = signed_in(top)
    page = (
        reverse("recruitment:dashboard", args=[world.committee]) + f"?plan={world.plan}&on={LAST.isoformat()}"
    )
    small = reverse("help")

    def data():
        return summary(columns.current(), world.plan, world.committee, on=LAST, audience=PEOPLE)

    found, computed = data(), rivals.bare(snapshot, tree, top.pk)
    said = rivals.told(snapshot, found)
    if wrong := [name for name, numbers in said.items() if not np.array_equal(numbers, computed[name])]:
        raise RuntimeError(f"The dashboard and the bare arrays disagree on {', '.join(wrong)}")
    took = interleaved(
        {
            "data": data,
            "numpy": lambda: rivals.bare(snapshot, tree, top.pk),
            "head": journal.head,
            "page": lambda: opened(client, page),
            "U": lambda: opened(client, small),
        }
    )
    took |= interleaved({"cte": lambda: rivals.recursive(top.pk), "data": data})
    # Fifteen of its counts, evenly over the page, stand for all: the whole would take minutes a round.
    counts = rivals.naive(top.pk)
    sample = [timed(counts[k * len(counts) // ROUNDS])[0] for k in range(ROUNDS)]
    took["naive"] = sum(sample) / len(sample) * len(counts)
    children = len(tree.children(tree.of(top.pk)))
    yield row("dashboard_data_over_numpy", took["data"] / (took["numpy"] + took["head"]), "×", at_most=1.5)
    yield row(
        "dashboard_page_u", (took["page"] - took["data"]) / took["U"], "U", at_most=3 if children <= 18 else 6
    )
    yield row("naive_over_page", took["naive"] / took["page"], "×", at_least=40)
    yield row("cte_over_data", took["cte"] / took["data"], "×", at_least=50)
    world.floor |= {"U": took["U"], "numpy": took["numpy"], "data": took["data"], "page": took["page"]}


def imports(world):
    """A workbook's rows through the real load, against a bare insert of as many rows and against a form a row."""
    dice = random.Random(2)  # noqa: S311 - repeatable, no secret
    code = Committee.objects.get(pk=world.cell).code
    fresh = count(1)

    def line(k):
        human = person(dice, k)
        return {
            "Họ và tên": f"{human.full_name} {k}", "Sinh ngày": vietnamese.day(human.born),
            "Giới tính": "Nữ" if human.sex == "F" else "Nam", "Mã tổ chức": code,
            "Ngày quyết định": vietnamese.day(LAST - timedelta(k % 900)), "Nghề nghiệp": human.occupation,
        }  # fmt: skip

    def loaded():
        report = load("admissions", [line(next(fresh)) for _ in range(IMPORTED)], name="bench")
        if report.new != IMPORTED:
            raise RuntimeError(f"{report.new} of {IMPORTED} rows loaded: {report.faults[:1]}")

    def raw():
        with journal.pen(None, "bench"):
            people = Person.objects.bulk_create([person(dice, k) for k in range(IMPORTED)])
            Admission.objects.bulk_create([admission(dice, human, world.cell) for human in people])

    def by_form():
        for k in range(FORM_ROWS):
            human = person(dice, k)
            form = rivals.PersonForm(human.__dict__ | {"born": human.born.isoformat()})
            with journal.pen(None, "bench"):
                saved = form.save()
                fact = admission(dice, saved, world.cell)
                data = {name: getattr(fact, name) for name in ("decided_on", "ceremony_on", "sex", "born")}
                rivals.AdmissionForm(data | {"cell": world.cell}, instance=Admission(person=saved)).save()

    took = interleaved({"loaded": loaded, "raw": raw, "by_form": by_form})
    world.floor["import_of_1000_rows"] = took["loaded"] / IMPORTED * 1e3
    yield row("import_over_raw", took["loaded"] / took["raw"], "×", at_most=3)
    yield row(
        "modelform_over_import", (took["by_form"] / FORM_ROWS) / (took["loaded"] / IMPORTED), "×", at_least=60
    )


def some_cell():
    """A cell standing in the bench's world."""
    return Placement.objects.filter(kind=Kind.CELL).values_list("committee_id", flat=True).first()


# The merger last: it grows the world.
JOBS = (
    first_load,
    dashboard,
    lists.pages,
    after_a_write,
    imports,
    lists.files,
    papers.papers,
    merging.merged,
)
