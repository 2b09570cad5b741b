"""The views of the public pages, a module for each purpose."""
