"""Arrangements of an exchange: sheets of private rows, typed by one institution or by host and guests together."""
