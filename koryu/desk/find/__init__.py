"""Finding: everything that whoever asks may see, in one place."""
