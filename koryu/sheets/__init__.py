"""The one editor of the desk: a form for any kind of record, made from what the kind says of its fields."""
