"""The environment of the pages' templates: strict about names, escaped by default, in the reader's language."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from koryu.archive.queries import Line
from koryu.desk import navigation
from koryu.markup import page_writer
from koryu.markup.letter_html import letter_table_html, runs_html
from koryu.public import sections
from koryu.records.exchange import ExchangeForm
from koryu.records.kinds import NAMES
from koryu.records.participation import DelegationRole, Member
from koryu.records.schema import fields_of
from koryu.records.search_entry import reading_in
from koryu.search.entries import Match
from koryu.search.excerpts import excerpt
from koryu.values import language_tags
from koryu.values.edtf import Edtf
from koryu.values.invisible import isolated
from koryu.values.reason import Reason
from koryu.values.text import ShownText, Text
from koryu.wording import messages, order
from koryu.wording.field_names import FIELDS, SAID_ABOUT, field_called
from koryu.wording.labels import ROLE_NAMES, chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.titles import short_name
from koryu.wording.told_moments import day_told


def environment(**options: Any) -> Environment:
    """The environment every template is rendered in.

    Beside what a page passes, a template has the functions below and gettext's, all in the language active while it
    is rendered. A name nobody passed is an error, never an empty string.
    """
    made = Environment(  # noqa: S701 -- Django's backend passes autoescape=True among the options
        **{**options, "undefined": StrictUndefined, "finalize": set_apart},
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.filters["raw"] = raw
    made.globals.update(
        static=static if settings.DEBUG else lru_cache(maxsize=64)(static),
        url=address_of,
        letter_runs=runs_html,
        letter_table=letter_table_html,
        lasting=lasting,
        as_text=Text,
        as_date=Edtf,
        shown=shown,
        in_words=in_words,
        plain_date=plain_date,
        duration=messages.length_in_words,
        name_of=name_of,
        kind_name=kind_name,
        participants=participants,
        own_first=own_first,
        roles_of=roles_of,
        tree=order.tree,
        reading_in=reading_in,
        excerpt=excerpt,
        because=because,
        reason=reason_in_words,
        numbered=numbered,
        facet_names=facet_names,
        called=called,
        forms=frozenset(ExchangeForm),
        navigation=sections.NAVIGATION,
        every_kind=(*sections.NAVIGATION, *(kind for kind in NAMES if kind not in sections.NAVIGATION)),
        ways=sections.WAYS,
        ways_at_the_foot=sections.WAYS_AT_THE_FOOT,
        kinds_at_the_foot=sections.KINDS_AT_THE_FOOT,
        fields=FIELDS,
        said_about=SAID_ABOUT,
        list_of=list_of,
        host_of=host_of,
        desk_ways=navigation.NAVIGATION,
        fields_of=fields_of,
        field_name=field_name,
        label_of=label_of,
        role_name=role_name,
        practice_area=settings.PRACTICE,
        contact=settings.CONTACT,
        beside_first={slug: "en" if slug != "en" else "ja" for slug in LANGUAGES},
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # -- the i18n extension adds it
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    return made


def set_apart(value: Any) -> Any:
    """What a template writes, with a sign for whatever cannot be seen, and kept apart if it runs from right to left.

    It may stand in an attribute, where there are no elements: characters do it. What is HTML already was set so.
    """
    return isolated(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def raw(value: object) -> Markup:
    """What goes back into a control, or is the address of a link: letter for letter."""
    return escape(str(value))


@lru_cache(maxsize=8192)
def address_of(name: str, **places: str) -> str:
    """The path of the page `name`; raises NoReverseMatch for a page or a place that does not exist."""
    return reverse(name, kwargs=places)


def lasting(name: str, **places: str) -> str:
    """The whole address of the page `name`, as it is cited: with the host under which readers find this server."""
    return str(settings.ADDRESS) + address_of(name, **places)


def shown(text: Text) -> ShownText:
    """The text as the reader of the active language sees it."""
    return text.shown(_reader())


def in_words(date: Edtf) -> str:
    """The date as the active language writes it, what is uncertain in words."""
    return messages.date_in_words(date, _slug())


def plain_date(moment: str) -> str:
    """The day of a moment such as 2026-11-22T12:00:00Z in the active zone, as the active language writes it."""
    return in_words(Edtf(day_told(moment)))


def name_of(tag: str) -> str:
    """What the active language calls the language `tag`."""
    return language_tags.name_of(tag, _reader())


def kind_name(kind: str, *, many: bool = False) -> str:
    """What one record of a kind is called, or all of them."""
    return translation.gettext(NAMES[kind][many])


def field_name(field: str, *, inside: bool = False) -> str:
    """What the field is called; of what is no field, what is written. A plain text, for it may be anybody's."""
    return messages.translated(field_called(field, inside=inside), _slug()) if field else ""


