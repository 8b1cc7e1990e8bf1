"""Where people live and how many members there are: settlements and which cell answers for each, members who come and
go, cells too small to stand alone."""
