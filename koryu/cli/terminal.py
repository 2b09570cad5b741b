"""What is printed to a terminal: characters, and nothing that would move its cursor or turn its text around."""

import re
from typing import Final

import click

# C0 and C1 but tab and new line; what turns the direction of a line (Unicode TR 9); half of a pair.
_NOT_SHOWN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def plain(text: str) -> str:
    """The text, with every character that would not be shown as one written as its number."""
    return _NOT_SHOWN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def say(text: str, *, err: bool = False) -> None:
    """Print a text, whatever is in it: the one way in which a command says anything. JSON stays the same JSON."""
    click.echo(plain(text), err=err)


def in_line(*values: str) -> str:
    """Values beside each other in one line, those left out that are empty: none of them can begin another line."""
    return "  ".join(plain(value).replace("\n", "\\u000a") for value in values if value)
