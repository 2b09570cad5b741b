"""The page of the translations of an exchange: all its texts and languages, what is owed, who is asked for it."""

from typing import Final

from django.http import HttpResponse

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.papers.paper_hints import names_in_words
from koryu.desk.exchange.sheet.sheet_page import SheetPage
from koryu.desk.exchange.sheet.sheet_table import act_address
from koryu.desk.exchange.translations.translation_sheet import NUMBER
from koryu.desk.exchange.translations.translations_table import TranslationTable, owed_in, rows_owed
from koryu.desk.exchange.translations.translations_work import TranslationsWork
from koryu.desk.exchange.work_frame import frame_of
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning.rules.papers_due import due_by

PART: Final = "translations"


def translations_page(page: SheetPage[TranslationsWork]) -> HttpResponse:
    """All texts of one exchange in its languages."""
    request, me, there = page.request, page.me, page.there
    frame = frame_of(there.work, page.name, texts=there.every)
    sheet = page.drawn(there.all_texts(me, page.asked))
    only_owed, asks = request.GET.get("for") == "owed", roles.may_plan(role=me.role) is None
    table = TranslationTable(
        sheet=sheet,
        writer=page.writer,
        due=due_by(frame.own.steps, {uri: names_in_words(there.lines.get(uri)) for uri in there.homes}),
        homes=there.homes,
        asks=asks and not page.on_paper,
        shown=rows_owed(sheet) if only_owed else None,
    )
    return page.answer(
        frame,
        sheets=[sheet],
        table=table.drawn(act_address(PART, page.name, NUMBER, "save", sheet.tags), page.unsaved),
        number=NUMBER,
        right_form=table.right_form,
        saved=sheet.saved_words(me) if not sheet.fixed else "",
        typed_here=not sheet.fixed and any(row.is_open for row in sheet.text_rows),
        any_texts=bool(sheet.text_rows),
        owed=owed_in(sheet),
        only_owed=only_owed,
        asks=asks,
        staff=_staff(me) if asks else (),
        partners=[uri for uri in there.homes if uri != me.institution],
        working=there.working,
        posted=request.POST if request.method == "POST" else {},
    )


def _staff(me: CurrentUser) -> list[str]:
    """Our people who may translate, translators first."""
    there = institutions.memberships_at(me.institution)
    able = [each for each in there if roles.may_translate(role=each.role) is None]
    return [each.username for each in sorted(able, key=lambda each: each.role != roles.Role.TRANSLATOR)]
