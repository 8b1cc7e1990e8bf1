"""The ground: who is under whom and since when, who may see and do what, who did it."""
