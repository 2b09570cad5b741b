"""Agreements: the register of all of them, a renewal in one click, a certificate to print."""
