"""The public pages, by what they are for."""
