"""What every test may lean on."""

import pytest
from hypothesis import HealthCheck, settings

# Two slow cores and a database: time says nothing about correctness here. The same examples at each run, so that a
# red suite is red for everyone; a developer hunting for more runs with --hypothesis-profile=hunt.
settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("hunt", deadline=None, max_examples=2000)
settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A transactional test flushes the database, and with it what the migrations laid down (the chains' heads, groups,
    lawful pairs). Whatever test comes next, in whatever order, finds them again."""
    yield
    if (
        nextitem is None or "django_db_setup" not in item.fixturenames
    ):  # after the last test the database is gone
        return
    from django.db import connection
    from pytest_django.plugin import blocking_manager_key

    from committees.models import Head

    with item.config.stash[blocking_manager_key].unblock():
        if not Head.objects.exists():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
