"""Drafts: begun, typed, shown to partners, approved and sent."""
