"""What an undo keeps, row by row as people read it: which row, where its page is, why it stays."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse

from committees.access import ACCOUNTS, FIGURES, PEOPLE, TREE
from committees.vietnamese import day

from ..models import Admission, Candidacy, Certificate
from ..pipeline.matching import chunks
from .telling import ROWS

MOST_LINES = 200


@dataclass(frozen=True)
class Line:
    """One row that stays: what sort of row, its name and address (both empty where the account may not read it), why."""

    sort: str
    name: str
    address: str
    why: str
    personal: bool = False


def lines(access, kept):
    """[Line] of the first of [(model label, id, why)]. A few queries a table."""
    kept = kept[:MOST_LINES]
    found = {}
    for label in dict.fromkeys(label for label, _pk, _why in kept):
        ids = [pk for of, pk, _why in kept if of == label]
        found[label] = _NAMED.get(label, _plain)(access, apps.get_model(label), ids)
    return [
        Line(
            str(ROWS.get(label, "")),
            *found[label].get(pk, ("", "", False))[:2],
            str(why),
            found[label].get(pk, ("", "", False))[2],
        )
        for label, pk, why in kept
    ]


def _plain(access, model, ids):
    """Rows of a committee: named by it."""
    if "committee" not in {field.name for field in model._meta.fields}:
        return {}
    rows = model._base_manager.filter(pk__in=ids).values_list("pk", "committee_id", "committee__code")
    return {pk: (code, _tree(code), False) for pk, on, code in rows if on and access.may(TREE, on)}


def _tree(code):
    return f"{reverse('committees:tree')}?{urlencode({'under': code})}"


def _committees(access, model, ids):
    rows = model._base_manager.filter(pk__in=ids).values_list("pk", "code")
    return {pk: (code, _tree(code), False) for pk, code in rows if access.may(TREE, pk)}


def _people(access, model, ids):
    """Persons: named where one of their records lies within reach."""
    cells = {}
    for some in chunks(sorted(ids)):
        for on in (Certificate, Candidacy, Admission):
            for pk, cell in on.objects.filter(person_id__in=some).values_list("person_id", "cell_id"):
                cells.setdefault(pk, set()).add(cell)
    rows = model._base_manager.filter(pk__in=ids).values_list("pk", "full_name", "born")
    return {
        pk: (f"{name}, {day(born)}", reverse("recruitment:person", args=[pk]), True)
        for pk, name, born in rows
        if any(access.may(PEOPLE, cell) for cell in cells.get(pk, ()))
    }


def _of_a_person(path):
    """Rows that hang on a person by that path: candidacies, admissions, certificates and what hangs on them."""

    def named(access, model, ids):
        rows = model._base_manager.filter(pk__in=ids).values_list("pk", f"{path}person_id")
        persons = dict(rows)
        people = _people(access, apps.get_model("recruitment.person"), sorted(set(persons.values())))
        return {pk: people[person] for pk, person in persons.items() if person in people}

    return named


def _plans(access, model, ids):
    rows = model._base_manager.filter(pk__in=ids).values_list("pk", "code", "name", "committee_id")
    return {
        pk: (name, reverse("recruitment:plan", args=[code]), False)
        for pk, code, name, on in rows
        if access.may(FIGURES, on)
    }


def _accounts(access, model, ids):
    if not access.holds(ACCOUNTS):
        return {}
    rows = model._base_manager.filter(pk__in=ids).values_list("pk", "username")
    return {pk: (name, reverse("committees:account", args=[pk]), False) for pk, name in rows}


_NAMED = {
    "committees.account": _accounts,
    "committees.committee": _committees,
    "recruitment.admission": _of_a_person(""),
    "recruitment.candidacy": _of_a_person(""),
    "recruitment.certificate": _of_a_person(""),
    "recruitment.mentorship": _of_a_person("candidacy__"),
    "recruitment.person": _people,
    "recruitment.plan": _plans,
    "recruitment.step": _of_a_person("candidacy__"),
}
