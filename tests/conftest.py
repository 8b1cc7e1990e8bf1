"""What every test may lean on."""

import pytest
from hypothesis import HealthCheck, settings

from tests.undone import undone

# Two slow cores and a database: time says nothing about correctness here. The same examples at each run, so that a
# red suite is red for everyone; a developer hunting for more runs with --hypothesis-profile=hunt.
settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("hunt", deadline=None, max_examples=2000)
settings.load_profile("suite")


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """For rows that a module's tests stand on, made once: the transaction of each test lies inside this one, and what it
    writes is taken back alone. Not where a test empties the tables or meets another connection."""
    with django_db_blocker.unblock(), undone():
        yield


def flushes(item):
    """Whether a test empties the database behind it instead of rolling back."""
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(asked) or bool(marker and (marker.kwargs.get("transaction") or any(marker.args)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A flush takes what the migrations laid down (the chains' heads, groups, lawful pairs). Whatever test comes next,
    in whatever order, finds it again; after the last one the database itself is gone."""
    yield
    if nextitem is None or not flushes(item):
        return
    from django.db import connection
    from pytest_django.plugin import blocking_manager_key

    with item.config.stash[blocking_manager_key].unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
