"""How texts, names and dates are set on a page, in their true languages, for every room that has pages."""
