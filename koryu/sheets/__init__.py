"""A content as a sheet: what was typed, by path, becomes a content, and a content becomes boxes with their errors."""
