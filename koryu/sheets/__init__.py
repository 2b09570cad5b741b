"""A content as a sheet: from values by path to a content and back, with what is wrong beside each."""
