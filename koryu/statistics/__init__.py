"""Timelines and figures, worked out from lines; drawn by the pages."""
