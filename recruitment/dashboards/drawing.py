"""Charts as drawn before: exact fractions cost more than everything else on the page, and depend on numbers alone."""

from functools import lru_cache

from .. import charts
from ..charts import outlook as outlooks

_kept = lru_cache(maxsize=8192)
bullet, hero, share, pace, gap = map(
    _kept, (charts.bullet, charts.hero, charts.share, charts.pace, charts.gap)
)
outlook = _kept(outlooks.outlook)
years = _kept(charts.years)  # takes a tuple here: a list cannot be remembered
