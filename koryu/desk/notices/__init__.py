"""The outbox: what the people of an institution are to be told, read and sent by a person."""
