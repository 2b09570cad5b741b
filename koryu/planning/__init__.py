"""What comes next and when: whose turn it is, which number, which year, in which form. Nothing of it enters the ledger."""
