"""What every page of one exchange has: what it is called, how it stands in one sentence, and the rail of its parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from koryu.archive.queries import Line
from koryu.consent.queries import Consultation, ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.part_list import ExchangeText, rail_of, texts_of, with_replies
from koryu.desk.render import render_page
from koryu.planning import queries as planning
from koryu.planning.queries import OwnRows
from koryu.planning.rules.exchange_facts import facts_of, with_next_step
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine
from koryu.planning.rules.status import status_of
from koryu.values.reason import Reason
from koryu.values.text import Text
from koryu.wording.languages import active_reader
from koryu.wording.titles import title_of


@dataclass(frozen=True, kw_only=True)
class WorkFrame:
    """The frame of the pages of one exchange: its `texts` by part, and what its institution keeps to itself of it."""

    work: ExchangeWork
    name: str
    texts: tuple[ExchangeText, ...]
    own: OwnRows
    # What is to be done next by its schedule, where that was asked for.
    ahead: tuple[ScheduleLine, ...] = ()

    @property
    def variables(self) -> Mapping[str, Any]:
        """What the templates of these pages are given, whatever else each shows."""
        work = self.work
        facts = facts_of(
            work.institution,
            plan=work.plan,
            open_texts=work.open,
            drafts=work.drafts,
            shown=work.shown,
            own=self.own,
            today=clock.today(),
        )
        facts = with_next_step(facts, self.ahead, active_reader().tag)
        return {
            "work": work,
            "name": self.name,
            "title": title_for(work),
            "status_now": status_of(facts, clock.today()),
            "rail": rail_of(work, self.texts, tuple(map(_next_said, self.ahead))),
            "ours_open": tuple(text for text in work.open if is_ours_to_withdraw(work, text)),
            "wished": tuple(text for text in work.open if text.version in self.own.replies),
        }

    def page(
        self,
        request: HttpRequest,
        me: CurrentUser,
        template: str,
        *,
        naming: Iterable[str] = (),
        lines: Mapping[str, Line] | None = None,
        status: int = 200,
        **shown: Any,
    ) -> HttpResponse:
        """A page of this exchange, which names the records in `naming` besides those of the exchange itself; or those
        of `lines`, where these were read. Of what is `shown`, the frame has the last word."""
        return render_page(
            request,
            me,
            template,
            naming={*named_on(self.work), *naming} if lines is None else lines,
            known=self.work.named if lines is None else lines,
            status=status,
            **{**shown, **self.variables},
        )


def frame_of(
    work: ExchangeWork,
    name: str,
    own: OwnRows | None = None,
    *,
    texts: tuple[ExchangeText, ...] | None = None,
    ahead: tuple[ScheduleLine, ...] = (),
) -> WorkFrame:
    """The frame of an exchange that is called `name` in addresses; in one statement, unless `own` was read before.

    `texts` where they are known; `ahead` is what is next by its schedule.
    """
    own = own or planning.own_rows(work.uri, institution=work.institution)
    known = with_replies(work, texts_of(work) if texts is None else texts, own.replies)
    return WorkFrame(work=work, name=name, texts=known, own=own, ahead=ahead)


def is_ours_to_withdraw(work: ExchangeWork, text: Consultation) -> bool:
    """Whether our institution proposed a text that is not settled, and may withdraw it."""
    return text.proposed.institution == work.institution and not text.declined


def _next_said(line: ScheduleLine) -> Reason:
    if line.due is None:
        return Reason("%(what)s", what=line.words)
    return Reason("%(due)s: %(what)s", due=line.due, what=line.words)


def title_for(work: ExchangeWork) -> Text | None:
    """The title of an exchange, of what stands; else of what is proposed or drafted."""
    if work.plan:
        return work.plan.line.title
    open_plan, drafted = work.open_plan, work.own_plan or work.shown_plan
    contents = [open_plan.content if open_plan else None, drafted.content if drafted else None]
    return next(filter(None, (title_of(content) for content in contents if content)), None)


def named_on(work: ExchangeWork) -> set[str]:
    """The institutions that the page of an exchange names."""
    named = {*work.institutions, *(draft.institution for draft in work.shown)}
    named |= {part.line.summary.institution for part in work.parts} | {part.said_by for part in work.parts}
    named |= {who for text in work.open for who in (text.proposed.institution, *text.waits_for)}
    named |= {text.declined.institution for text in work.open if text.declined}
    return (named | ({work.plan.said_by} if work.plan else set())) - {""}
