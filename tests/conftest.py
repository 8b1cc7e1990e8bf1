"""What every test may lean on."""

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.ground import Ground
from tests.undone import undone

# Two slow cores and a database: time says nothing about correctness here. The same examples at each run, so that a
# red suite is red for everyone; a developer hunting for more runs with --hypothesis-profile=hunt.
settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("hunt", deadline=None, max_examples=2000)
settings.load_profile("suite")

DATABASE = {"db", "transactional_db", "live_server"}


def asks_database(item):
    case = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    return case or item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)


def in_another_window(item):
    """Whether it goes the way that is gone at a desk, too, in a window of another size."""
    return getattr(item, "callspec", None) and item.callspec.params.get("size", "desktop") != "desktop"


def about_pages(item):
    """Whether it reads what pages say: those in a browser, and the files named for pages. Each page is asked on the other
    database by tests/test_html.py, and what stands behind it by the tests of its room."""
    return "browser" in item.fixturenames or "page" in item.path.stem


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Says which tests have the same answer on each database, and begins with the files that take longest: the last
    process of a run shall not be left alone with one of them."""
    for item in items:
        # Whatever stands on a module's rows has a transaction of its own. And without one such mark in a run there would
        # be no database for tests, only the developer's.
        if {"module_db", "browser"} & set(item.fixturenames) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)
        if not asks_database(item) or in_another_window(item) or about_pages(item):
            item.add_marker(pytest.mark.once)
    yield
    first = {item.path for item in items if item.get_closest_marker("takes_long")}
    then = {item.path for item in items if "browser" in item.fixturenames}
    items.sort(key=lambda item: (item.path not in first, item.path not in then))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test that commits leaves the tables as the migrations did, whatever test comes next, in whatever order."""
    with django_db_blocker.unblock():
        ground = Ground.keep()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: ground.restore())
        yield ground


@pytest.fixture
def ground(django_db_setup):
    return django_db_setup


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """For rows that a module's tests stand on, made once: the transaction of each test lies inside this one, and what it
    writes is taken back alone. Not where a test empties the tables or meets another connection."""
    with django_db_blocker.unblock(), undone():
        yield
