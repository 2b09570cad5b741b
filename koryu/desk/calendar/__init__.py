"""Calendars at the desk: our own, what we were told of partners, and what they say of days."""
