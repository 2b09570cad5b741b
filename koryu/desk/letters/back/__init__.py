"""What comes back to letters: Word files that are compared, and mails that are filed."""
