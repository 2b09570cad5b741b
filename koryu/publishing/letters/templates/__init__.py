"""Letters in an office's own Word template: what may be filled in, the layouts to begin with, and the filling."""
