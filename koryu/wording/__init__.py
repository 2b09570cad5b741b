"""What things are called and how dates and names are written, in four languages; no HTML."""
