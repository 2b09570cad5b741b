"""What can be kept of a contact, and whom a letter is addressed to. Pure."""
