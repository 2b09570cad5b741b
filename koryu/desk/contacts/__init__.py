"""Whom an institution writes to: people and desks, its own and its partners'."""
