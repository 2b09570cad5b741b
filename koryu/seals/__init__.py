"""Proof that a document was not changed since it was said: canonical form, digests, keys and Data Integrity proofs."""
