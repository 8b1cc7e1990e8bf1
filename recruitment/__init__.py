"""The project package and the recruitment app in one: settings and urls beside the rooms of the work."""
