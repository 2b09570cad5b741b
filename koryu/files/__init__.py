"""Bytes by digest, with who brought them and who may have them."""
