"""Rows of correspondence, each sort in a file of its own: private to one institution, never in the ledger."""

from koryu.correspondence.models.contact_rows import AddresseeRow, ContactRow, ErasuresFollowed

__all__ = ["AddresseeRow", "ContactRow", "ErasuresFollowed"]
