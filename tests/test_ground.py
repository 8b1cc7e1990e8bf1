"""The way by which tests that commit are undone: every row of the migrations is back, and no other stands."""

import pytest
from django.apps import apps
from django.db import connection

from committees import journal
from committees.models import Role
from recruitment.models import Holiday
from tests import factories as make
from tests.recruitment import world


def content():
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }


@pytest.mark.django_db(transaction=True)
def test_the_tables_are_as_the_migrations_left_them(ground, client):
    before = content()
    assert {label for label, rows in before.items() if rows} >= {
        "committees.Head",
        "committees.LawfulPair",
        "recruitment.Group",
        "recruitment.Holiday",
        "auth.Permission",
    }
    client.force_login(make.make_account("can-bo", Role.STAFF, world.build().at["T"]))
    day = Holiday.objects.first()
    with journal.pen(None, "test"):
        day.name = "khác"
        day.save()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM recruitment_group WHERE code = 'women'")
        cursor.execute("DELETE FROM committees_lawfulpair")
    assert sum(after != before[label] for label, after in content().items()) > 10
    ground.restore()
    assert content() == before
