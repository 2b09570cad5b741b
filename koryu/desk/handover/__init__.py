"""One relation on a few pages of paper, for whoever comes after: who, what is agreed, what was done, what is open."""
