"""Files, stored by digest: which institution has brought (uploaded) them, and who may have them."""
