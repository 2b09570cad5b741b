"""What does not fit in a plan: each is pointed out, finished or not."""

from datetime import date
from typing import Any, Final

import pytest

from koryu.planning.rules.counting import MemberTerm
from koryu.planning.rules.plan_checks import plan_checks
from koryu.values.edtf import Edtf
from tests.world import NAL, NDL, NLC, PROGRAMME

TODAY: Final = date(2027, 9, 8)
MEMBERS: Final = {
    PROGRAMME: (
        MemberTerm(institution=NDL),
        MemberTerm(institution=NLC, left=Edtf("2010")),
        MemberTerm(institution=NLC, joined=Edtf("2015")),
        MemberTerm(institution=NAL, left=Edtf("2026-03")),
    )
}
UNDER: Final = [{"id": "p", "programme": PROGRAMME}]
PLANNED: Final = {"state": "planned"}


def dated(*dates: str) -> list[dict[str, str]]:
    return [{"id": f"d{place}", "scope": "trip", "date": written} for place, written in enumerate(dates)]


def left(*fields: str) -> list[dict[str, str]]:
    return [{"id": f"o{place}", "field": field} for place, field in enumerate(fields)]


ROWS: Final = [
    ("nothing yet", {}, []),
    ("a plan in order", {"dates": dated("2027-11-09/2027-11-17"), "institutions": [NDL, NLC], "hosts": [NDL],
                         "event": PLANNED, "open": left("themes"), "programmes": UNDER}, []),
    ("dates given and open", {"dates": dated("2027-11"), "open": left("dates")}, ["Dates are given and also open."]),
    ("places, hosts and themes too", {"places": [{"id": "x"}], "hosts": [NDL], "institutions": [NDL],
                                      "themes": [{"id": "t"}], "open": left("themes", "hosts", "places")},
     ["Places are given and also open.", "A host is given and also open.", "Themes are given and also open."]),
    ("a host that does not come", {"institutions": [NDL], "hosts": [NDL, NLC]},
     [f"The host does not take part: {NLC}."]),
    ("a member that has left", {"institutions": [NDL, NLC, NAL], "programmes": UNDER, "dates": dated("2027-11")},
     [f"{NAL} took part in the programme until 2026."]),
    ("before it left", {"institutions": [NAL], "programmes": UNDER, "dates": dated("2025-11")}, []),
    ("in the month in which it left", {"institutions": [NAL], "programmes": UNDER, "dates": dated("2026-03")}, []),
    ("without a date", {"institutions": [NAL], "programmes": UNDER},
     [f"{NAL} took part in the programme until 2026."]),
    ("under another programme", {"institutions": [NAL], "programmes": [{"id": "p", "programme": "urn:x"}]}, []),
    ("planned for the past", {"event": PLANNED, "dates": dated("2027-09-01/2027-09-07")},
     ["The dates are past, and the exchange is said to be planned."]),
    ("planned until today", {"event": PLANNED, "dates": dated("2027-09-01/2027-09-08")}, []),
    ("held in the past", {"event": {"state": "held"}, "dates": dated("2027-09-01")}, []),
    # A draft holds what was typed: nothing of it is taken for granted.
    ("odd values", {"dates": "soon", "hosts": 3, "institutions": {"a": 1}, "programmes": ["x"], "open": [7],
                    "event": "planned"}, []),
    ("a date that is none", {"dates": dated("next autumn"), "event": PLANNED}, []),
]  # fmt: skip


@pytest.mark.parametrize(("what", "content", "said"), ROWS)
def test_what_does_not_fit_is_pointed_out(what: str, content: dict[str, Any], said: list[str]) -> None:
    assert [str(reason) for reason in plan_checks(content, members=MEMBERS, today=TODAY)] == said
