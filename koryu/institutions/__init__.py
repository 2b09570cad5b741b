"""Who has a voice here: institutions with a key, the people who speak for them and their roles."""
