"""The log of changes that are not ledger entries: one line each, with who, for which institution, what and when."""
