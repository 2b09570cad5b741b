"""A plan that came back, beside the one that was sent and what is drafted or on record of it now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from koryu.consent.queries import ExchangeWork
from koryu.correspondence.queries import OwnLetter
from koryu.desk.letters.letter_contents import source_of
from koryu.ingest.letter_files import LetterFile, LetterTable
from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.letter_source import PrintedRecord
from koryu.publishing.letters.make import LetterIdentity, make_letter
from koryu.publishing.letters.plan_back import PlanBack, PlanNames, SentPlan, plan_changes, sent_plan
from koryu.sheets.placing import CameCell
from koryu.values.reason import Reason, Refused

_NO_PLAN: Final = Reason("There is no plan yet.")


def plan_now(work: ExchangeWork) -> Mapping[str, Any]:
    """What the plan says now: our draft, else what is under consultation, else what is on record. Raises Refused where
    there is none."""
    if work.own_plan:
        return work.own_plan.content
    if work.open_plan and work.open_plan.content and not work.open_plan.declined:
        return work.open_plan.content
    document = work.documents([work.plan.line]).get(work.uri) if work.plan else None
    if document is None:
        raise Refused(_NO_PLAN)
    return document.content()


def plan_beside(
    work: ExchangeWork, kept: OwnLetter, pages: LetterPages, file: LetterFile, content: Mapping[str, Any]
) -> PlanBack | None:
    """What differs between the plan in a file, the one on these pages, and this content; None where the file has no
    table of the plan."""
    went_out = sent_plan(pages)
    table = _table_of(went_out, file) if went_out else None
    if went_out is None or table is None:
        return None
    names = PlanNames({uri: line.title for uri in work.institutions if (line := work.named.get(uri))})
    return plan_changes(went_out, table, _printed_now(work, kept, content), names)


def _printed_now(work: ExchangeWork, kept: OwnLetter, content: Mapping[str, Any]) -> SentPlan | None:
    now = replace(source_of(work, "plan", {}), exchange=PrintedRecord(uri=work.uri, content=content))
    return sent_plan(make_letter("plan", kept.langs, now, LetterIdentity(number=kept.number, host="")).pages)


def _table_of(sent: SentPlan, file: LetterFile) -> list[list[CameCell]] | None:
    """The table of the plan among those of the file: the one with most marks, else with most of its labels."""
    labels = {row.label for row in sent.rows}

    def told(table: LetterTable) -> tuple[int, int]:
        marks = sum(mark in sent.marks for row in table for cell in row for mark in cell.marks)
        return marks, sum(bool(row) and row[0].text in labels for row in table)

    best = max(file.tables, key=told, default=())
    if not best or told(best) == (0, 0):
        return None
    return [
        [
            CameCell(
                cell.text,
                tuple(sent.marks[mark] for mark in cell.marks if mark in sent.marks),
                columns=cell.columns,
                rows=cell.rows,
            )
            for cell in row
        ]
        for row in best
    ]
