"""Made-up records in any number, for measuring; the names are invented and say so."""

from collections.abc import Iterator
from typing import Any

from koryu.ingest.dataset import DataSet, Loaded
from koryu.records.kinds import document_of

BASE = "tag:made-up.example,2026:"
COMPILER = f"{BASE}institution/compiler"
SOURCE = [{"id": "page", "work": "work/page"}]
CITIES = {"en": "Invented City", "ja": "架空市", "zh-Hans": "虚构市", "ko": "가상시", "source": "en"}


def data_set(*, programmes: int, exchanges: int, big: bool = True, institutions: int = 2) -> DataSet:
    """So many programmes of the first two institutions with so many exchanges each.

    With `big`, one exchange more of 12 sessions and 40 papers.
    """
    records = [*_ground(), *_programmes(programmes, exchanges)]
    records += [_institution(f"more-{place}", f"Invented Library {place}") for place in range(institutions - 2)]
    if big:
        records += _big_exchange()
    return DataSet(
        file="made up",
        recorder=COMPILER,
        records=tuple(
            Loaded(uri=BASE + name, document=document_of(content, base=BASE), file="made up")
            for name, content in records
        ),
    )


def _title(text: str) -> dict[str, str]:
    return {"en": text, "ja": f"架空の{text}", "zh-Hans": f"虚构的{text}", "ko": f"가상의 {text}", "source": "en"}


def _institution(slug: str, name: str, kind: str = "national library") -> tuple[str, dict[str, Any]]:
    names = [{"id": "short", "lang": "en", "written": slug.upper(), "use": "abbreviation"}]
    return f"institution/{slug}", {
        "kind": "institution",
        "type": kind,
        "title": _title(name),
        "kept_by": f"institution/{slug}",
        "names": names,
        "sources": SOURCE,
    }


def _ground() -> Iterator[tuple[str, dict[str, Any]]]:
    yield _institution("compiler", "Invented compiler", "compiler of a data set")
    yield _institution("abc", "Invented Library A")
    yield _institution("xyz", "Invented Library X")
    yield (
        "work/page",
        {
            "kind": "work",
            "type": "webpage",
            "title": _title("Invented page"),
            "kept_by": "institution/compiler",
        },
    )
    for number in range(10):
        yield (
            f"theme/{number}",
            {
                "kind": "theme",
                "title": _title(f"Invented theme {number}"),
                "kept_by": "institution/compiler",
                "sources": SOURCE,
            },
        )


def _programmes(programmes: int, exchanges: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for place in range(programmes):
        yield (
            f"programme/{place}",
            {
                "kind": "programme",
                "type": "mutual visit programme",
                "title": _title(f"Invented programme {place}"),
                "institutions": [
                    {"id": "abc", "institution": "institution/abc"},
                    {"id": "xyz", "institution": "institution/xyz"},
                ],
                "since": "1920",
                "sources": SOURCE,
            },
        )
        for number in range(1, exchanges + 1):
            yield f"exchange/{place}-{number}", _exchange(f"programme/{place}", number)


def _exchange(programme: str, number: int) -> dict[str, Any]:
    year = 1920 + number % 100
    return {
        "kind": "exchange",
        "form": "online exchange" if number % 9 == 0 else "visit",
        "event": {"state": "held"},
        "title": _title(f"Invented exchange {number}"),
        "institutions": ["institution/abc", "institution/xyz"],
        "hosts": ["institution/abc" if number % 2 else "institution/xyz"],
        "programmes": [{"id": "p", "programme": programme, "number": str(number)}],
        "places": [{"id": "city", "city": CITIES}],
        "dates": [{"id": "trip", "scope": "trip", "date": f"{year}-11-{10 + number % 9}/{year}-11-{20 + number % 9}"}],
        "themes": [{"id": "t", "theme": f"theme/{number % 10}"}],
        "sources": SOURCE,
    }


def _big_exchange() -> Iterator[tuple[str, dict[str, Any]]]:
    """An exchange with 12 sessions and 40 papers, five people on each side."""
    yield "exchange/big", _exchange("programme/0", 999)
    for side, slug in (("visiting", "abc"), ("hosting", "xyz")):
        yield from _people(slug)
        yield f"participation/big-{slug}", _participation(slug, side)
    papers = [_paper(number) for number in range(40)]
    yield from papers
    sessions = [
        {
            "id": f"s{place}",
            "type": "working session",
            "number": str(place + 1),
            "date": f"2019-11-{10 + place // 3}",
            "start": "10:00",
            "end": "12:00",
            "venue": CITIES,
            "papers": [name for name, _ in papers[place::12]],
        }
        for place in range(12)
    ]
    yield (
        "timetable/big",
        {
            "kind": "timetable",
            "title": _title("Invented timetable"),
            "exchange": "exchange/big",
            "arranged_by": "institution/xyz",
            "time_zone": "Asia/Tokyo",
            "sessions": sessions,
            "sources": SOURCE,
        },
    )


def _people(slug: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for place in range(5):
        written = f"架空{slug}{place}"
        yield (
            f"person/{slug}-{place}",
            {
                "kind": "person",
                "title": {"ja": written},
                "kept_by": f"institution/{slug}",
                "names": [{"id": "ja", "lang": "ja", "written": written, "order": "family first"}],
                "sources": SOURCE,
            },
        )


def _post() -> list[dict[str, Any]]:
    return [{"id": "post", "post": {"en": "Director"}, "unit": {"en": "Invented Division"}}]


def _participation(slug: str, side: str) -> dict[str, Any]:
    return {
        "kind": "participation",
        "title": _title("Invented participation"),
        "exchange": "exchange/big",
        "institution": f"institution/{slug}",
        "side": side,
        "size_stated": "5",
        "members": [{"id": f"m{place}", "person": f"person/{slug}-{place}", "posts": _post()} for place in range(5)],
        "sources": SOURCE,
    }


def _paper(number: int) -> tuple[str, dict[str, Any]]:
    slug = "abc" if number % 2 else "xyz"
    return f"paper/big-{number}", {
        "kind": "paper",
        "type": "theme report",
        "title": _title(f"Invented paper {number}"),
        "exchange": "exchange/big",
        "institution": f"institution/{slug}",
        "speakers": [{"id": "s", "person": f"person/{slug}-{number % 5}", "posts": _post()}],
        "sources": SOURCE,
    }
