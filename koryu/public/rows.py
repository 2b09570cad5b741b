"""The rows of long lists, written as HTML beforehand: a macro called for every cell of every row takes too long."""

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Any, Final

from markupsafe import Markup

from koryu.archive.queries import Line
from koryu.markup.page_writer import PageWriter, as_markup, dated, inferred, plain, said, set_apart
from koryu.public.exchange_view import PaperView
from koryu.records.exchange import EventState
from koryu.records.paper import PaperType
from koryu.records.participation import Member
from koryu.records.timetable import Session
from koryu.values.reason import N_
from koryu.wording.labels import chosen

_UNKNOWN: Final = Markup('<span class="unknown">%s</span>')


def row_functions(writer: PageWriter) -> dict[str, Any]:
    """The functions by which a template makes rows, by name."""
    made = (given_cells, session_name, member_line)
    return {each.__name__: partial(each, writer) for each in made} | {"exchange_rows": partial(exchanges, writer)}


def given_cells(writer: PageWriter, paper: PaperView, *, typed: bool = False) -> Markup:
    """A paper in two cells of a row: its title, linked, and who gave it, in which post, for whom.

    Of which type it is stands under the title; of what is simply a paper only where it is to be `typed`.
    """
    type_under = typed or paper.type != PaperType.PAPER
    under = f' <span class="under">{_type(writer, paper)}</span>' if type_under else ""
    return as_markup(
        f'<td role="cell" class="given"><span class="title">{_title(writer, paper)}</span>{under}</td>'
        f'<td role="cell" class="by">{_by(writer, paper)}</td>'
    )


def session_name(writer: PageWriter, session: Session) -> Markup:
    """Which session it is, by its kind and number, and when it begins and ends."""
    end = f"{dated(session.until, writer.slug)} {session.end or ''}".strip() if session.until else session.end
    clock = "–".join(filter(None, (session.start, end)))
    timed = f'<span class="clock">{clock}</span> ' if session.start else ""
    number = f" {set_apart(session.number)}" if session.number else ""
    return as_markup(f"{timed}{plain(chosen(session.type), writer.slug)}{number}")


def member_line(writer: PageWriter, member: Member, roles: Iterable[str]) -> Markup:
    """Somebody who took part: the name, at its end what they did, under it the posts they held then."""
    did, posts = str(writer.comma).join(map(set_apart, roles)), writer.posts_of(member)
    return as_markup(
        "".join(
            (
                f"<li>{writer.named(member)}",
                f' <span class="role">{did}</span>' if did else "",
                f'<span class="post">{posts}</span>' if posts else "",
                f'<span class="post">{writer.words(member.remark)}</span>' if member.remark else "",
                "</li>",
            )
        )
    )


def exchanges(writer: PageWriter, listed: Iterable[Line], programme: str = "", *, placed: bool = True) -> Markup:
    """A row for each exchange.

    With a programme, only the number an exchange bears there is shown; `placed` gives a column to places.
    """
    table = _Table(writer, programme, placed)
    return as_markup("\n".join([table.row(line) for line in listed]))


def _title(writer: PageWriter, paper: PaperView) -> Markup:
    title = writer.words(paper.title, writer.page_of(paper.line))
    label = f'<span class="label">{set_apart(paper.label)}</span> ' if paper.label else ""
    mark = writer.if_inferred(paper.line, "title", f"title.{paper.title.shown(writer.tag).lang}", "titles", "label")
    return as_markup(f"{label}{title}{mark}" if paper.title_given else f"{label}[{title}]{mark}")


def _by(writer: PageWriter, paper: PaperView) -> Markup:
    parts = [_speaker(writer, speaker) for speaker in paper.speakers]
    if paper.corporate_author:
        parts.append(f'<span class="speaker">{writer.words(paper.corporate_author)}</span>')
    elif not parts:
        parts.append(_UNKNOWN % writer.gettext("speaker not found"))
    parts.append(writer.if_inferred(paper.line, "speakers", "corporate_author"))
    return as_markup("".join(parts))


