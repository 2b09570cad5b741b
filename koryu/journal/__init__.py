"""One line for every change that is not sealed: who, for whom, what, about what, when."""
