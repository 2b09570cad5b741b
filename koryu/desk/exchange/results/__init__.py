"""What comes of an exchange: its summary, the reports, what was promised and what became of it."""
