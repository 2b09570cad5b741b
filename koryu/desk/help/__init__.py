"""Help: short instructions for what is done at the desk, in the words of its buttons."""
