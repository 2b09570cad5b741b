"""What is said and asked of a file that is loaded into a sheet: how it was read, and what in it is doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.translation import gettext
from markupsafe import Markup

from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import as_html, as_markup
from koryu.markup.widgets import hidden
from koryu.values.reason import N_, Reason

_TAKEN: Final = N_("This file was already taken in on %(day)s.")
_SHEET: Final = N_("Sheet")
_ENCODING: Final = N_("Read as")
_HEADS: Final = N_("Row of the headings")
_NO_HEADS: Final = N_("The sheet has no row of headings we know. Which row is it? (0 where there is none)")
_MERGED: Final = N_("Merged: %(cells)s. Only the first cell holds the value.")
_FILL: Final = N_("Fill down")
_VALUELESS: Final = N_("These cells hold a formula without a value: %(cells)s. They are read as empty.")
_REJECTED: Final = N_("Read it as if the tracked changes were rejected")
_AS_ACCEPTED: Final = N_("Tracked changes: %(count)s. The file is read as if they were accepted.")
_AS_REJECTED: Final = N_("Tracked changes: %(count)s. The file is read as if they were rejected.")
_COMMENTS: Final = N_("Comments: %(count)s. They are shown here and taken over nowhere.")
_AT_ROW: Final = N_("Row %(row)s")
_AT_CELL: Final = N_("Row %(row)s, %(column)s")
_OUTSIDE: Final = N_("Outside the table")
_NOBODY: Final = N_("somebody without a name")
_AGAIN: Final = N_("Read it again")
# What programs and people call them.
_CALLED: Final = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp932": "Shift_JIS",
    "gb18030": "GB 18030",
    "cp949": "EUC-KR",
    "euc_jp": "EUC-JP",
    "big5": "Big5",
}


@dataclass(frozen=True, kw_only=True)
class TrackedShown:
    """What was changed while changes were tracked: in which row (0 for outside the table), under which head ('' for a
    whole row), by whom, what was there and what is there."""

    row: int
    column: str
    author: str
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class CommentShown:
    """What somebody wrote beside a row (0 for outside the table) and under a head."""

    row: int
    column: str
    author: str
    text: str


@dataclass(frozen=True, kw_only=True)
class FileShown:
    """A file as it was read: `number` names it while it is looked at, the rest is what `TableFile` has.

    `notes` are what is doubtful about the whole of it.
    """

    number: int
    taken_at: str
    sheets: Sequence[str]
    sheet: str
    encoding: str
    encodings: Sequence[str]
    merged: Sequence[str]
    fill: bool
    valueless: Sequence[str]
    heads_at: int | None
    has_heads: bool
    rejected: bool = False
    tracked: Sequence[TrackedShown] = ()
    comments: Sequence[CommentShown] = ()
    notes: Sequence[Reason] = ()


def file_shown(writer: DeskWriter, file: FileShown) -> Markup:
    """The fields of the form by which a file is read again: `held`, `sheet`, `encoding`, `fill`, `heads`,
    `rejected`, `do`."""
    say = writer.gettext
    lines = [hidden("held", str(file.number))]
    if file.taken_at:
        lines.append(f'<p class="note">{say(_TAKEN, day=writer.day(file.taken_at))}</p>')
    lines += [f'<p class="note">{as_html(note.in_words(gettext))}</p>' for note in file.notes]
    lines += filter(
        None, (tracked_changes(writer, file.tracked, rejected=file.rejected), comments(writer, file.comments))
    )
    if file.valueless:
        lines.append(f'<p class="reason">{say(_VALUELESS, cells=", ".join(file.valueless))}</p>')
    asked = []
    if len(file.sheets) > 1:
        asked.append(_chosen(writer, "sheet", _SHEET, [(name, name) for name in file.sheets], file.sheet))
    elif file.sheets:
        lines.append(hidden("sheet", file.sheet))
    if file.encodings:
        named = [(code, _CALLED.get(code, code)) for code in file.encodings]
        asked.append(_chosen(writer, "encoding", _ENCODING, named, file.encoding))
    if not file.has_heads or file.heads_at is not None:
        if not file.has_heads and file.heads_at is None:
            lines.append(f'<p class="reason">{say(_NO_HEADS)}</p>')
        value = "" if file.heads_at is None else str(file.heads_at)
        asked.append(f'<label>{say(_HEADS)} <input name="heads" value="{value}" inputmode="numeric" size="4"></label>')
    if file.merged:
        cells = ", ".join(each.replace(":", "–") for each in file.merged[:12]) + (" …" if len(file.merged) > 12 else "")
        ticked = " checked" if file.fill else ""
        lines.append(f'<p class="note">{say(_MERGED, cells=cells)}</p>')
        asked.append(f'<label><input type="checkbox" name="fill" value="1"{ticked}> {say(_FILL)}</label>')
    if file.tracked:
        ticked = " checked" if file.rejected else ""
        asked.append(f'<label><input type="checkbox" name="rejected" value="1"{ticked}> {say(_REJECTED)}</label>')
    if asked:
        lines.append(
            f'<p class="links how-read">{" ".join(asked)} <button name="do" value="look">{say(_AGAIN)}</button></p>'
        )
    return as_markup("\n".join(lines))


def tracked_changes(writer: DeskWriter, tracked: Sequence[TrackedShown], *, rejected: bool) -> Markup:
    """The tracked changes of a file: where, by whom, what was taken out and what was put in; nothing where there are
    none."""
    if not tracked:
        return Markup("")
    said = writer.gettext(_AS_REJECTED if rejected else _AS_ACCEPTED, count=len(tracked))
    lines = "".join(
        [
            f"<li>{_where(writer, each.row, each.column)} – {_who(writer, each.author)}: "
            f"{f'<del>{as_html(each.was)}</del> ' if each.was else ''}"
            f"{f'<ins>{as_html(each.now)}</ins>' if each.now else ''}</li>\n"
            for each in tracked
        ]
    )
    return as_markup(f'<details class="tracked" open><summary>{said}</summary><ul>\n{lines}</ul></details>')


def comments(writer: DeskWriter, listed: Sequence[CommentShown]) -> Markup:
    """The comments of a file, each with where it stands; nothing where there are none."""
    if not listed:
        return Markup("")
    lines = "".join(
        [
            f"<li>{_where(writer, each.row, each.column)} – {_who(writer, each.author)}: {as_html(each.text)}</li>\n"
            for each in listed
        ]
    )
    said = writer.gettext(_COMMENTS, count=len(listed))
    return as_markup(f'<details class="tracked" open><summary>{said}</summary><ul>\n{lines}</ul></details>')


def _where(writer: DeskWriter, row: int, column: str) -> str:
    say = writer.gettext
    if not row:
        return str(say(_OUTSIDE))
    return str(say(_AT_CELL, row=row, column=column) if column else say(_AT_ROW, row=row))


def _who(writer: DeskWriter, author: str) -> str:
    return str(as_html(author) if author else writer.gettext(_NOBODY))


def _chosen(writer: DeskWriter, name: str, called: str, options: Sequence[tuple[str, str]], chosen: str) -> str:
    drawn = "".join(
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(words)}</option>'
        for code, words in options
    )
    return f'<label>{writer.gettext(called)} <select name="{name}">{drawn}</select></label>'
