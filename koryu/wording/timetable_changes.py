"""What a version of a timetable changes in another, session by session, in words: `Wed 10: visit 14:00 → 15:00`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Refused
from koryu.values.text import Text
from koryu.wording.field_names import field_called
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words, translated, weekday_in_words

_NEW: Final = N_("new: %(what)s")
_LEFT_OUT: Final = N_("left out: %(what)s")
_TO: Final = N_("%(was)s → %(now)s")
_CHANGED: Final = N_("%(field)s: changed")
_OPEN: Final = N_("not known")
# Of these both values are said; of all else that it was changed.
_WORDS: Final = ("title", "venue", "number", "type")
_TIMES: Final = ("date", "start", "end", "until")
Item = Mapping[str, Any]


@dataclass(frozen=True)
class SessionChange:
    """One session as it was and as it is; None where it was not there, or is not any more."""

    was: Item | None
    now: Item | None


def changes_since_fixed(versions: Sequence[Mapping[str, Any]]) -> tuple[tuple[SessionChange, ...], ...]:
    """What each version after the first that was not provisional changes, for these contents in their order.

    As many as there are versions; empty for the first that was fixed and for those before it.
    """
    fixed = next((place for place, content in enumerate(versions) if is_fixed(content)), len(versions))
    return tuple(
        session_changes(versions[place - 1], content) if place > fixed else () for place, content in enumerate(versions)
    )


def is_fixed(content: Mapping[str, Any]) -> bool:
    """Whether a version of a timetable is not provisional."""
    return not content.get("provisional", False)


def session_changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[SessionChange, ...]:
    """The sessions that differ, in the order of what is now; those that are gone at the end."""
    before, after = _by_id(was), _by_id(now)
    changed = [SessionChange(before.get(row), item) for row, item in after.items() if before.get(row) != item]
    return (*changed, *(SessionChange(item, None) for row, item in before.items() if row not in after))


def change_in_words(change: SessionChange, slug: str) -> str:
    """What was changed in one session, in the language of the pages; plain text."""
    if change.was is None and change.now is not None:
        return _on(change.now, slug, _say(_NEW, slug, what=_called_at(change.now, slug)))
    if change.now is None and change.was is not None:
        return _on(change.was, slug, _say(_LEFT_OUT, slug, what=_called_at(change.was, slug)))
    assert change.was is not None
    assert change.now is not None
    details = translated("; ", slug).join(_details(change.was, change.now, slug))
    return _on(change.was, slug, f"{_called(change.was, slug)} {details}")


def _details(was: Item, now: Item, slug: str) -> Iterator[str]:
    if was.get("date") != now.get("date"):
        yield _say(_TO, slug, was=_day(was.get("date"), slug), now=_day(now.get("date"), slug))
    if _clock(was, slug) != _clock(now, slug):
        yield _say(_TO, slug, was=_clock(was, slug) or _open(slug), now=_clock(now, slug) or _open(slug))
    names = dict.fromkeys((*was, *now))
    for name in (name for name in names if name not in (*_TIMES, "id") and was.get(name) != now.get(name)):
        if name in _WORDS:
            words = [_value(name, item.get(name), slug) or _open(slug) for item in (was, now)]
            if words[0] != words[1]:
                yield _say(_TO, slug, was=words[0], now=words[1])
                continue
        yield _say(_CHANGED, slug, field=translated(field_called(name, inside=True), slug))


def _value(name: str, value: object, slug: str) -> str:
    if name == "type":
        return translated(chosen(str(value)), slug)
    return _text(value, slug) if isinstance(value, Mapping) else str(value or "")


def _called_at(item: Item, slug: str) -> str:
    return " ".join(filter(None, (_called(item, slug), _clock(item, slug))))


def _called(item: Item, slug: str) -> str:
    """By its title, else by its kind and number."""
    title = _text(item.get("title"), slug)
    kind = translated(chosen(str(item.get("type") or "")), slug) if item.get("type") else ""
    return title or " ".join(filter(None, (kind, str(item.get("number") or ""), _text(item.get("venue"), slug))))


def _clock(item: Item, slug: str) -> str:
    end = str(item.get("end") or "")
    until = f"{_day(item['until'], slug)} {end}".strip() if item.get("until") else end
    return "–".join(filter(None, (str(item.get("start") or ""), until)))


def _on(item: Item, slug: str, words: str) -> str:
    return translated(": ", slug).join(filter(None, (_day(item.get("date"), slug) if item.get("date") else "", words)))


def _day(written: object, slug: str) -> str:
    try:
        day = Edtf(str(written or ""))
    except Refused:
        return _open(slug)
    return weekday_in_words(day, slug) or date_in_words(day, slug)


def _open(slug: str) -> str:
    return translated(_OPEN, slug)


def _text(value: object, slug: str) -> str:
    if not isinstance(value, Mapping):
        return ""
    forms = {tag: form for tag, form in value.items() if isinstance(form, str)}
    return Text.kept(forms).shown(LANGUAGES[slug][0]).text if forms else ""


def _say(message: str, slug: str, **values: str) -> str:
    return translated(message, slug) % values


def _by_id(content: Mapping[str, Any]) -> dict[str, Item]:
    listed: Iterable[Any] = content.get("sessions") or ()
    return {str(item["id"]): item for item in listed if isinstance(item, Mapping) and "id" in item}
