"""Letters of an exchange at the desk: made, looked at, approved, said to be sent."""
