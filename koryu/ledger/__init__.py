"""Who said what, when: append-only, numbered, sealed."""
