"""The kinds of record, one file each: their fields, what they must not contradict, and what lists show of them."""
