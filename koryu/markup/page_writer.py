"""How the texts, names and dates of records are written on a page, each marked with its true language.

What every page needs hundreds of times is made here; what is larger is made in the templates out of it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

from django.utils import translation
from markupsafe import Markup, escape

from koryu.archive.queries import Line
from koryu.markup.public_addresses import public_page
from koryu.values import language_tags
from koryu.values.edtf import Edtf
from koryu.values.invisible import signed, turns
from koryu.values.reason import N_
from koryu.values.text import ShownText, Text
from koryu.wording.languages import LANGUAGES, Reader
from koryu.wording.messages import date_in_words, weekday_in_words
from koryu.wording.titles import COMPOSED, RecordTitle, short_name, title_in
from koryu.wording.told_moments import day_told, moment_in_words

_INFERRED: Final = N_("inferred")
_ISSUE: Final = N_("no. %(number)s")
_POST_IN_UNIT: Final = N_("%(post)s, %(unit)s")
# Noncharacters, which stand in no text, hold the places of the tags while the text is escaped.
_SIGN: Final = ("\U0010fffe", "\U0010ffff")
_NOTHING: Final = Markup()
_UNKNOWN: Final = Markup('<span class="unknown">%s</span>')
# The mark of a text in another language, as in_language writes it: the name of the language; the mark with its space.
_MARK: Final = re.compile('<small class="in" data-in="([^"]*)">')
_MARKED: Final = re.compile(' ?<small class="in" data-in="[^"]*">[^<]*</small>')
# How many texts of one language make it worth saying once.
_OFTEN: Final = 2
_ALL_IN: Final = N_(
    "Titles, names and posts without an English form on record are given in %(language)s, as in the sources."
)

TEMPLATE_FUNCTIONS: Final = (
    *("words", "prose", "written", "page_of", "titled", "record_title", "title_text", "heading", "original"),
    *("link", "brief", "all_brief", "said_once"),
    *("date", "date_of", "day", "weekday", "someone", "named", "posts_of", "held"),
    *("gettext", "in_language", "if_inferred", "issue", "after_sentence"),
)


class Told(NamedTuple):
    """A section of a page, and in which language its foreign texts are, in a sentence; empty where each says so."""

    html: Markup
    note: Markup


@dataclass(frozen=True, eq=False)
class PageWriter:
    """What one page in the language `slug` is set with; `lines` are the records it names, by URI."""

    slug: str
    lines: Mapping[str, Line]
    tag: str = ""
    _links: dict[str, Markup] = field(default_factory=dict)
    _briefs: dict[str, Markup] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tag", LANGUAGES[self.slug][0])

    def template_functions(self) -> dict[str, Any]:
        """The functions a template is given, by name."""
        return {name: getattr(self, name) for name in TEMPLATE_FUNCTIONS} | {"_": self.gettext}

    def words(self, text: Text, href: str = "", *, name: bool = False) -> Markup:
        """The one way a text of the record reaches a page: marked with its language where it is not the reader's.

        The name of a person is nothing to be translated: it bears its language, and no remark that it does.
        """
        string, lang, wanted = text.shown(self.tag)
        words: str = set_apart(string)
        if wanted and not href:
            return words  # type: ignore[return-value]  # -- setting apart makes Markup of it
        if not wanted:
            words = f"<span{marked(lang)}>{words}</span>"
        if href:
            words = f'<a href="{href}">{words}</a>'
        return as_markup(words if wanted or name else f"{words} {in_language(lang, self.slug)}")

    def words_of(self, text: Mapping[str, str]) -> str:
        """A text in its JSON form as HTML in a plain string: for tables of hundreds of rows."""
        own = text.get(self.tag)
        return self.words(Text.kept(text)) if own is None else as_html(own)

    def prose(self, text: Text) -> Markup:
        """A text that may run over several lines."""
        return as_markup(f'<p class="prose">{self.words(text)}</p>')

    def written(self, string: str, tag: str) -> Markup:
        """What is written in one language only, such as a title's other forms or an author's name."""
        own = "" if tag == self.tag else marked(tag)
        return as_markup(f"<span{own}>{set_apart(string)}</span>")

    def page_of(self, line: Line) -> str:
        """The path of a record's page in the reader's language."""
        return public_page(self.slug, line.kind, line.slug)

    def record_title(self, line: Line) -> RecordTitle:
        """What a record is called here: by its own title or, where that is in another language, by a composed one."""
        return title_in(line, self.tag, lines=self.lines)

    def title_text(self, line: Line) -> str:
        """The same as plain text, where no language can be marked."""
        return self.record_title(line).text

    def heading(self, line: Line) -> Markup:
        """The title of a record at the head of its own page; where it is composed, `original` stands under it."""
        title = self.record_title(line)
        return as_markup(set_apart(title.text)) if title.original else self.words(line.title)

    def original(self, line: Line) -> Markup:
        """A record's own title in its own language, where the page calls it by a composed one; else nothing."""
        return _original(self.record_title(line).original)

    def titled(self, line: Line) -> Markup:
        """A record by its title, linked, as lists have it; under a composed title stands the record's own."""
        return as_markup(self.title_of(line))

    def title_of(self, line: Line) -> str:
        """As `titled`, but a plain string: for tables of hundreds of rows."""
        own = line.summary.title.get(self.tag)
        if own is not None:
            mark = self._of_title(line, self.tag) if line.summary.inferred else ""
            return f'<span class="title"><a href="{self.page_of(line)}">{as_html(own)}</a></span>{mark}'
        if line.kind in COMPOSED and (title := self.record_title(line)).original:
            return f"{self._composed(line, title)} {_original(title.original)}"
        mark = self._of_title(line, line.title.shown(self.tag).lang) if line.summary.inferred else ""
        return (
            f'<span class="title">{self.words(line.title, self.page_of(line), name=line.kind == "person")}</span>{mark}'
        )

    def _composed(self, line: Line, title: RecordTitle) -> str:
        return f'<span class="title"><a href="{self.page_of(line)}">{as_html(title.text)}</a></span>'

    def _of_title(self, line: Line, lang: str) -> str:
        return self.if_inferred(line, f"title.{lang}")

    def if_inferred(self, line: Line, *values: str) -> Markup:
        """The mark that one of these values of a line is inferred, to stand beside it; nothing where a source has it.

        On what grounds is said on the record's own page.
        """
        return inferred(self.slug) if line.summary.is_inferred(*values) else _NOTHING

    def link(self, uri: str) -> Markup:
        """The record with this URI by its title, linked; by its URI where it is not on record here.

        For the middle of a text: that a title is composed is said where the link leads.
        """
        if uri not in self._links:
            line = self.lines.get(uri)
            self._links[uri] = self._linked(line) if line else _absent(uri, self.slug)
        return self._links[uri]

    def _linked(self, line: Line) -> Markup:
        if line.kind in COMPOSED and (title := self.record_title(line)).original:
            return as_markup(self._composed(line, title))
        return self.titled(line)

    def brief(self, uri: str) -> Markup:
        """An institution by its short name, linked: for tables and lists, where its full name stands nearby."""
        if uri not in self._briefs:
            line = self.lines.get(uri)
            self._briefs[uri] = self._brief(line) if line else self.link(uri)
        return self._briefs[uri]

    def _brief(self, line: Line) -> Markup:
        words = self.words(short_name(line, self.tag), self.page_of(line))
        mark = self.if_inferred(line, "short", f"title.{self.tag}") if line.summary.inferred else ""
        return as_markup(f'<span class="title">{words}</span>{mark}')

    def all_brief(self, uris: Sequence[str]) -> Markup:
        """Institutions by their short names, one after the other."""
        return self.brief(uris[0]) if len(uris) == 1 else self.comma.join(map(self.brief, uris))

    @cached_property
    def comma(self) -> Markup:
        """What stands between the parts of a list."""
        return self.gettext(", ")

    @cached_property
    def clause_comma(self) -> Markup:
        """What stands between two clauses: in Chinese another mark than between the parts of a list."""
        with translation.override(self.slug):
            return Markup(translation.pgettext("between clauses", ", "))  # noqa: S704 -- our own words, not a reader's

    @property
    def after_sentence(self) -> str:
        """What stands between two sentences."""
        return Reader(self.slug).after_sentence

    def issue(self, printed: str) -> Markup:
        """The issue of a periodical, as printed; a figure alone as a number."""
        return self.gettext(_ISSUE, number=printed) if printed.isdigit() else set_apart(printed)

    def in_language(self, tag: str) -> Markup:
        """The mark of what is not in the reader's language: in which it is."""
        return in_language(tag, self.slug)

    def said_once(self, html: str) -> "Told":
        """A section of a page, written: where all its foreign texts are in one language, said once and not on each.

        The language of every text stays in its element. Where there is but one such text, or there are several
        languages, each keeps its mark.
        """
        marks = _MARK.findall(html)
        if len(marks) < _OFTEN or len(set(marks)) > 1:
            return Told(as_markup(html), _NOTHING)
        return Told(as_markup(_MARKED.sub("", html)), self.gettext(_ALL_IN, language=as_markup(marks[0])))

    def gettext(self, message: str, **values: Any) -> Markup:
        """A message in the reader's language with its values: what the templates' own gettext gives, looked up once."""
        if not values:
            return plain(message, self.slug)
        # Every value is escaped here, and once: what Markup itself does for each place costs more than the rest.
        return as_markup(str(said(message, self.slug)) % {name: _escaped(value) for name, value in values.items()})

    def date_of(self, line: Line) -> Markup:
        """The date of a line, with the mark that it is inferred where no source states it."""
        return as_markup(f"{dated(line.summary.date, self.slug)}{self.if_inferred(line, 'date')}")

    def date(self, value: Edtf) -> Markup:
        """A date as the reader writes it, and for machines where it is one they know."""
        return dated(str(value), self.slug)

    def weekday(self, value: Edtf) -> Markup:
        """A day without its year, with the day of the week, where the year stands nearby; any other date as it is."""
        words = weekday_in_words(value, self.slug)
        return as_markup(f'<time class="date" datetime="{value}">{words}</time>') if words else self.date(value)

    def day(self, moment: str) -> Markup:
        """The day of a moment such as 2026-11-22T12:00:00Z, in the active zone: see `koryu.wording.told_moments`."""
        return Markup('<time class="date" datetime="%s">%s</time>') % (moment, self.day_text(moment))

    def day_text(self, moment: str) -> str:
        """The same as a plain text."""
        return date_in_words(Edtf(day_told(moment)), self.slug)

    def time_text(self, moment: str) -> str:
        """A moment by its day and hour in the active zone, which is named, as a plain text."""
        return moment_in_words(moment, self.slug)

    def someone(self, participant: Any, roles: Iterable[str] = ()) -> Markup:
        """Somebody named in a record: as a person, as printed, or by post alone; with the posts held then."""
        beside = "".join([f"<span>{said}</span>" for said in (*map(self.held, participant.posts), *map(escape, roles))])
        name = "" if participant.posts and not _is_named(participant) else self.named(participant)
        return as_markup(f'{name} <span class="beside">{beside}</span>' if beside else name)

    def named(self, participant: Any) -> Markup:
        """The name of somebody, as a person or as printed; by post alone where no name is known, and it is said."""
        if participant.person:
            return self.link(participant.person)
        if participant.printed:
            return as_markup(f'<span class="title">{self.words(participant.printed)}</span>')
        if participant.posts:
            return self._posts(participant)
        return as_markup(_UNKNOWN % self.gettext("name not found"))

    def posts_of(self, participant: Any) -> Markup:
        """The posts that somebody held then, to stand under the name; nothing where they stand in its place."""
        return self._posts(participant) if participant.posts and _is_named(participant) else _NOTHING

    def _posts(self, participant: Any) -> Markup:
        return self.comma.join(map(self.held, participant.posts))

    def _in_unit(self, post: Text, unit: Text) -> Markup:
        """A post and its unit in the order of the reader's language; of their own where both are in another one."""
        it, where = post.shown(self.tag), unit.shown(self.tag)
        if it.wanted != where.wanted or it.lang != where.lang:
            return self.gettext(_POST_IN_UNIT, post=self.words(post), unit=self.words(unit))
        slug = self.slug if it.wanted else next((slug for slug, (tag, _) in LANGUAGES.items() if tag == it.lang), "en")
        joined = str(said(_POST_IN_UNIT, slug)) % {
            "post": set_apart(it.text),
            "unit": set_apart(where.text),
        }
        if it.wanted:
            return as_markup(joined)
        return as_markup(f"<span{marked(it.lang)}>{joined}</span> {in_language(it.lang, self.slug)}")

    def held(self, post: Any) -> Markup:
        """A post as printed then: what it was called, in which unit, of which body."""
        known = self._in_unit(post.post, post.unit) if post.post and post.unit else self.words(post.post or post.unit)
        return as_markup(f"{known} ({self.brief(post.institution)})") if post.institution else known


