"""Pages for everyone: what stands and says it is public, in four languages."""
