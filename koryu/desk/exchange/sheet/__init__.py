"""What is the same for every part of an exchange that is typed as a sheet: read, drawn, saved as typed, pasted into."""