def _is_named(participant: Any) -> bool:
    return bool(participant.person or participant.printed)


def as_markup(html: str) -> Markup:
    """What was put together out of escaped parts, as HTML that is not escaped again.

    Markup asks each string it is made of whether it is HTML, and does so at several times the cost of making it.
    """
    return str.__new__(Markup, html)


@lru_cache(maxsize=4096)
def as_html(title: str) -> str:
    """A short text set apart; a title stands on a page of a thousand rows twice or oftener."""
    return str(set_apart(title))


def _escaped(value: object) -> str:
    return value if isinstance(value, Markup) else set_apart(str(value))


def set_apart(text: str) -> Markup:
    """A text of somebody's as HTML, so that it says on a page what it says by itself.

    What cannot be seen is shown as a sign, and what runs from right to left does not carry what stands beside it along.
    A text of neither sort is only escaped: there is nothing in it that could reach beyond it.
    """
    if text.isascii():
        return escape(text)
    text = signed(text, sign=_SIGN)
    words = escape(text)
    if _SIGN[0] in words:
        # Markup would escape what it is given to put in.
        words = as_markup(str(words).replace(_SIGN[0], '<span class="sign">').replace(_SIGN[1], "</span>"))
    return as_markup(f"<bdi>{words}</bdi>") if turns(text) else words


