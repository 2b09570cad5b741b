"""The versions of records that stand, their links and their history; all of it can be rebuilt from the ledger."""
