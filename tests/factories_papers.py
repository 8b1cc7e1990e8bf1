"""Papers, scans, blocks of numbers and what else the issuing of papers needs, as `tests.factories` makes the rest."""
