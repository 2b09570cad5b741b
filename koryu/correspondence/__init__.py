"""Letters made, approved, sent, come back; templates; whom they are addressed to (private rows)."""
