"""What was pasted into a sheet, shown before anything is written: which column is which, and what each row would do."""

from collections.abc import Sequence
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
) -> Markup:
    """The panel as a form that posts the grid again (`text`), a `choice` for each column, and `do` (`put` or `drop`).

    `mark` is the hidden field by which Django knows its own forms.
    """
    heads = heads_of(writer, columns)
    say = writer.gettext
    choices = "".join(
        [_choice(writer, choice, number, heads) for number, choice in enumerate(preview.table.choices, 1)]
    )
    pasted = "".join([_row(writer, row, heads) for row in preview.rows])
    above = "".join([f'<p class="note">{as_html(" ".join(filter(None, row)))}</p>\n' for row in preview.table.above])
    if preview.table.unshown:
        tags = Markup(", ").join(writer.language(tag) for tag in preview.table.unshown)
        above += f'<p class="reason">{say(_NOT_SHOWN, languages=tags)}</p>\n'
    title = say(_PASTED, rows=len(preview.table.rows), columns=len(preview.table.choices))
    put = "" if preview.goes_in else " disabled"
    put_in = say(_PUT_IN, rows=preview.goes_in)
    return as_markup(
        f'<form class="pasted" method="post" action="{escape(paste_at)}" autocomplete="off">{mark}'
        f"{hidden('text', as_text(grid))}\n<h3>{title}</h3>\n{above}"
        f'<p class="links"><button class="commits" name="do" value="put"{put}>{put_in}</button> '
        f'<button name="do" value="drop">{say(_DROP)}</button></p>\n'
        f'<div class="wide"><table class="list"><thead><tr>{choices}<th scope="col">{say(_BECOMES)}</th></tr></thead>\n'
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


def _row(writer: DeskWriter, row: PastedRow, heads: dict[str, str]) -> str:
    say = writer.gettext
    becomes: str = say(_NEW)
    if row.becomes is PastedAs.SAME:
        becomes = say(_SAME)
    elif row.becomes is PastedAs.CHANGES:
        becomes = say(_CHANGES, columns=Markup(", ").join(as_markup(heads[key]) for key in row.changes))
    if row.unread:
        reasons = " ".join(reason.in_words(gettext) for reason in row.unread.values())
        becomes = f"{becomes}<br>{say(_UNREAD, reasons=reasons)}"
    shown = "".join([f"<td>{as_html(text)}</td>" for text in row.pasted])
    return f"<tr>{shown}<td>{becomes}</td></tr>\n"
