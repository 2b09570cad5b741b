"""Whose turn it is, how an exchange stands and what is to be done for it; nothing of it enters the ledger."""
