"""The questions of an exchange: asked, answered, owed in writing; what each institution says, side by side."""
