"""Pieces of HTML that pages are made of: texts, names and dates, form widgets, contents and what differs in them."""
