"""Pages for those who run the programmes: whose turn it is, and saying yes to exactly what was shown."""
