"""The people of an institution and their roles."""