def label_of(code: str) -> str:
    """What a code of a choice is called. A plain text, for of what is no code it is what is written."""
    return messages.translated(chosen(code), _slug())


def role_name(role: str) -> str:
    """What somebody is at an institution."""
    return translation.gettext(ROLE_NAMES.get(role, role))


def participants(uris: Iterable[str], lines: Mapping[str, Line], *, hosts: Iterable[str] = ()) -> list[str]:
    """The institutions in the order in which a page names them."""
    return order.participants(uris, lines=lines, reader=_reader(), hosts=hosts)


def roles_of(member: Member) -> list[str]:
    """What a member did beside being one, and that they are not counted among the delegates, in words."""
    roles = [label_of(role) for role in member.roles if role != DelegationRole.MEMBER]
    return roles if member.counted else [*roles, translation.gettext("not counted")]


def own_first(uris: Iterable[str], lines: Mapping[str, Line]) -> bool:
    """Whether `participants` names an institution first because it is of the reader's language."""
    return order.own_first(uris, lines=lines, reader=_reader())


def reason_in_words(reason: Reason) -> str:
    """A reason in the active language."""
    return reason.in_words(translation.gettext)


def because(match: Match) -> Markup:
    """Why a form matched, in words: what was typed is marked as typed, and what was found is in its own language."""
    values: dict[str, object] = {name: page_writer.set_apart(str(value)) for name, value in match.why.values.items()}
    if "query" in values:
        values["query"] = Markup("<kbd>{}</kbd>").format(page_writer.set_apart(str(match.why.values["query"])))
    for name in ("found", "reading"):
        if name in values:
            values[name] = Markup('<span lang="{}">{}</span>').format(
                _language_of(match, name), page_writer.set_apart(str(match.why.values[name]))
            )
    return escape(translation.gettext(match.why.message)) % values


def _language_of(match: Match, name: str) -> str:
    """The language of what was found, or of its reading: letters are a romanization of the language of the form."""
    lang = match.form.lang
    latin = str(match.why.values[name]).isascii() and not lang.startswith("en")
    return f"{lang.split('-')[0]}-Latn" if name == "reading" and latin else lang


def called(line: Line) -> Text:
    """What a record is called in a list: by its short name in the reader's language, where it has one."""
    return short_name(line, _reader())


def numbered(page: int, pages: int) -> list[int]:
    """The numbers of pages to link to: the first, the last, those around this one; 0 stands for a gap."""
    near = sorted({1, pages, *(number for number in range(page - 2, page + 3) if 0 < number <= pages)})
    numbers: list[int] = []
    for number in near:
        if numbers and number > numbers[-1] + 1:
            numbers.append(0)
        numbers.append(number)
    return numbers


def facet_names(facet: str) -> str:
    """What a facet of the search is called."""
    return translation.gettext(sections.FACETS[facet])


def host_of(address: str) -> str:
    """The server a web address leads to, as readers know it; the address as it is written where it names none."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def list_of(path: str, number: int) -> str:
    """The address of a page of a list, by that of another one past its end."""
    first = re.sub(r"(page/)?\d+/$", "", path)
    return first if number == 1 else re.sub(r"\d+/$", f"{number}/", path)


def _slug() -> str:
    return translation.get_language() or "en"


def _reader() -> str:
    return LANGUAGES[_slug()][0]
