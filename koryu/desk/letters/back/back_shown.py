"""What is shown of a file that came back and never taken: its tracked changes and comments."""

from markupsafe import Markup

from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.letters.back.back_view import LetterBack
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.load_html import CommentShown, TrackedShown, comments, tracked_changes
from koryu.wording.languages import active_reader


def tracked_in_back(work: ExchangeWork, me: CurrentUser, shown: LetterBack) -> Markup:
    """The tracked changes and comments of the file, each with the beginning of its row."""
    writer = DeskWriter(active_reader().slug, work.named, names=me.names)
    rows = [row for table in shown.file.tables for row in table]
    heads = {at: row[0].text.partition("\n")[0] if row else "" for at, row in enumerate(rows, 1)}
    file = shown.file
    return tracked_changes(
        writer,
        [
            TrackedShown(row=each.row, column=heads.get(each.row, ""), author=each.author, was=each.was, now=each.now)
            for each in file.tracked
        ],
        rejected=shown.rejected,
    ) + comments(
        writer,
        [
            CommentShown(row=each.row, column=heads.get(each.row, ""), author=each.author, text=each.text)
            for each in file.comments
        ],
    )
