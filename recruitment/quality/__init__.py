"""Is what the register holds whole and in order? Standing checks, how many fail each, the list behind every count, and how
that went from day to day."""
