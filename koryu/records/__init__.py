"""The kinds of record, one file each: the language of the house."""
