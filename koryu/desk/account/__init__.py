"""Signing in, and what somebody chooses for themselves: a password, a second factor, a language."""
