"""Timelines and the network of institutions, computed from lines; the pages draw them."""
