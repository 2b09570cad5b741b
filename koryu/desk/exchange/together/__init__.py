"""Several texts of an exchange in one act: what goes out together, what the head approves, what a partner answers."""
