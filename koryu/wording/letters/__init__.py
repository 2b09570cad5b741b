"""What letters and lists say in each language: titles, labels, formulas, dates, names with honorifics. Pure."""
