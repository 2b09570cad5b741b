"""The instructions: one file a topic, with each language beside the others, so that none is changed alone.

A button or page is named in braces by its English message, as `{Save}`; it is written as the reader sees it.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from koryu.wording.languages import LANGUAGES

# In the order in which they are listed.
TOPICS: Final = (
    *("find", "todo", "exchange", "dates", "schedule", "translations", "questions", "arrangements", "links", "public"),
    *("draft", "submit", "answer", "letter", "letters", "templates", "came-back", "agreements", "handover", "share"),
    *("people", "outbox", "sign-in"),
)
_FOLDER: Final = Path(__file__).parent / "topics"
_NAMED: Final = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, kw_only=True)
class Instructions:
    """One topic in one language: what it is about, what to do step by step, and what is good to know."""

    title: str
    about: str
    steps: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that it says below its title, in order."""
        return (self.about, *self.steps, *self.notes)


@cache
def instructions() -> Mapping[str, Mapping[str, Instructions]]:
    """All of them, by topic and the slug of the language."""
    return {topic: _read(topic) for topic in TOPICS}


def _read(topic: str) -> Mapping[str, Instructions]:
    written = tomllib.loads((_FOLDER / f"{topic}.toml").read_text(encoding="utf-8"))
    return {
        slug: Instructions(
            title=written[slug]["title"],
            about=written[slug]["about"],
            steps=tuple(written[slug]["steps"]),
            notes=tuple(written[slug].get("notes", ())),
        )
        for slug in LANGUAGES
    }


def pieces(sentence: str) -> tuple[tuple[str, bool], ...]:
    """(text, whether it is the message of something to press or a page) in the order of the sentence."""
    parts = _NAMED.split(sentence)
    return tuple((text, place % 2 == 1) for place, text in enumerate(parts) if text)
