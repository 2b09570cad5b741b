"""A year as a picture, set in Python: a template takes ten times as long for two hundred marks.

It is drawn twice: months from left to right, and on a phone from top to bottom; then its table. Every mark and every
frame leads to its row in the table.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext
from markupsafe import Markup, escape

from koryu.markup.page_writer import as_markup
from koryu.planning.rules.year_picture import DateFrame, FrameMark, PictureKind, PictureLane, PictureMark, YearPicture
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason
from koryu.wording.messages import date_in_words

# Room for the names on the left, and for the months above; a lane's height, and its width where the year runs down.
_LEFT, _TOP, _LANE, _COLUMN = 110, 24, 40, 72
_HATCH: Final = (
    '<defs><pattern id="%s" width="5" height="5" patternUnits="userSpaceOnUse"><path class="hatch" d="M0 5L5 0"/>'
    "</pattern></defs>"
)


@dataclass(frozen=True, kw_only=True)
class _YearWords:
    """What is written in a picture: each lane's name with its language, each month, each mark's row, each frame."""

    names: Mapping[str, tuple[str, str]]
    months: Mapping[int, str]
    rows: Sequence[str]
    frames: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class DrawnYear:
    """A picture of a year as HTML, months from left to right and from top to bottom; what each of its frames says."""

    across: Markup
    down: Markup
    frames: tuple[str, ...]


def drawn_year(
    picture: YearPicture,
    *,
    names: Mapping[str, tuple[str, str]],
    months: Mapping[int, str],
    rows: Sequence[str],
    slug: str,
) -> DrawnYear:
    """The picture for a reader of the language `slug`; `rows` is what each row of its table says, as a plain text."""
    frames = tuple(_said_of(each.frame, slug) for each in picture.frames)
    words = _YearWords(names=names, months=months, rows=rows, frames=frames)
    return DrawnYear(across=_across(picture, words), down=_down(picture, words), frames=frames)


def _said_of(frame: DateFrame, slug: str) -> str:
    if frame.number:
        said = gettext("candidate %(number)s") % {"number": frame.number}
    else:
        said = gettext("agreed dates") if frame.is_agreed else gettext("planned dates")
    when = f"{frame.first}/{frame.last}" if frame.first != frame.last else f"{frame.first}"
    return f"{date_in_words(Edtf(when), slug)}: {said}"


def _across(picture: YearPicture, words: _YearWords) -> Markup:
    """Months from left to right, a lane below the other."""
    tall = _TOP + _LANE * len(picture.lanes)
    parts = [
        f'<svg class="year across" viewBox="0 0 {int(picture.long) + _LEFT + 2} {tall + 4}" {_labelled(picture)}>',
        _HATCH % "hatch-across",
    ]
    for month, start in picture.months:
        parts.append(
            f'<text class="month" x="{start + _LEFT + 2}" y="12">{escape(words.months[month])}</text>'
            f'<path class="rule" d="M{start + _LEFT} 4V{tall}"/>'
        )
    parts += [
        _framed(place, frame, words, (frame.start + _LEFT, 18, frame.long, tall - 18), (frame.start + _LEFT + 2, tall))
        for place, frame in enumerate(picture.frames)
    ]
    for place, lane in enumerate(picture.lanes):
        top = _TOP + _LANE * place
        parts.append(_name(lane, words, 0, top + 14))
        parts.append(f'<path class="rule" d="M{_LEFT} {top + 17.5}H{int(picture.long) + _LEFT}"/>')
        for mark in lane.marks:
            y, height = (top + 19, 12) if mark.kind is PictureKind.AVOIDED else (top + 3, 14)
            parts.append(_marked(mark, words, (mark.start + _LEFT, y, mark.long, height)))
        for mark in lane.marks:
            if mark.label:
                y = top + (29 if mark.kind is PictureKind.AVOIDED else 14)
                kind, label = escape(mark.kind), escape(mark.label)
                parts.append(f'<text class="in {kind}" x="{mark.start + _LEFT + 3}" y="{y}">{label}</text>')
    return as_markup("".join([*parts, "</svg>"]))


def _down(picture: YearPicture, words: _YearWords) -> Markup:
    """Months from top to bottom, a lane beside the other."""
    wide = 36 + _COLUMN * len(picture.lanes)
    parts = [
        f'<svg class="year down" viewBox="0 0 {wide} {int(picture.long) + 22}" {_labelled(picture)}>',
        _HATCH % "hatch-down",
    ]
    for month, start in picture.months:
        parts.append(
            f'<text class="month" x="0" y="{start + 32}">{escape(words.months[month])}</text>'
            f'<path class="rule" d="M0 {start + 20}H{wide}"/>'
        )
    parts += [
        _framed(place, frame, words, (32, frame.start + 20, wide - 32, frame.long), (34, frame.start + 30))
        for place, frame in enumerate(picture.frames)
    ]
    for place, lane in enumerate(picture.lanes):
        left = 36 + _COLUMN * place
        parts.append(_name(lane, words, left, 12, most=10))
        for mark in lane.marks:
            x, width = (left + 22, 12) if mark.kind is PictureKind.AVOIDED else (left, 20)
            parts.append(_marked(mark, words, (x, mark.start + 20, width, mark.long)))
    return as_markup("".join([*parts, "</svg>"]))


def day_rows(
    says: Iterable[tuple[str, Reason]], *, brief: Callable[[str], Markup], said: Callable[[Reason], Markup]
) -> Markup:
    """The rows of the table, one for each mark: whose it is, and what it says."""
    listed = tuple(says)
    names = {who: escape(brief(who)) for who in {who for who, _reason in listed}}
    return as_markup(
        "\n".join(
            f'<tr id="day-{place}"><th scope="row">{escape(names[who])}</th><td>{escape(said(reason))}</td></tr>'
            for place, (who, reason) in enumerate(listed)
        )
    )


def _labelled(picture: YearPicture) -> str:
    return f'role="group" aria-label="{int(picture.year)}"'


def _marked(mark: PictureMark, words: _YearWords, box: tuple[int, int, int, int]) -> str:
    x, y, wide, tall = box
    row, title = int(mark.row), escape(words.rows[mark.row])
    kind = f"{escape(mark.kind)} may-move" if mark.may_move else escape(mark.kind)
    return (
        f'<a href="#day-{row}"><title>{title}</title>'
        f'<rect class="{kind}" x="{x}" y="{y}" width="{wide}" height="{tall}"/></a>'
    )


def _framed(
    place: int, frame: FrameMark, words: _YearWords, box: tuple[int, int, int, int], number_at: tuple[int, int]
) -> str:
    (x, y, wide, tall), (number_x, number_y) = box, number_at
    kind, number = "frame agreed" if frame.frame.is_agreed else "frame", escape(frame.frame.number)
    numbered = f'<text class="number" x="{number_x}" y="{number_y}">{number}</text>' if number else ""
    return (
        f'<a href="#dates-{place}"><title>{escape(words.frames[place])}</title>'
        f'<rect class="{kind}" x="{x}" y="{y}" width="{wide}" height="{tall}"/>{numbered}</a>'
    )


def _name(lane: PictureLane, words: _YearWords, x: int, y: int, *, most: int | None = None) -> str:
    name, lang = words.names[lane.institution]
    return f'<text class="name" x="{x}" y="{y}" lang="{escape(lang)}">{escape(name[:most])}</text>'
