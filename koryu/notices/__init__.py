"""Notices: what waits for a person or has happened, written in their language and sent at most once."""
