"""Whose turn it is, and which number, year and form the next exchange of a programme has: a suggestion, with reasons.

Learned from what is on record, never said by anybody; whoever plans may overtype each answer.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from koryu.planning.rules.counting import (
    IN_PERSON,
    CountedExchange,
    Estimate,
    NextExchange,
    Rhythm,
    Sure,
    UnderWay,
    Value,
)
from koryu.planning.rules.hosts import host_after
from koryu.planning.rules.programme_years import months_in, year_after, years_of
from koryu.records.exchange import EventState, ExchangeForm
from koryu.records.programme import Numbering
from koryu.values.reason import Reason


def next_exchange(
    rhythm: Rhythm, history: Iterable[CountedExchange], *, today: date, under_way: Sequence[UnderWay] = ()
) -> NextExchange:
    """What comes next under a programme, after what is on record of it, on a day."""
    occasions = sorted(history, key=lambda each: each.time)
    if not occasions:
        return _of_nothing(rhythm, under_way)
    if postponed := next((each for each in reversed(occasions) if each.state == EventState.POSTPONED), None):
        return _postponed(rhythm, occasions, postponed, today)
    year = _year(rhythm, occasions, today)
    made = NextExchange(
        host=host_after(rhythm, occasions, today),
        number=_number(rhythm, occasions, year.value),
        year=year,
        form=_form(occasions),
        awaited=next((each.uri for each in under_way), None),
        refused=_ended(rhythm, year.value, today),
    )
    return _with_what_is_there(made, occasions, under_way)


def _of_nothing(rhythm: Rhythm, under_way: Sequence[UnderWay]) -> NextExchange:
    because = (Reason("Nothing to count from."),)
    sides = rhythm.sides_on(date.min)
    return NextExchange(
        host=Estimate(value=sides[0] if len(sides) == 1 else None, sure=Sure.OPEN, because=because),
        number=Estimate(value=None, sure=Sure.OPEN, because=because),
        year=Estimate(value=None, sure=Sure.OPEN, because=because),
        form=Estimate(value=None, sure=Sure.OPEN, because=because),
        awaited=next((each.uri for each in under_way), None),
    )


def _postponed(
    rhythm: Rhythm, occasions: Sequence[CountedExchange], postponed: CountedExchange, today: date
) -> NextExchange:
    """One that was put off comes next itself; what comes after it stands beside it."""
    until = postponed.postponed_to
    held = replace(postponed, state=EventState.PLANNED, date=until or postponed.date)
    after = next_exchange(rhythm, (held if each is postponed else each for each in occasions), today=today)
    keeps = Reason("It was put off, and keeps its number.")
    then = Reason("the one after it")
    sides = rhythm.sides_on(today)
    side = next((side for side in sides if not set(side).isdisjoint(postponed.hosts)), None)
    number = int(postponed.number) if postponed.number.isdecimal() else None
    return NextExchange(
        host=Estimate(value=side, sure=Sure.RECORDED if side else Sure.OPEN, also=_also(after.host, then)),
        number=Estimate(value=number, sure=Sure.RECORDED, also=_also(after.number, then), because=(keeps,)),
        year=Estimate(
            value=until.earliest.year if until else None,
            sure=Sure.RECORDED if until else Sure.OPEN,
            also=_also(after.year, then),
            because=() if until else (Reason("No new date is on record."),),
        ),
        form=Estimate(value=postponed.form, sure=Sure.RECORDED),
        awaited=postponed.uri,
        refused=None,
    )


def _also(answer: Estimate[Value], why: Reason) -> tuple[tuple[Value, Reason], ...]:
    return ((answer.value, why),) if answer.value is not None else ()


def _with_what_is_there(
    made: NextExchange, occasions: Sequence[CountedExchange], under_way: Sequence[UnderWay]
) -> NextExchange:
    because = [_drafted(each) for each in under_way]
    last = occasions[-1]
    if last.state == EventState.PLANNED and last.number:
        because.append(Reason("Number %(number)s is planned; this would be the one after it.", number=last.number))
    elif last.state == EventState.PLANNED:
        because.append(Reason("The last one is still planned; this would be the one after it."))
    return replace(made, number=replace(made.number, because=(*made.number.because, *because)))


def _drafted(draft: UnderWay) -> Reason:
    if not draft.number:
        return Reason("Your institution has had a draft of one since %(since)s.", since=draft.since)
    return Reason(
        "Your institution has had a draft of number %(number)s since %(since)s.", number=draft.number, since=draft.since
    )


def _ended(rhythm: Rhythm, year: int | None, today: date) -> Reason | None:
    if rhythm.until is None:
        return None
    last = rhythm.until.latest
    if today <= last and (year is None or year <= last.year):
        return None
    return Reason("This programme ended in %(year)s.", year=str(last.year))


def _number(rhythm: Rhythm, occasions: Sequence[CountedExchange], year: int | None) -> Estimate[int]:
    """One more than the last, where nothing that bears a number came after it."""
    taking = [each for each in occasions if each.takes_a_number]
    numbered = [each for each in taking if each.number.isdecimal()]
    if rhythm.numbering == Numbering.NONE:
        return Estimate(value=None, sure=Sure.RECORDED, because=(Reason("Its exchanges bear no numbers."),))
    if taking and taking[-1].number and not taking[-1].number.isdecimal():
        words = Reason("The last number is text: “%(number)s”.", number=taking[-1].number)
        return Estimate(value=None, sure=Sure.OPEN, because=(words,))
    last = numbered[-1] if numbered else None
    after = [each for each in taking if last is None or each.time > last.time]
    least = (int(last.number) if last else 0) + len(after) + 1
    if after or last is None:
        return Estimate(value=None, sure=Sure.OPEN, because=(_not_before(least, last, len(after)),))
    taken = rhythm.taken | {int(each.number) for each in numbered}
    free = (each for each in range(least, least + len(taken) + 2) if each not in taken)
    number = next(free)
    because = () if number == least else (Reason("Number %(number)s is taken.", number=str(least)),)
    sure = _sure_of_number(rhythm, occasions, last, year)
    if all((each.number, each.state) != (str(number), EventState.CANCELLED) for each in occasions):
        return Estimate(value=number, sure=sure, because=because)
    # Whether it is given again is for the institutions to say; both are done.
    cancelled = Reason("Number %(number)s was cancelled, and is free again.", number=str(number))
    kept = Reason("if the cancelled one keeps its number")
    return Estimate(value=number, sure=sure, also=((next(free), kept),), because=(*because, cancelled))


def _not_before(least: int, last: CountedExchange | None, unnumbered: int) -> Reason:
    if last is None:
        return Reason("Not before number %(least)s: no exchange on record bears one.", least=str(least))
    return Reason(
        "Not before number %(least)s: after number %(last)s, exchanges without a number: %(unnumbered)s.",
        least=str(least),
        last=last.number,
        unnumbered=str(unnumbered),
    )


def _sure_of_number(
    rhythm: Rhythm, occasions: Sequence[CountedExchange], last: CountedExchange, year: int | None
) -> Sure:
    """Weak where years lie between of which nothing is on record."""
    counted = years_of(last, rhythm.year_begins)
    if year is None or not counted:
        return Sure.RECORDED
    later = sum(each.time > last.time for each in occasions)
    between = 12 * (year - max(counted))
    return Sure.WEAK if between > (months_in(rhythm.every) or 12) * (1 + later) else Sure.RECORDED


def _year(rhythm: Rhythm, occasions: Sequence[CountedExchange], today: date) -> Estimate[int]:
    """The year after that of the last, as often as the programme says, else as its last three intervals agree."""
    last = next((each for each in reversed(occasions) if years_of(each, rhythm.year_begins)), None)
    if last is None:
        return Estimate(value=None, sure=Sure.OPEN, because=(Reason("No exchange on record has a date."),))
    said = months_in(rhythm.every)
    learned = None if said else _interval(rhythm, occasions)
    step = said or learned or 12
    because: list[Reason] = []
    nexts: list[int] = []
    for begun in years_of(last, rhythm.year_begins):
        year, passed = year_after(begun, last, step, rhythm.year_begins, today)
        nexts.append(year)
        if passed:
            because.append(Reason("Earlier years are over and not on record."))
    first, *others = dict.fromkeys(nexts)
    also = tuple((year, Reason("The last was held between January and March.")) for year in others)
    return Estimate(
        value=first,
        sure=Sure.RECORDED if said or learned else Sure.WEAK,
        also=also,
        because=tuple(dict.fromkeys(because)),
    )


def _interval(rhythm: Rhythm, occasions: Sequence[CountedExchange]) -> int | None:
    """How many months lay between the last four, where the three intervals agree."""
    years = [years[0] for each in occasions if (years := years_of(each, rhythm.year_begins))]
    intervals = {after - before for before, after in zip(years[-4:], years[-3:], strict=False)}
    if len(years) < 4 or len(intervals) != 1:
        return None
    return 12 * intervals.pop() or None


def _form(occasions: Sequence[CountedExchange]) -> Estimate[str]:
    """That of most of the last three that were held in person."""
    in_person = [each.form for each in occasions if each.form in IN_PERSON][-3:]
    forms = in_person or [each.form for each in occasions][-3:]
    # Of forms that were used equally often, the latest.
    form = max(reversed(forms), key=Counter(forms).__getitem__)
    online = [each.form for each in occasions][-2:] == [ExchangeForm.ONLINE] * 2
    because = (Reason("The last two were held online."),) if online else ()
    return Estimate(value=str(form), sure=Sure.RECORDED, because=because)
