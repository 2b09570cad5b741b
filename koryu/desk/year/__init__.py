"""The year plan of an institution: what comes next, what is under way, agreements, steps by month, what is missing."""
