"""Two records of one human being: found, looked at side by side, merged or told apart, and parted again."""
