"""Institutions with their keys, people with their accounts, and who may do what for which institution."""
