"""May this be done with a letter? Plain values in, None or the reason out."""
