"""A random walk of acts on committees, and what must hold of the figures whatever was done. Without a database."""
