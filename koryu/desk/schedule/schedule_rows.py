"""The rows of a schedule, set in Python: a template takes twice as long for forty of them."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final
from urllib.parse import quote

from markupsafe import Markup, escape

from koryu.desk.schedule.step_reminders import may_be_reminded
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import as_markup
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine, StepState
from koryu.planning.rules.schedule.schedule_steps import ANCHOR_NAMES, UNIT_NAMES, ScheduleStep
from koryu.values.edtf import Edtf
from koryu.values.reason import N_

# What names a line in a form: a step of ours by its code, one of a partner with the partner behind this, and one typed
# by hand by its number.
OF: Final = "@"
TYPED: Final = "typed:"
_WHY_OPEN: Final = frozenset({StepState.LATE, StepState.SOON, StepState.COMING, StepState.EXPECTED})
_UNDER: Final = ' <span class="under soft">%s</span>'


def named(line: ScheduleLine) -> str:
    """What names a line in a form."""
    if line.typed:
        return f"{TYPED}{line.typed}"
    return line.code if line.is_ours else f"{line.code}{OF}{line.acting}"


class ScheduleRows:
    """Sets lines of a schedule with a writer, whose language is that of the page."""

    def __init__(self, writer: DeskWriter) -> None:
        self.writer = writer
        self.said: dict[str, Markup] = {}

    def rows(self, lines: Iterable[ScheduleLine]) -> Markup:
        """Rows of the table: when, what, who, how it stands, and what can be done."""
        return as_markup("".join(map(self._row, lines)))

    def called(self, line: ScheduleLine) -> Markup:
        """What is to be done."""
        return escape(line.words) if isinstance(line.words, str) else as_markup(self.writer.words(line.words))

    def when(self, line: ScheduleLine) -> Markup:
        """By when, and how sure that is; without a day, how far from the exchange."""
        if line.due is None:
            without = self.distance(line.step) if line.step else self._("no date")
            return as_markup(f'<span class="soft">{without}</span>')
        return as_markup("".join(self._when(line, line.due)))

    def distance(self, step: ScheduleStep) -> Markup:
        """How far a step is from what it is counted from."""
        anchor = self._(_ANOTHER) if step.after_step else self._(ANCHOR_NAMES[step.anchor])
        if not step.n:
            return anchor
        message = _BEFORE if step.n < 0 else _AFTER
        return self.writer.gettext(message, n=abs(step.n), unit=self._(UNIT_NAMES[step.unit]), anchor=anchor)

    def _(self, message: str) -> Markup:
        if message not in self.said:
            self.said[message] = as_markup(self.writer.gettext(message))
        return self.said[message]

    def _row(self, line: ScheduleLine) -> str:
        called, kind = self.called(line), ""
        if line.state in (StepState.DONE, StepState.ASIDE):
            kind = ' class="closed"'
        elif line.state is StepState.LATE:
            kind = ' class="late"'
        makes = _UNDER % self._(line.step.makes) if line.step and line.step.makes else ""
        who = escape(line.who) if line.typed else self.writer.brief(line.acting)
        taken = _UNDER % escape(self.writer.person(line.taken_by)) if line.taken_by else ""
        return (
            f'<tr{kind}><td class="num">{self.when(line)}</td><th scope="row">{called}{makes}</th>'
            f'<td class="inline">{who}{taken}</td><td>{self._state(line)}</td>'
            f'<td class="doing">{self._acts(line)}</td></tr>\n'
        )

    def _when(self, line: ScheduleLine, due: Edtf) -> Iterator[str]:
        day = self.writer.date(due)
        about = "" if line.is_sure or line.state is StepState.LATE else f"{self._('about')} "
        yield f'<strong class="soon">{day}</strong>' if line.state is StepState.LATE else f"{about}{day}"
        if line.by_hand:
            counted = Edtf(line.counted.day.isoformat()) if line.counted else due
            same = counted == due
            yield _UNDER % (
                self._(_BY_HAND) if same else self.writer.gettext(_BY_COUNT, when=self.writer.date(counted))
            )
        if line.is_open and line.begins and line.step and line.step.lead:
            begins = self.writer.date(Edtf(line.begins.isoformat()))
            yield _UNDER % self.writer.gettext(_BEGIN_BY, when=begins)

    def _state(self, line: ScheduleLine) -> str:
        said = self._(line.state)
        match line.state:
            case StepState.DONE:
                return f"{said}{self._how_done(line)}"
            case StepState.ASIDE if line.kept:
                why = escape(line.kept.why) if line.kept.why else self._(_NOBODY_TRAVELS)
                return f"{said}{_UNDER % f'{why}{self._semicolon}{escape(self.writer.person(line.kept.aside_by))}'}"
            case StepState.LATE:
                said = as_markup(f"<strong>{said}</strong>")
        why_open = line.read and not line.read.holds and line.state in _WHY_OPEN
        return f"{said}{_UNDER % self.writer.dated_reason(line.read.says)}" if why_open and line.read else said

    def _how_done(self, line: ScheduleLine) -> str:
        if line.done_by:
            evidence = f"{self._semicolon}{escape(line.kept.evidence)}" if line.kept and line.kept.evidence else ""
            by = escape(self.writer.person(line.done_by))
            return _UNDER % f"{self.writer.day(line.done_at)}{self._(', ')}{by}{evidence}"
        return _UNDER % self.writer.dated_reason(line.read.says) if line.read else ""

    @cached_property
    def _semicolon(self) -> Markup:
        return self._("; ")

    def _acts(self, line: ScheduleLine) -> str:
        if line.promise or (not line.is_ours and line.done_at):
            return ""
        name, unseen = escape(named(line)), f'<span class="unseen"> – {self._plainly(line)}</span>'
        change = f'<a href="?step={quote(named(line))}#change">{self._("Change")}{unseen}</a>'
        if not line.is_open and line.state is not StepState.EXPECTED:
            return change
        done = f'<button class="quiet" name="done" value="{name}">{self._("Done")}{unseen}</button>'
        if not may_be_reminded(line):
            return f"{done} {change}"
        return f'{done} <button class="quiet" name="remind" value="{name}">{self._(_REMIND)}{unseen}</button> {change}'

    def _plainly(self, line: ScheduleLine) -> Markup:
        return escape(line.words if isinstance(line.words, str) else line.words.shown(self.writer.tag).text)


_ANOTHER: Final = N_("another step")
_BEFORE: Final = N_("%(n)s %(unit)s before: %(anchor)s")
_AFTER: Final = N_("%(n)s %(unit)s after: %(anchor)s")
_BY_HAND: Final = N_("set by hand")
_BY_COUNT: Final = N_("set by hand; by count %(when)s")
_BEGIN_BY: Final = N_("begin by %(when)s")
_REMIND: Final = N_("Write a reminder")
_NOBODY_TRAVELS: Final = N_("held online; nobody travels")
# Said by name above, and found here by whoever gathers what is to be translated.
_WORDS: Final = (N_("no date"), N_("about"), N_("Done"), N_("Change"))
