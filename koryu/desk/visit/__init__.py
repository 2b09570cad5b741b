"""Private links: made by officers of an exchange, read by delegates, interpreters and readers who have no account."""