@lru_cache(maxsize=4096)
def said(message: str, slug: str) -> Markup:
    """A message of our own in the reader's language, with its placeholders."""
    with translation.override(slug):
        return Markup(translation.gettext(message))  # noqa: S704 -- our own words, not a reader's


@lru_cache(maxsize=4096)
def plain(message: str, slug: str) -> Markup:
    """A message of our own that has no placeholders."""
    return said(message, slug) % {}


@lru_cache(maxsize=16)
def inferred(slug: str) -> Markup:
    """The mark of a value that no source states, to stand right after it."""
    return Markup(' <small class="in">%s</small>') % plain(_INFERRED, slug)


@lru_cache(maxsize=256)
def in_language(tag: str, slug: str) -> Markup:
    """The mark of what is not in the reader's language: in which it is."""
    name = language_tags.name_of(tag, LANGUAGES[slug][0])
    # By the name alone, so that a section whose texts are all in it can say so once.
    return Markup('<small class="in" data-in="%s">%s</small>') % (
        name,
        said(N_("in %(language)s"), slug) % {"language": name},
    )


def _original(text: ShownText | None) -> Markup:
    if text is None:
        return _NOTHING
    return as_markup(f'<span class="original"{marked(text.lang)}>{set_apart(text.text)}</span>')


def marked(tag: str) -> str:
    """The attributes of an element in another language than what is around it: which, and that it is read leftwards."""
    return f' lang="{tag}" dir="rtl"' if language_tags.is_leftwards(tag) else f' lang="{tag}"'


@lru_cache(maxsize=16384)
def dated(written: str, slug: str) -> Markup:
    """A date as it is set on a page, by how the record writes it."""
    value = Edtf(written)
    words = date_in_words(value, slug)
    if value.is_interval or value.qualifier or "X" in value:
        return Markup('<span class="date">%s</span>') % words
    return Markup('<time class="date" datetime="%s">%s</time>') % (value, words)


def _absent(uri: str, slug: str) -> Markup:
    name = uri.rsplit(",", 1)[-1].rsplit(":", 1)[-1]
    return Markup('<span class="title">%s</span> <small class="in">%s</small>') % (
        name,
        plain(N_("not on record here"), slug),
    )
