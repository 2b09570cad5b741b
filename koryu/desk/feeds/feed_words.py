"""A private calendar in the language of its address, as bytes."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.conf import settings
from django.urls import reverse

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.institutions.queries import SecretAddress
from koryu.markup.named_lines import with_names
from koryu.planning import queries as planning
from koryu.publishing.calendar import calendar_bytes
from koryu.publishing.calendar_entries import EventStamp, FeedEntry, event_in, named_in_entries, stamped
from koryu.values.reason import N_
from koryu.wording.languages import LANGUAGES, Reader
from koryu.wording.messages import translated
from koryu.wording.titles import short_name_in_words, title_in

# What a calendar is called where no record names it.
_NAMES: Final[Mapping[str, str]] = {
    "person": N_("My exchanges (%(who)s)"),
    "institution": N_("Exchanges of %(who)s"),
}


def feed_in_words(entries: Iterable[FeedEntry], address: SecretAddress) -> bytes:
    """The calendar of these entries; what changed of each since it was told, by what planning has kept."""
    listed = tuple(entries)
    reader = Reader(address.language if address.language in LANGUAGES else "en")
    known = {entry.line.uri: entry.line for entry in listed if entry.line}
    named = {address.institution, *named_in_entries(listed), *filter(None, [address.about])}
    lines = archive.lines_named(named, asking=address.institution, besides=known)
    lines = {**known, **with_names(lines, tag=reader.tag, asking=address.institution)}
    kept = planning.told_of_events([entry.uid for entry in listed])
    events = [
        event_in(
            entry,
            reader,
            lines=lines,
            url=_url(entry),
            stamp=stamped(entry, _stamp(kept.get(entry.uid))),
        )
        for entry in listed
    ]
    return calendar_bytes(events, name=_name(address, reader, lines), language=reader.tag)


def _name(address: SecretAddress, reader: Reader, lines: Mapping[str, Line]) -> str:
    if about := lines.get(address.about):
        return title_in(about, reader.tag, lines=lines).text
    who = short_name_in_words(lines.get(address.institution), address.institution, reader.tag)
    return translated(_NAMES.get(address.scope, "%(who)s"), reader.slug) % {"who": who}


def _stamp(kept: tuple[str, int, str] | None) -> EventStamp | None:
    return EventStamp(digest=kept[0], sequence=kept[1], at=kept[2]) if kept else None


def _url(entry: FeedEntry) -> str:
    """The page of the exchange at the desk; of another record, the one that leads every reader on."""
    kind, slug = entry.page
    if not slug:
        return ""
    if kind == "exchange":
        return str(settings.ADDRESS) + reverse("desk:exchange", kwargs={"slug": slug})
    return str(settings.ADDRESS) + reverse("public:permanent", kwargs={"kind": kind, "slug": slug})
