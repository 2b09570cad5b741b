"""The people of an exchange: the list of each institution, typed as a sheet."""
