"""A calendar file at the desk: read once, shown, and carried in the form until it is confirmed. Nothing is kept of it.

What was read goes out signed with the page and comes back with the button: so what is kept is what was shown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from koryu.ingest.calendar_lines import LARGEST
from koryu.ingest.calendars import CalendarEntry, CalendarFile, calendar_in, entry_as_json, entry_from
from koryu.planning.rules.institution_days import OwnCalendar, days_of
from koryu.planning.rules.loaded_periods import LoadedDays, told_apart
from koryu.sheets import clean
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text

_SALT: Final = "koryu.calendar-file"
_MOST_IN_FORM: Final = 4 * 1024 * 1024
_STALE: Final = Reason("This preview is too old, or of another calendar. Choose the file again.")
_CHOOSE: Final = Reason("Choose a file.")
_KANA: Final = re.compile("[\u3041-\u30ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# In which language words in Chinese characters alone are, by the country of the calendar.
_BY_COUNTRY: Final[Mapping[str, str]] = {"CN": "zh-Hans", "TW": "zh-Hant", "HK": "zh-Hant", "JP": "ja", "KR": "ko"}


@dataclass(frozen=True, kw_only=True)
class FilePreview:
    """What was read of a file: its days, and `passed` over; `carried` is what comes back with the button."""

    name: str
    file: str
    days: tuple[LoadedDays, ...]
    lang: str
    passed: tuple[Reason, ...] = ()
    past: int = 0
    carried: str = ""


def preview_of(
    uploaded: "UploadedFile[Any] | None", *, of: str, calendar: OwnCalendar, reader: str, today: date
) -> FilePreview:
    """What a file that was sent holds. Raises Refused."""
    if uploaded is None:
        raise Refused(_CHOOSE)
    read = calendar_in(uploaded.read(LARGEST + 1), today=today)
    if not read.entries and not read.faults and not read.past:
        raise Refused(Reason("There is no entry in this calendar."))
    name = read.name or clean.line(str(uploaded.name))[:200]
    taken, passed = _on_working_days(read, calendar, today)
    carried = signing.dumps(
        {"of": of, "name": name, "file": read.digest, "entries": [entry_as_json(each) for each in taken]},
        salt=_SALT,
        compress=True,
    )
    if len(carried) > _MOST_IN_FORM:
        raise Refused(Reason("At most 2 MB and 5,000 entries."))
    return FilePreview(
        name=name,
        file=read.digest,
        days=_days(taken, calendar.country, reader),
        lang=_most_common(taken, calendar.country, reader),
        passed=(*read.faults, *passed),
        past=read.past,
        carried=carried,
    )


def preview_carried(carried: str, *, of: str, country: str, reader: str) -> FilePreview:
    """What came back with the button. Raises Refused for what was not shown here of this calendar."""
    try:
        kept = signing.loads(carried, salt=_SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        raise Refused(_STALE) from None
    if kept["of"] != of:
        raise Refused(_STALE)
    entries = [entry_from(each) for each in kept["entries"]]
    return FilePreview(
        name=kept["name"],
        file=kept["file"],
        days=_days(entries, country, reader),
        lang=_most_common(entries, country, reader),
        carried=carried,
    )


def _on_working_days(
    read: CalendarFile, calendar: OwnCalendar, today: date
) -> tuple[list[CalendarEntry], list[Reason]]:
    """Entries of whole days, and those by the hour that fall on a day on which the institution works; why not others.

    Where nothing is known of its days, they count as days from Monday to Friday.
    """
    if not any(each.timed for each in read.entries):
        return list(read.entries), []
    known = calendar if calendar.country else replace(calendar, uses_holidays=False)
    first, last = min(each.first for each in read.entries), max(each.last for each in read.entries)
    days = days_of(known, first=first, last=last, today=today)
    taken, passed = [], []
    for entry in read.entries:
        if not entry.timed or days.day(entry.first).works or entry.last > entry.first:
            taken.append(entry)
        else:
            title = entry.words or Reason("without words")
            passed.append(
                Reason(
                    "Line %(line)s: “%(title)s” has hours on a day off; skipped.",
                    line=entry.line,
                    title=title,
                )
            )
    return taken, passed


def _days(entries: Sequence[CalendarEntry], country: str, reader: str) -> tuple[LoadedDays, ...]:
    return told_apart(
        LoadedDays(
            uid=each.uid,
            first=each.first,
            last=each.last,
            label=Text.kept({_language(each, country, reader): each.words}) if each.words else None,
            worked=each.worked,
        )
        for each in entries
    )


def _most_common(entries: Sequence[CalendarEntry], country: str, reader: str) -> str:
    languages = [_language(each, country, reader) for each in entries if each.words]
    return max(set(languages), key=languages.count) if languages else reader


def _language(entry: CalendarEntry, country: str, reader: str) -> str:
    """The language of an entry's words: as the file says, as script or country show, else the reader's."""
    try:
        if entry.lang:
            return str(LanguageTag(entry.lang))
    except Refused:
        pass
    if _HANGUL.search(entry.words):
        return "ko"
    if _KANA.search(entry.words):
        return "ja"
    if _HAN.search(entry.words):
        return _BY_COUNTRY.get(country, reader)
    return "en" if entry.words.isascii() else reader
