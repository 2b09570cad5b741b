"""What leaves as a file or a feed."""
