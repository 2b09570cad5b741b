"""Cleaning of what somebody typed or pasted: control characters and odd spaces go, everything else stays as it is.

Nothing is Unicode-normalised: 神 (U+FA19) in a name is that name.
"""

import unicodedata

_ODD_SPACES = str.maketrans({"\t": " ", "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\ufeff": None, "\u200b": None})
_LINE_ENDS = ("\r\n", "\r", "\v", "\f", "\u2028", "\u2029", "\x85")


def line(typed: str) -> str:
    """One line: line ends and odd spaces become spaces, control characters go, and so do blanks around it."""
    text = _with_line_ends(typed).replace("\n", " ").translate(_ODD_SPACES)
    return _without_controls(text).strip()


def prose(typed: str) -> str:
    """Lines of text: one kind of line end, no blanks before it, no control characters; spaces stay as typed."""
    lines = (
        _without_controls(written_line.replace("\t", " ")).rstrip()
        for written_line in _with_line_ends(typed).split("\n")
    )
    return "\n".join(lines).strip("\n")


def without_controls(text: str) -> str:
    """The text as it is, but for characters that no text on record may hold: it was not typed just now."""
    return text if text.isprintable() else "\n".join(map(_without_controls, text.split("\n")))


def digits(typed: str) -> str:
    """What is made of digits, full-width ones folded: a number, a time of day."""
    return unicodedata.normalize("NFKC", line(typed))


def _with_line_ends(typed: str) -> str:
    for end in _LINE_ENDS:
        typed = typed.replace(end, "\n")
    return typed


def _without_controls(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs"))
