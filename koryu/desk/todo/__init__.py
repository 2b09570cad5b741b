"""To do: what waits for whoever has signed in, and for whom they wait."""
