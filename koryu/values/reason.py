"""Why something is not allowed: a sentence that can be translated, and the values to be put into it."""

from collections.abc import Callable
from dataclasses import dataclass


def N_(message: str) -> str:
    """Mark a message kept in a table for the translators; returns it unchanged."""
    return message


@dataclass(frozen=True, init=False)
class Reason:
    """One sentence with its values; two are equal when message and values are.

    `message` is the English sentence and the gettext msgid, with `%(name)s` where a value goes (a percent sign is
    written `%%`). A missing value raises KeyError when the sentence is read. A value may be a reason itself.
    """

    message: str
    _values: tuple[tuple[str, object], ...]

    def __init__(self, message: str, /, **values: object) -> None:
        object.__setattr__(self, "message", message)
        object.__setattr__(self, "_values", tuple(sorted(values.items())))

    @property
    def values(self) -> dict[str, object]:
        """The values of the sentence by name; changing the result changes nothing here."""
        return dict(self._values)

    def in_words(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of `translate`, values filled in."""
        return translate(self.message) % {name: _in_words(value, translate) for name, value in self._values}

    def __str__(self) -> str:
        return self.message % {name: _plain(value) for name, value in self._values}

    def __repr__(self) -> str:
        given = "".join(f", {name}={value!r}" for name, value in self._values)
        return f"Reason({self.message!r}{given})"


def _in_words(value: object, translate: Callable[[str], str]) -> object:
    return value.in_words(translate) if isinstance(value, Reason) else _plain(value)


def _plain(value: object) -> object:
    """A value as a sentence has it where records cannot be called by their titles: a tuple of them by their names."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


class Refused(ValueError):
    """Raised instead of doing nothing; `reason` says why. A ValueError, so that pydantic carries it along."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def or_refuse(reason: Reason | None) -> None:
    """Go on where a rule has no reason against it; raise Refused with the reason where it has one."""
    if reason:
        raise Refused(reason)
