"""Official papers: each form a readable file, filled from what the register knows of a candidacy."""
