"""A contact as it was typed into its form."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.http import QueryDict

from koryu.correspondence.queries import Contact
from koryu.correspondence.rules.contacts_typed import MOST_NAMES, TypedContact
from koryu.desk.text_input import TAGS, number_typed, text_so_far
from koryu.sheets import clean
from koryu.sheets.parse import date_typed
from koryu.sheets.rows.name_cells import parts_of, reading_tag
from koryu.values.text import Text

# The scripts in which a name is written down.
NAME_LANGUAGES: Final = ("ja", "zh-Hans", "zh-Hant", "ko", "ko-Hani", "en")
ORDERS: Final = ("family first", "given first", "as written")


def contact_typed(posted: QueryDict, *, of: str, before: Contact | None, mine: str) -> TypedContact:
    """The contact that was typed; `mine` is the language of whoever typed it. Raises Refused for what is no date."""
    return TypedContact(
        of=of,
        unit=_text(posted, "unit", before.unit if before else None, mine=mine),
        post=_text(posted, "post", before.post if before else None, mine=mine),
        names=tuple(_names(posted, before)),
        honorifics={tag: clean.line(posted.get(f"honorific-{tag}", "")) for tag in TAGS},
        email=clean.line(posted.get("email", "")),
        telephone=clean.line(posted.get("telephone", "")),
        address=clean.prose(posted.get("address", "")),
        # The language to write in comes first.
        languages=tuple(
            tag for tag in dict.fromkeys((posted.get("write-in", ""), *posted.getlist("language"))) if tag in TAGS
        ),
        assistant=number_typed(posted.get("assistant", "")),
        since=day_typed(posted.get("since", "")),
        until=day_typed(posted.get("until", "")),
        remark=clean.prose(posted.get("remark", "")),
        person=clean.line(posted.get("person", "")),
    )


def day_typed(typed: str) -> str:
    """A date as records write it, or '' where nothing was typed. Raises Refused."""
    return str(date_typed(typed)) if clean.line(typed) else ""


def _text(posted: QueryDict, name: str, before: Text | None, *, mine: str) -> Text | None:
    typed = {f"text-{tag}": clean.line(posted.get(f"{name}-{tag}", "")) for tag in TAGS}
    given = text_so_far(typed, before=before.as_json() if before else {}, mine=mine)
    return Text(given) if given else None


def _names(posted: QueryDict, before: Contact | None) -> Iterator[Mapping[str, str]]:
    """The forms of a name, one a row; a row in which nothing is written is none."""
    readings = (
        {(str(form.lang), form.reading): form.reading_lang for form in before.names if form.reading} if before else {}
    )
    for row in range(1, MOST_NAMES + 1):
        written = clean.line(posted.get(f"written-{row}", ""))
        lang, order = posted.get(f"lang-{row}", ""), posted.get(f"order-{row}", "")
        if not written:
            continue
        lang = lang if lang in NAME_LANGUAGES else NAME_LANGUAGES[0]
        parts = {part: clean.line(posted.get(f"{part}-{row}", "")) for part in ("family", "given", "reading")}
        form = {"id": f"n{row}", "lang": lang, "written": written, "order": order if order in ORDERS else ORDERS[2]}
        if not (parts["family"] or parts["given"]):
            # As far as its letters show them; what was typed is never overruled.
            parts["family"], parts["given"], form["order"] = parts_of(written)
        form |= {part: typed for part, typed in parts.items() if typed}
        if reading := parts["reading"]:
            form["reading_lang"] = str(readings.get((lang, reading)) or reading_tag(reading, lang))
        yield form
