"""A handover as the blocks of a letter, so that it leaves as PDF or Word too: the same as its page, in its order."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext

from koryu.archive.queries import Line
from koryu.correspondence.queries import Contact
from koryu.desk.agreements.register import Registered
from koryu.desk.handover.handover_view import Handover, PastExchange
from koryu.desk.handover.open_work import OpenExchange, OpenItem
from koryu.markup.desk_writer import DeskWriter
from koryu.publishing.letters.blocks import (
    HeadingBlock,
    LetterBlock,
    LetterPages,
    LetterRun,
    LetterTableRow,
    LineBlock,
    ParagraphBlock,
    Runs,
    TableBlock,
)
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason
from koryu.values.text import Text
from koryu.wording.messages import date_in_words

_NUMBER: Final = "handover"


def handover_pages(handover: Handover, writer: DeskWriter, tag: str, today: date) -> LetterPages:
    """The pages, in the language of whoever reads them."""
    making = _Making(writer, tag)
    title = f"{gettext('Handover')}: {writer.title_text(handover.relation)}"
    return LetterPages(
        kind=_NUMBER,
        langs=(tag,),
        title=title,
        number=_NUMBER,
        reference=f"{title} · {making.day(Edtf(today.isoformat()))}",
        blocks=tuple(making.blocks(handover, title)),
    )


class _Making:
    """One handover while its blocks are made."""

    def __init__(self, writer: DeskWriter, tag: str) -> None:
        self.writer, self.tag = writer, tag

    def blocks(self, handover: Handover, title: str) -> Iterator[LetterBlock]:
        yield HeadingBlock(level=1, runs=self.plain(title))
        yield HeadingBlock(runs=self.plain(gettext("What is open")))
        for each in handover.open:
            yield from self.open(each)
        if not handover.open:
            yield ParagraphBlock(runs=self.plain(gettext("No exchange is in preparation or to be closed.")))
        yield HeadingBlock(runs=self.plain(gettext("Contacts")))
        yield from self.table(
            (N_("Full name"), N_("Post and unit"), N_("Reached by"), N_("Last came")),
            (3, 4, 4, 2.4),
            (self.contact(each, handover.last_came(each)) for each in handover.contacts),
        )
        yield HeadingBlock(runs=self.plain(gettext("Agreements and when they end")))
        yield from self.table((N_("Agreement"), N_("Term")), (5, 5), map(self.agreement, handover.agreements))
        yield HeadingBlock(runs=self.plain(gettext("The last exchanges, and what came of them")))
        for past in handover.last:
            yield from self.past(past)
        yield HeadingBlock(runs=self.plain(gettext("For the successor")))
        for custom in handover.customs:
            yield LineBlock(runs=self.plain(custom.text))

    def open(self, each: OpenExchange) -> Iterator[LetterBlock]:
        plan = each.listed.plan
        called = self.plain(self.writer.title_text(plan.line)) if plan else self.text(each.listed.title)
        yield LineBlock(runs=tuple(run.model_copy(update={"strong": True}) for run in called))
        yield ParagraphBlock(
            runs=self.plain(self.writer.after_sentence.join(map(self.writer.plain_reason, each.listed.status.says)))
        )
        heads = (N_("Due"), N_("What is to be done"), N_("Responsible"))
        yield from self.table(heads, (3, 7, 3), map(self.item, each.items))

    def item(self, item: OpenItem) -> tuple[Runs, ...]:
        due = self.day(item.due) if item.due else gettext("no date")
        late = f" ({gettext('past its date')})" if item.is_late else ""
        who = item.who if isinstance(item.who, str) else str(self.writer.all_brief_text(item.who))
        return self.plain(f"{due}{late}"), self.said(item.what), self.plain(who)

    def contact(self, each: Contact, came: Line | None) -> tuple[Runs, ...]:
        names = tuple(LetterRun(text=f"{form.written} ", lang=str(form.lang)) for form in each.names)
        post = (*self.text(each.unit), *(self.plain(" ") if each.unit and each.post else ()), *self.text(each.post))
        reached = " · ".join(filter(None, (each.email, each.telephone)))
        when = self.day(came.date) if came and came.date else ""
        return names or post, post if names else (), self.plain(reached), self.plain(when)

    def agreement(self, each: Registered) -> tuple[Runs, ...]:
        summary = each.line.summary
        span = " – ".join(self.day(Edtf(day)) for day in (summary.since, summary.until) if day)
        said = " ".join(filter(None, (span, *map(self.writer.plain_reason, each.says))))
        return self.plain(self.writer.title_text(each.line)), self.plain(said or gettext("not stated"))

    def past(self, past: PastExchange) -> Iterator[LetterBlock]:
        title = LetterRun(text=self.writer.title_text(past.line), lang=self.tag, strong=True)
        when = f" {self.day(past.line.date)}" if past.line.date else ""
        yield LineBlock(runs=(title, *self.plain(when)))
        came = (*past.outcomes, *past.of_kind("report"))
        for line in came:
            yield LineBlock(runs=self.plain(f"· {self.writer.title_text(line)}"))
        if not came:
            yield LineBlock(runs=self.plain(gettext("No outcome or report is on record.")))

    def table(
        self, heads: Iterable[str], widths: tuple[float, ...], rows: Iterable[tuple[Runs, ...]]
    ) -> Iterator[LetterBlock]:
        made = tuple(LetterTableRow(cells=cells) for cells in rows)
        if made:
            yield TableBlock(widths=widths, heads=tuple(self.plain(gettext(head)) for head in heads), rows=made)

    def said(self, what: Reason | Text | str) -> Runs:
        match what:
            case Reason():
                return self.plain(self.writer.plain_reason(what))
            case Text():
                return self.text(what)
        return self.plain(what)

    def text(self, text: Text | None) -> Runs:
        if text is None:
            return ()
        shown = text.shown(self.tag)
        return (LetterRun(text=shown.text, lang=str(shown.lang)),)

    def plain(self, text: str) -> Runs:
        return (LetterRun(text=str(text), lang=self.tag),) if text else ()

    def day(self, day: Edtf) -> str:
        return date_in_words(day, self.writer.slug)
