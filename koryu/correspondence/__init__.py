"""What an institution writes to its partners, in private rows: letters made, approved, sent, answered."""