def _type(writer: PageWriter, paper: PaperView) -> Markup:
    return as_markup(f"{writer.gettext(chosen(paper.type))}{writer.if_inferred(paper.line, 'type')}")


def _speaker(writer: PageWriter, speaker: Any) -> str:
    posts = writer.posts_of(speaker)
    under = f'<span class="under">{posts}</span>' if posts else ""
    remark = f'<span class="under">{writer.words(speaker.remark)}</span>' if speaker.remark else ""
    return f'<span class="speaker">{writer.named(speaker)}{under}{remark}</span>'


class _Table:
    """Makes the rows of one table of exchanges."""

    def __init__(self, writer: PageWriter, programme: str, placed: bool) -> None:
        self.writer, self.slug, self.comma = writer, writer.slug, str(writer.comma)
        self.programme, self.placed = programme, placed
        what = writer.gettext("Held under")
        self.loosely_held = f' <small class="in">{writer.gettext("inferred: %(what)s", what=what)}</small>'
        self.lost = str(_UNKNOWN % writer.gettext("date not found"))
        # On a phone, which has no columns, what a column says of its values is said before each.
        host, place = (str(Markup.escape(writer.gettext(name))) for name in (N_("host"), N_("place")))
        self.host = f'</th><td role="cell" class="small inline" data-is="{host}">'
        self.place = f'</td><td role="cell" class="small inline" data-is="{place}">'

    def row(self, line: Line) -> str:
        """One row; a cell that has nothing to say is empty, so that a phone can leave it out."""
        summary, writer, slug = line.summary, self.writer, self.slug
        date, doubted = summary.date, summary.inferred
        under = "" if self.programme else writer.all_brief(summary.programmes)
        under = under and f' <span class="under">{under}</span>'
        # Joined, for of the Markup among them each place of an f-string would make a copy.
        return "".join(
            (
                '<tr role="row"><td role="cell" class="when num soft inline">',
                dated(date, slug) if date else self.lost,
                inferred(slug) if "date" in doubted else "",
                '</td><td role="cell" class="num inline">',
                self.numbers(summary.numbers),
                inferred(slug) if "numbers" in doubted and summary.numbers else "",
                '</td><th scope="row" role="rowheader">',
                writer.title_of(line),
                under,
                self.loosely_held if "programmes" in doubted else "",
                self.host,
                writer.all_brief(summary.hosts),
                inferred(slug) if "hosts" in doubted else "",
                f"{self.place}{self.cities(line)}" if self.placed else "",
                inferred(slug) if self.placed and "cities" in doubted else "",
                '</td><td role="cell" class="small soft inline">',
                _form(summary.form, summary.state, slug),
                inferred(slug) if "form" in doubted or "state" in doubted else "",
                "</td></tr>",
            )
        )

    def numbers(self, numbers: Mapping[str, str] | None) -> str:
        if not numbers:
            return ""
        if not self.programme:
            return self.comma.join([_number(number, self.slug) for number in numbers.values()])
        return _number(numbers[self.programme], self.slug) if self.programme in numbers else ""

    def cities(self, line: Line) -> str:
        return self.comma.join(map(self.writer.words_of, line.summary.cities))


@lru_cache(maxsize=4096)
def _number(number: str, slug: str) -> str:
    """A number as HTML: alone for its column, and as “number 5” for narrow screens, which have no columns."""
    named = said(N_("number %(number)s"), slug) % {"number": number}
    return str(Markup('<span class="roomy">%s</span><span class="narrow">%s</span>') % (number, named))


@lru_cache(maxsize=256)
def _form(form: str, state: str, slug: str) -> str:
    if state == EventState.HELD:
        return str(plain(chosen(form), slug))
    return f'{plain(chosen(form), slug)} <small class="in">{plain(chosen(state), slug)}</small>'
