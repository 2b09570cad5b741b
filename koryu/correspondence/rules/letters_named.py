"""Which letters a text or the header of a mail names. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from koryu.correspondence.rules.letter_numbers import as_number

# As it is printed, and not within a longer word; a version may stand behind it.
_WRITTEN: Final = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJKMNP-TV-Z]{7}(?=-\d|[^0-9A-Za-z-]|-?$|-\D)")
_MESSAGE: Final = re.compile(r"<letter-(?P<number>[0-9A-HJKMNP-TV-Z]{7})-[0-9]{1,4}@[^>\s]{1,255}>")


def numbers_in(*texts: str) -> tuple[str, ...]:
    """The numbers of letters that stand in these texts, in order: those whose check character is right."""
    return tuple(dict.fromkeys(_numbers(texts)))


def message_name(number: str, version: int, host: str) -> str:
    """What a mail is called (RFC 5322, section 3.6.4) with which a version of a letter leaves."""
    return f"<letter-{number}-{version}@{host}>"


def numbers_answered(references: Iterable[str]) -> tuple[str, ...]:
    """The letters with which the mails left that a mail says it answers."""
    named = (match["number"] for each in references for match in _MESSAGE.finditer(each))
    return tuple(dict.fromkeys(number for number in named if as_number(number) == number))


def _numbers(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for match in _WRITTEN.finditer(text):
            if as_number(match[0]) == match[0]:
                yield match[0]
