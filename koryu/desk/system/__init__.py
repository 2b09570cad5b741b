"""What keeps the server running: its state, the journal of changes, and what is said when something fails."""
