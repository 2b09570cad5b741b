"""A reminder to a partner of a step that is expected of it: begun as a letter, in the language it is written to.

Nothing is sent: whoever begins it reads, changes and has it approved as any other letter.
"""

from typing import Final

from koryu.consent.queries import ExchangeWork
from koryu.correspondence import actions
from koryu.correspondence import queries as correspondence
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.letters.letter_addressees import begun_with, language_of, partners_of
from koryu.desk.schedule.schedule_view import ScheduleView
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine, StepState
from koryu.values.reason import Reason, Refused
from koryu.wording.letters.letter_dates import letter_date
from koryu.wording.letters.letter_kinds import LANGS
from koryu.wording.letters.letter_words import words
from koryu.wording.titles import title_of

_KIND: Final = "enquiry"


def may_be_reminded(line: ScheduleLine) -> bool:
    """Whether a line is a step that is expected of a partner."""
    return line.state is StepState.EXPECTED and bool(line.code) and not line.is_ours


def begin_reminder(me: CurrentUser, view: ScheduleView, line: ScheduleLine) -> str:
    """Begin a letter that asks a partner how a step of it stands, and return its number. Raises Refused."""
    work = view.work
    if not may_be_reminded(line) or line.acting not in partners_of(work):
        raise Refused(Reason("This step is no longer there."))
    lang = _language(me, work, line.acting)
    typed = {**begun_with(me, work, _KIND, lang, partner=line.acting), **_asking(view, line, lang)}
    return actions.begin_letter(
        institution=me.institution,
        exchange=work.uri,
        kind=_KIND,
        langs=(lang,),
        typed=typed,
        by=me.username,
        at=clock.now(),
    )


def _asking(view: ScheduleView, line: ScheduleLine, lang: str) -> dict[str, str]:
    """The subject and what is asked; without a title the subject is that of every enquiry."""
    step = line.words if isinstance(line.words, str) else line.words.shown(lang).text
    title = title_of(view.planned.content)
    text = words("point.reminder undated", lang, step=step)
    if line.latest:
        # Where holidays may still change or the exchange is known to the month alone, the day is provisional.
        date = letter_date(line.latest, lang) + ("" if line.is_sure else words("provisional", lang))
        text = words("point.reminder", lang, step=step, date=date)
    if title is None:
        return {"text": text}
    return {"subject": words("subject.reminder", lang, exchange=title.shown(lang).text, step=step), "text": text}


def _language(me: CurrentUser, work: ExchangeWork, partner: str) -> str:
    """In which whoever is named for it is written to; else that of the partner's own name, else English."""
    named = correspondence.addressee(me.institution, partner, _KIND, on=clock.today())
    asked = named.writes_in if named else ""
    return asked if asked in LANGS else language_of(work, partner) or "en"
