"""What is said of days, as sentences: what somebody's calendar has, and how sure holidays are."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext

from koryu.planning.rules.holidays import CountryYear, country_year, edition, holiday_names
from koryu.planning.rules.institution_days import Cause, CauseKind, OwnCalendar
from koryu.planning.rules.periods import Period
from koryu.values.edtf import Edtf
from koryu.values.moments import Moment
from koryu.values.reason import N_, Reason
from koryu.values.text import Text
from koryu.wording.countries import country_name

NOT_POSSIBLE: Final = Reason("not possible")
TO_BE_AVOIDED: Final = Reason("to be avoided")


def said_of(cause: Cause, *, me: str, tag: str) -> Reason:
    """One cause as a sentence; `me` is the institution that reads it, `tag` the language it reads."""
    who, when = (cause.institution,), span(cause.first, cause.last)
    match cause.kind:
        case CauseKind.RULED_OUT | CauseKind.AVOIDED if cause.period:
            effect = NOT_POSSIBLE if cause.kind is CauseKind.RULED_OUT else TO_BE_AVOIDED
            whose = _whose(cause.period, me)
            if cause.period.label is None:
                return Reason("%(when)s: %(effect)s (%(whose)s)", when=when, effect=effect, whose=whose)
            label = cause.period.label
            return Reason(
                "%(when)s: %(what)s, %(effect)s (%(whose)s)", when=when, what=label, effect=effect, whose=whose
            )
        case CauseKind.HOLIDAY:
            name = _holiday(cause, tag)
            return Reason("%(when)s: %(what)s, public holiday (%(who)s)", when=when, what=name, who=who)
        case CauseKind.DAY_OFF:
            why = cause.override.why if cause.override else ""
            said = (
                N_("%(when)s: no working day: %(why)s (%(who)s)") if why else N_("%(when)s: no working day (%(who)s)")
            )
            return Reason(said, when=when, why=why, who=who)
        case CauseKind.MAY_CHANGE:
            return Reason(
                "%(when)s: may change; the holidays of %(country)s are not announced yet (%(who)s)",
                when=when,
                country=country_name(cause.country, tag),
                who=who,
            )
        case CauseKind.UNKNOWN:
            return Reason("%(when)s: no calendar is known (%(who)s)", when=when, who=who)
        case _:
            return Reason("Weekends leave too few working days.")


def how_sure(calendar: OwnCalendar, years: Iterable[int], *, today: date, tag: str) -> Iterator[Reason]:
    """What is to be known of the holidays of a country in each of these years, where they are not simply known."""
    if not calendar.uses_holidays or not calendar.country:
        return
    country = country_name(calendar.country, tag)
    by_file = {each.year: each for each in calendar.announced}
    for year in years:
        if loaded := by_file.get(year):
            yield Reason(
                "%(country)s: the holidays of %(year)s are taken from a file, loaded %(on)s.",
                country=country,
                year=str(year),
                on=Moment(loaded.at),
            )
            continue
        known = country_year(calendar.country, year, today=today, subdivision=calendar.subdivision)
        if known is None:
            yield Reason(
                "No calendar is known for %(country)s in %(year)s. Its days count as unknown.",
                country=country,
                year=str(year),
            )
        elif _is_missing(known, today):
            yield _missing(known, tag)
        elif not known.announced:
            yield Reason(
                "%(country)s: the holidays of %(year)s are not announced yet; days may change.",
                country=country,
                year=str(year),
            )
        elif known.may_be_added and year >= today.year:
            yield Reason(
                "%(country)s: the government can still add holidays in %(year)s.", country=country, year=str(year)
            )


def missing_from_table(countries: Iterable[str], *, today: date, tag: str) -> Iterator[Reason]:
    """Of these countries, this year and the next one where the table of this server lacks what was announced."""
    for country in sorted(set(countries)):
        for year in (today.year, today.year + 1):
            known = country_year(country, year, today=today)
            if known and _is_missing(known, today):
                yield _missing(known, tag)


def _is_missing(known: CountryYear, today: date) -> bool:
    """Whether a year must have been announced: the State Council's decree is out by December of the year before."""
    return not known.announced and known.country == "CN" and today >= date(known.year - 1, 12, 1)


def _missing(known: CountryYear, tag: str) -> Reason:
    return Reason(
        "%(country)s: the holidays of %(year)s are not in the table of this server (edition %(edition)s). "
        "Update it, or load them as a file.",
        country=country_name(known.country, tag),
        year=str(known.year),
        edition=edition(),
    )


def span(first: date, last: date) -> Edtf:
    """The days from one to another, as records write them."""
    return Edtf(first.isoformat() if first == last else f"{first}/{last}")


def _holiday(cause: Cause, tag: str) -> Text:
    """What the first of these holidays is called, with the language it is in."""
    if cause.called:
        return cause.called
    names = holiday_names(cause.country, cause.first.year, tag=tag, subdivision=cause.subdivision)
    name = names.get(cause.first)
    if name is None:
        # A file of holidays does not always say what each day is called.
        return Text.kept({tag: gettext("public holiday")})
    return Text.kept({name.lang: name.text})


def _whose(period: Period, me: str) -> Reason:
    """Whose entry it is, and since when: ours, a partner's own, ours about a partner, or nobody's: what is usual."""
    if not period.kept_by:
        return Reason("%(who)s: usual in its country, not in its calendar", who=(period.of,))
    if period.kept_by != me:
        return Reason("%(who)s, by its own calendar", who=(period.of,))
    on = Moment(period.at)
    if period.of == me:
        return Reason("ours, entered %(on)s", on=on)
    if period.told_by:
        return Reason("%(who)s, told by: %(told)s", who=(period.of,), told=period.told_by)
    return Reason("%(who)s, as we entered it %(on)s", who=(period.of,), on=on)
