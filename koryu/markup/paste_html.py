"""What was pasted into a sheet, shown before anything is written: which column is which, and what each row would do."""

from collections.abc import Collection, Sequence
from html import escape
from typing import Final

from django.utils.translation import gettext
from markupsafe import Markup

from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import as_html, as_markup
from koryu.markup.table_html import heads_of
from koryu.markup.widgets import hidden
from koryu.sheets.rows.clipboard import PastedGrid, as_text
from koryu.sheets.rows.pasted import PastedAs, PastedRow, PastePreview
from koryu.sheets.rows.pasted_columns import ColumnChoice
from koryu.sheets.rows.returned_rows import LEFT_OUT, NEW
from koryu.sheets.rows.row_sheet import ShownColumn
from koryu.values.reason import N_

_PASTED: Final = N_("Pasted: %(rows)s rows, %(columns)s columns")
_PUT_IN: Final = N_("Put in %(rows)s rows")
_DROP: Final = N_("Discard")
_LEAVE_OUT: Final = N_("leave this column out")
_NOWHERE: Final = N_("not saved anywhere")
_WHAT_IS: Final = N_("What “%(head)s” is")
_COLUMN: Final = N_("What column %(number)s is")
_BECOMES: Final = N_("What changes")
_NEW: Final = N_("new row")
_SAME: Final = N_("no change")
_CHANGES: Final = N_("changes: %(columns)s")
_UNREAD: Final = N_("cannot be read: %(reasons)s")
_GONE: Final = N_("this row was removed here after the list went out")
_ELSEWHERE: Final = N_("there is no draft of this in the list here; nothing is taken")
_DISPUTED: Final = N_("changed here too since the list went out: %(columns)s")
_OLD: Final = N_("was: %(text)s")
_LOADED: Final = N_("%(file)s: %(rows)s rows, %(columns)s columns")
_BELOW: Final = N_("Left out below the table: %(rows)s")
_ABOVE: Final = N_("Left out above the table: %(rows)s")
_MISSING: Final = N_("Rows that did not come back: %(count)s.")
_REMOVE: Final = N_("Remove these rows")
_UNPRINTED: Final = N_("These columns did not go out with the list and are left out: %(heads)s.")
_WHICH: Final = N_("Row %(number)s: the same entry rewritten, or another?")
_CHOOSE: Final = N_("not answered yet")
_SAME_AS: Final = N_("the same as: %(row)s")
_ANOTHER: Final = N_("another: a new row")
_NOT_TAKEN: Final = N_("leave it out")
_LOOK: Final = N_("Look at it with these answers")
_UNCERTAIN: Final = N_("Rows that are not certain: %(count)s. Say of each which one it is.")
_AS_SENT: Final = N_("Nothing differs from what was sent.")
_ASKED: Final = N_("asked above")
_TAKE: Final = N_("Take row %(number)s")
# How the fields are called that answer for a row, and those that say what was answered when it was looked at.
ANSWER: Final = "same:"
LOOKED_AT: Final = "looked:"
# The rows that could be ticked when they were looked at.
SHOWN: Final = "tickable"
_NOT_SHOWN: Final = N_(
    "The headings are in a language that the list does not show: %(languages)s. What stands under them is left out. "
    "Tick that language above the list, and paste again."
)


def paste_panel(
    writer: DeskWriter,
    grid: PastedGrid,
    preview: PastePreview,
    columns: Sequence[ShownColumn],
    *,
    paste_at: str,
    mark: str = "",
    source: str = "",
    file: str = "",
    ticked: Collection[str] | None = None,
) -> Markup:
    """The panel as a form that posts the grid again (`text`), a `choice` for each column, and `do` (`put` or `drop`).

    `ticks` says that each `row` that is wanted is ticked; `without` that rows which did not come back are removed.
    `mark` is the hidden field by which Django knows its own forms. Of a `file`, `source` is what posts it again.
    `ticked` are the rows that were ticked among those that were shown before; None for the first time. A row that is
    asked about has a field `same:` with its number.
    """
    heads = heads_of(writer, columns)
    say = writer.gettext
    source = source or hidden("text", as_text(grid))
    choices = "".join(
        [_choice(writer, choice, number, heads) for number, choice in enumerate(preview.table.choices, 1)]
    )
    letters = dict(zip((choice.key for choice in preview.table.choices), grid.letters, strict=False))
    pasted = "".join([_row(writer, row, heads, letters, ticked) for row in preview.rows])
    above = _left_out(writer, _ABOVE, preview.table.above) + _left_out(writer, _BELOW, preview.table.below)
    if preview.table.unshown:
        tags = Markup(", ").join(writer.language(tag) for tag in preview.table.unshown)
        above += f'<p class="reason">{say(_NOT_SHOWN, languages=tags)}</p>\n'
    if preview.is_as_sent:
        above += f'<p class="note">{say(_AS_SENT)}</p>\n'
    if preview.unprinted:
        above += f'<p class="reason">{say(_UNPRINTED, heads=", ".join(preview.unprinted))}</p>\n'
    if preview.missing:
        above += (
            f'<p><label><input type="checkbox" name="without" value="1"> {say(_REMOVE)}</label> '
            f'<span class="note">{say(_MISSING, count=len(preview.missing))}</span></p>\n'
        )
    sizes = {"rows": len(preview.table.rows), "columns": len(preview.table.choices)}
    title = say(_LOADED, file=file, **sizes) if file else say(_PASTED, **sizes)
    put = "" if preview.goes_in or preview.missing else " disabled"
    put_in = say(_PUT_IN, rows=preview.goes_in)
    return as_markup(
        f'<form class="pasted" method="post" action="{escape(paste_at)}" autocomplete="off">{mark}'
        f"{source}{hidden('ticks', '1')}\n<h3>{title}</h3>\n{above}{_questions(writer, preview)}"
        f'<p class="links"><button class="commits" name="do" value="put"{put}>{put_in}</button> '
        f'<button name="do" value="drop">{say(_DROP)}</button></p>\n'
        f'<div class="wide"><table class="list"><thead><tr><td></td>'
        # Where a table is wider than the screen, what a row would do is seen first.
        f'<th scope="col">{say(_BECOMES)}</th>{choices}</tr></thead>\n'
        f"<tbody>\n{pasted}</tbody></table></div>\n</form>"
    )


