"""The texts of an exchange in its languages: what is there, missing or out of date; who owes what by when."""
