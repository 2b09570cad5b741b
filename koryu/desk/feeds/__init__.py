"""Calendars that other programs read at a secret address: of a person, an institution, an exchange."""
