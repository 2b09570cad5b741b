"""What every request passes before a page is asked: whose it is, whether it is whole, and what is noted of it."""
