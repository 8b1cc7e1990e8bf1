"""Numbers of documents: reserved blocks, doubles, sanity."""