def _choice(writer: DeskWriter, choice: ColumnChoice, number: int, heads: dict[str, str]) -> str:
    say = writer.gettext
    label = say(_WHAT_IS, head=choice.head) if choice.head else say(_COLUMN, number=number)
    options = "".join(
        [
            f'<option value="{escape(key)}"{" selected" if key == choice.key else ""}>{head}</option>'
            for key, head in (("", str(say(_LEAVE_OUT))), *heads.items())
        ]
    )
    private = f" <small>({say(_NOWHERE)})</small>" if choice.private else ""
    return (
        f'<th scope="col">{as_html(choice.head)} <select name="choice" aria-label="{label}">{options}</select>'
        f"{private}</th>"
    )


def _questions(writer: DeskWriter, preview: PastePreview) -> str:
    """Each row that is not certain, with what it says and what it may be."""
    if not preview.asked:
        return ""
    say = writer.gettext
    count = len(preview.unanswered)
    lines = "".join([_question(writer, row) for row in preview.asked])
    reason = f'<p class="reason">{say(_UNCERTAIN, count=count)}</p>\n' if count else ""
    return (
        f'{reason}<ol class="asked-rows">\n{lines}</ol>\n<p><button name="do" value="ask">{say(_LOOK)}</button></p>\n'
    )


def _question(writer: DeskWriter, row: PastedRow) -> str:
    say, answer = writer.gettext, row.asked.answer if row.asked else ""
    choices = [
        ("", str(say(_CHOOSE))),
        *((each, str(say(_SAME_AS, row=called))) for each, called in row.candidates.items()),
        (NEW, str(say(_ANOTHER))),
        (LEFT_OUT, str(say(_NOT_TAKEN))),
    ]
    options = "".join(
        [
            f'<option value="{escape(value)}"{" selected" if value == answer else ""}>{words}</option>'
            for value, words in choices
        ]
    )
    said = " · ".join(filter(None, row.pasted))
    at, name = escape(f"asked-{row.number}"), escape(f"{ANSWER}{row.number}")
    unanswered = "" if answer else " data-unanswered"
    return (
        f'<li><label for="{at}">{say(_WHICH, number=row.number)}</label> <span class="came">{as_html(said)}</span> '
        f'<select name="{name}" id="{at}"{unanswered}>{options}</select>'
        f"{hidden(f'{LOOKED_AT}{row.number}', answer)}</li>\n"
    )


def _left_out(writer: DeskWriter, message: str, rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    said = "; ".join(" ".join(filter(None, row)) for row in rows)
    return f'<p class="note">{writer.gettext(message, rows=said)}</p>\n'


def _row(
    writer: DeskWriter,
    row: PastedRow,
    heads: dict[str, str],
    letters: dict[str, str],
    ticked: Collection[str] | None,
) -> str:
    say = writer.gettext
    becomes: list[str] = []
    if row.becomes is not PastedAs.CHANGES:
        becomes = [say(_BECOMES_OF[row.becomes])]
    else:
        becomes = [say(_CHANGES, columns=Markup(", ").join(as_markup(heads[key]) for key in row.changes))]
        becomes += [f"<small>{say(_OLD, text=row.before[key])}</small>" for key in row.changes if row.before.get(key)]
    if row.disputed:
        becomes.append(say(_DISPUTED, columns=Markup(", ").join(as_markup(heads[key]) for key in row.disputed)))
    if row.unread:
        reasons = " ".join(
            f"{_address(letters, key, row)}{reason.in_words(gettext)}" for key, reason in row.unread.items()
        )
        becomes.append(say(_UNREAD, reasons=reasons))
    shown = "".join([f"<td>{as_html(text)}</td>" for text in row.pasted])
    return f"<tr><td>{_tick(writer, row, ticked)}</td><td>{'<br>'.join(becomes)}</td>{shown}</tr>\n"


_BECOMES_OF: Final = {
    PastedAs.NEW: _NEW,
    PastedAs.SAME: _SAME,
    PastedAs.GONE: _GONE,
    PastedAs.ELSEWHERE: _ELSEWHERE,
    PastedAs.ASKED: _ASKED,
}


def _tick(writer: DeskWriter, row: PastedRow, ticked: Collection[str] | None) -> str:
    """What was changed on both sides is not taken unless somebody says so."""
    if not row.goes_in:
        return ""
    is_ticked = not row.disputed if ticked is None else row.id in ticked
    checked = " checked" if is_ticked else ""
    label = writer.gettext(_TAKE, number=row.number)
    shown = hidden(SHOWN, row.id)
    return f'{shown}<input type="checkbox" name="row" value="{escape(row.id)}"{checked} aria-label="{label}">'


def _address(letters: dict[str, str], key: str, row: PastedRow) -> str:
    """What a cell is called in its file, before what is wrong with it."""
    return f"{letters[key]}{row.number} " if letters.get(key) else ""
