"""The schedule of work on an exchange: its steps, the days by which they are due, and what is done of them. Pure."""
