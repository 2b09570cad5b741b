"""The machinery, for operators: what runs, how far it is, what is left undone. Nothing of what is on record."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from koryu import __version__
from koryu.desk import clock
from koryu.desk.access import CurrentUser, operators
from koryu.desk.calendar.said_of_days import missing_from_table
from koryu.desk.render import render_page
from koryu.ledger import queries as ledger
from koryu.notices import queries as notices
from koryu.planning import queries as planning
from koryu.wording.languages import active_reader

_MOST_FAILED: Final = 20


@dataclass(frozen=True, kw_only=True)
class Failed:
    """Tries to sign in that failed: with which username, how many, since when, and whether the door is closed."""

    username: str
    tries: int
    since: str
    closed: bool


@operators
def machinery(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """The state of the server."""
    state = notices.state()
    last = ledger.last_number()
    return render_page(
        request,
        me,
        "desk/machinery.html",
        version=__version__,
        database=_database(),
        sizes=_sizes(),
        last=last,
        behind=last - state.followed,
        state=state,
        automatic=settings.MAIL_AUTO,
        mail_host=settings.EMAIL_HOST,
        failed=_failed(),
        missing=tuple(missing_from_table(planning.countries_kept(), today=clock.today(), tag=active_reader().tag)),
    )


def _database() -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor)


def _failed() -> list[Failed]:
    rows = AccessAttempt.objects.order_by("-attempt_time").values_list(
        "username", "failures_since_start", "attempt_time"
    )
    return [
        Failed(
            username=username or "",
            tries=tries,
            since=since.strftime("%Y-%m-%dT%H:%M:%SZ"),
            closed=tries >= settings.AXES_FAILURE_LIMIT,
        )
        for username, tries, since in rows[:_MOST_FAILED]
    ]


def _sizes() -> dict[str, float]:
    """In megabytes: the database, and the search index."""
    home = Path(settings.HOME)
    return {"database": _megabytes(_database_size()), "index": _megabytes(_folder(home / "search"))}


def _database_size() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    return sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))


def _folder(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _megabytes(size: int) -> float:
    return round(size / 1_000_000, 1)
