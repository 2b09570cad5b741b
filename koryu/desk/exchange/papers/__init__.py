"""The papers of an exchange: the list of each institution, typed as a sheet of which each row is a draft."""
