"""The rules of consent: pure questions, answered with None (yes) or the reason why not."""
