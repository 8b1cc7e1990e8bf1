"""What every test may lean on."""

from hypothesis import HealthCheck, settings

# Two slow cores and a database: time says nothing about correctness here. The same examples at each run, so that a
# red suite is red for everyone; a developer hunting for more runs with --hypothesis-profile=hunt.
settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("hunt", deadline=None, max_examples=2000)
settings.load_profile("suite")
