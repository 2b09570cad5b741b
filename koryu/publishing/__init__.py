"""What leaves the server as a file or a feed: citations, exported records, Atom, JSON-LD, search results as JSON."""
