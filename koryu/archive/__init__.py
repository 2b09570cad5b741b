"""The versions that stand, their links and their history: rebuildable from the ledger at any time."""
