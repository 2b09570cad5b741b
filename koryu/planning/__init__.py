"""Whose turn it is, which number and which year come next; nothing of it enters the ledger."""
