"""What a letter is made from: the versions it prints, the names of the records they name, and what is typed for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from koryu.archive.queries import Line
from koryu.publishing.letters.blocks import LetterRun, Runs, writable
from koryu.publishing.letters.letter_runs import RunMaker, uris_in
from koryu.wording.letters.template_words import field_name
from koryu.wording.titles import title_in


@dataclass(frozen=True, kw_only=True)
class PrintedRecord:
    """A content that is printed, finished or not; `digest` is that of its version, '' for a draft."""

    uri: str
    content: Mapping[str, Any]
    digest: str = ""

    @property
    def base(self) -> str:
        """How the paths of its values begin."""
        return f"{self.uri} "


@dataclass(frozen=True, kw_only=True)
class LetterSource:
    """Everything that a letter of an exchange may print.

    `before` is what stands of the exchange, where `exchange` is newer. `typed` are the boxes of the letter by name.
    """

    me: str
    exchange: PrintedRecord | None
    before: Mapping[str, Any] | None = None
    participations: tuple[PrintedRecord, ...] = ()
    timetable: PrintedRecord | None = None
    papers: tuple[PrintedRecord, ...] = ()
    lines: Mapping[str, Line] = field(default_factory=lambda: MappingProxyType({}))
    typed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    # The language in which a layout is written with the names of fields for values; '' where a letter is made.
    named_in: str = ""

    @property
    def hosts(self) -> tuple[str, ...]:
        return uris_in(self.exchange.content.get("hosts")) if self.exchange else ()

    @property
    def institutions(self) -> tuple[str, ...]:
        return uris_in(self.exchange.content.get("institutions")) if self.exchange else ()

    def named(self, code: str) -> str:
        """The field of this code as a template has it, where one is made; '' for a letter."""
        return f"{{{{{field_name(code, self.named_in)}}}}}" if self.named_in else ""

    def box(self, name: str) -> str:
        """What is typed in this box; '' for nothing."""
        return writable(self.typed.get(name, "")).strip()


def exchange_called(source: LetterSource, maker: RunMaker) -> Runs:
    """The exchange by its title in the letter's language, else by one composed of what is on record of it."""
    if name := source.named(f"exchange{maker.sign}"):
        return maker.plain(name)
    if source.exchange is None:
        return ()
    title = source.exchange.content.get("title")
    runs = maker.text(title, f"{source.exchange.base}title", sort="title")
    line = source.lines.get(source.exchange.uri)
    if not line or (runs and runs[0].lang == maker.tag):
        return runs
    called = title_in(line, maker.tag, lines=source.lines)
    if called.original is None:
        return runs
    return (LetterRun(text=called.text, lang=maker.tag),)


def called_in_words(source: LetterSource, maker: RunMaker) -> str:
    """The same as plain words, to stand inside a sentence."""
    return "".join(run.text for run in exchange_called(source, maker))
