"""Candidate dates of an exchange: put forward, answered by each side, asked by letter or mail, taken."""
