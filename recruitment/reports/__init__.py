"""Reports and exports: one definition, many writers."""
