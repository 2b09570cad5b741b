"""Schedules of work at the desk: that of one exchange, and the templates by which exchanges are planned."""
