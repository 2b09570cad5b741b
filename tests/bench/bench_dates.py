"""Dates: the finder over three years, the usual case, what comes next under all programmes, and first holidays."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Final

from koryu.planning.rules.budget_year import missing_years
from koryu.planning.rules.counting import CountedExchange, MemberTerm, Rhythm
from koryu.planning.rules.institution_days import InstitutionDays, OwnCalendar, days_of
from koryu.planning.rules.periods import Effect, Period
from koryu.planning.rules.turns import next_exchange
from koryu.planning.rules.windows import Ask, windows
from koryu.values.edtf import Edtf

TODAY: Final = date(2026, 11, 29)
COUNTRIES: Final = ("JP", "CN", "KR", "MN", "VN", "DE")
EFFECTS: Final = (Effect.AVOIDED, Effect.AVOIDED, Effect.RULED_OUT, Effect.KNOWN)
ROUNDS: Final = 15
RHYTHM: Final = Rhythm(members=(MemberTerm(institution="ndl"), MemberTerm(institution="nlc")))
PROGRAMMES: Final = tuple(
    tuple(
        CountedExchange(
            uri=f"e{year}",
            number=str(year - 1965),
            date=Edtf(f"{year}-11-{3 + place:02}/{year}-11-{9 + place:02}"),
            hosts=(("ndl", "nlc")[year % 2],),
        )
        for year in range(1966, 2026)
    )
    for place in range(6)
)
# A process of its own: here the table of holidays has been read already.
_FIRST: Final = (
    "import time; from datetime import date; from koryu.planning.rules.holidays import country_year; "
    "began = time.process_time(); "
    "[country_year(c, y, today=date(2026, 11, 29)) for c in ('JP', 'CN', 'KR') for y in range(2026, 2030)]; "
    "print((time.process_time() - began) * 1000)"
)

# What the process takes, in MB, is read from what the system says of it; where it says nothing, 0.
_GROWN: Final = (
    "import django, gc, sys; from pathlib import Path; from datetime import date; django.setup(); "
    "import koryu.urls; "
    "taken = lambda: int(Path('/proc/self/statm').read_text().split()[1]) * 4096 / 1e6; "
    "gc.collect(); plain = taken(); import koryu.planning.rules.windows; "
    "before = taken() - plain if 'holidays' not in sys.modules else 999; "
    "from tests.bench import bench_dates; bench_dates._found(bench_dates._asked(3, years=3), 100); "
    "from koryu.planning.rules.holidays import holiday_names; "
    "[holiday_names(c, y, tag='ja') for c in ('JP', 'CN', 'KR') for y in range(2026, 2030)]; "
    "gc.collect(); print(before, taken() - plain)"
)


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised)."""
    large = _asked(6, years=3)
    small = _asked(2, years=2)
    return [
        ("dates for 6 institutions in 3 years, 100 periods each", _ms(lambda: _found(large, 100)), "25 ms of CPU"),
        ("dates for 2 institutions in 2 years, 8 periods each", _ms(lambda: _found(small, 8)), ""),
        ("what comes next under one programme of 60 exchanges", _ms(_proposal), "2 ms of CPU"),
        ("what comes next under 6 programmes of 60 exchanges each", _ms(_proposals), "10 ms of CPU"),
        ("the holidays of 3 countries in 4 years, read for the first time", _first(), "60 ms of CPU, once"),
        ("memory, once dates of 3 countries were looked for", _memory(), "16 MB more, 0 before"),
    ]


def _proposal() -> None:
    next_exchange(RHYTHM, PROGRAMMES[0], today=TODAY)


def _proposals() -> None:
    for programme in PROGRAMMES:
        next_exchange(RHYTHM, programme, today=TODAY)
        missing_years(RHYTHM, programme, today=TODAY)


def _asked(count: int, *, years: int) -> Ask:
    named = tuple(f"institution-{place}" for place in range(count))
    first = date(2026, 12, 1)
    return Ask(institutions=named, hosts=named[:1], first=first, last=first.replace(year=2026 + years))


def _found(asked: Ask, periods: int) -> None:
    windows(asked, {name: _days(asked, place, name, periods) for place, name in enumerate(asked.institutions)})


def _days(asked: Ask, place: int, name: str, periods: int) -> InstitutionDays:
    begun = [asked.first + timedelta(days=(n * 97 + place * 31) % 1000) for n in range(periods)]
    own = tuple(
        Period(of=name, kept_by=name, first=begins, last=begins + timedelta(days=n % 9), effect=EFFECTS[n % 4])
        for n, begins in enumerate(begun)
    )
    calendar = OwnCalendar(institution=name, country=COUNTRIES[place], periods=own)
    return days_of(calendar, first=asked.first, last=asked.last, today=TODAY)


def _first() -> str:
    taken = [
        float(subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    return f"{median(taken):.0f} ms of CPU"


def _memory() -> str:
    """How much more a process takes, in which the desk has been imported, and what of it before anybody asked."""
    before, asked = (
        float(figure)
        for figure in subprocess.run(
            [sys.executable, "-c", _GROWN], capture_output=True, text=True, check=True
        ).stdout.split()
    )
    return f"{asked:.0f} MB more, {before:.0f} before"


def _ms(work: Callable[[], object]) -> str:
    work()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return f"{median(taken) * 1000:.1f} ms of CPU"
