"""Drafts, versions under consultation, who has accepted, and what stands."""
