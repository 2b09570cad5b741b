"""Koryu runs mutual visit programmes between libraries, from the letter of intent to the published record."""

__version__ = "0.1.0"
