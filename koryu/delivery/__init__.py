"""Delivery: what must leave at most once (taken, then sent or uncertain), and the steps of `koryu tend`."""
