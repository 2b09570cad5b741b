"""Whom a letter is addressed to, and what can be kept of them. Pure."""
