"""A page of everything that pages are made of, to look at while working on them; served only while developing."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from koryu.archive.queries import Line
from koryu.public import exchange_view, timelines
from koryu.public.differing_accounts import AccountRow, AccountSaid, AccountsTable
from koryu.public.pages.frame import page
from koryu.public.paging import ListPage
from koryu.records.document import Post
from koryu.records.listed_values import Summary
from koryu.records.participation import DelegationRole, Member, Participation, ParticipationSide
from koryu.records.timetable import Session, SessionType, Timetable
from koryu.values.edtf import Edtf
from koryu.values.text import Text
from koryu.wording.languages import Reader

BASE: Final = "tag:components.example,2026:"
# From loud to quiet, as in tokens.css.
SIZES: Final = ("largest", "larger", "large", "text", "small")
COLOURS: Final = ("paper", "ink", "soft", "hair", "indigo", "wash")


def components(request: HttpRequest, lang: str) -> HttpResponse:
    """Every component with invented content. Raises Http404 unless Koryu is being developed."""
    if not settings.DEBUG:
        raise Http404
    reader = Reader(lang)
    lines = {line.uri: line for line in (*LIBRARIES, PROGRAMME, PERSON)}
    return page(
        "public/components.html",
        request,
        reader,
        lines=lines,
        sizes=SIZES,
        colours=COLOURS,
        programme=PROGRAMME,
        exchanges_listed=EXCHANGES,
        one_language=Text({"ko": "한 언어로만 된 글"}),
        papers=[exchange_view.paper(PAPER)],
        days=exchange_view.days(TIMETABLE, {PAPER.uri: exchange_view.paper(PAPER)}, {}),
        participation=PARTICIPATION,
        differing=DIFFERING,
        untitled=UNTITLED,
        timeline=timelines.timeline_of([PROGRAMME], EXCHANGES, lines, reader=reader),
        part=ListPage(items=(), number=2, last=3),
    )


def _line(kind: str, slug: str, title: dict[str, str], *, when: str = "", **said: Any) -> Line:
    year = int(when[:4]) if when else 0
    return Line(
        uri=f"{BASE}{kind}/{slug}",
        kind=kind,
        slug=slug,
        basis="recorded",
        summary=Summary(title=title, date=when, **said),
        earliest=date(year, 1, 1) if year else None,
        latest=date(year, 12, 31) if year else None,
    )


def _named(english: str, japanese: str, chinese: str, korean: str) -> dict[str, str]:
    return {"en": english, "ja": japanese, "zh-Hans": chinese, "ko": korean, "source": "en"}


LIBRARIES: Final = (
    _line(
        "institution",
        "abc",
        _named("Invented Library A", "架空図書館A", "虚构图书馆A", "가상 도서관 A"),
        short={"en": "ABC"},
    ),
    _line(
        "institution",
        "xyz",
        _named("Invented Library X", "架空図書館X", "虚构图书馆X", "가상 도서관 X"),
        short={"en": "XYZ"},
    ),
)
ABC, XYZ = (line.uri for line in LIBRARIES)
PROGRAMME: Final = _line(
    "programme",
    "abc-xyz",
    _named("Invented programme", "架空の業務交流", "虚构的业务交流", "가상의 업무교류"),
    when="1999",
    institutions=[ABC, XYZ],
)
PERSON: Final = _line("person", "somebody", {"ja": "架空太郎"})
POST: Final = {
    "post": _named("Director", "課長", "处长", "과장"),
    "unit": _named("Planning Division", "企画課", "规划处", "기획과"),
}
PAPER: Final = _line(
    "paper",
    "first",
    _named("An invented paper", "架空の報告", "虚构的报告", "가상의 발표문"),
    type="keynote",
    exchange=f"{BASE}exchange/1",
    institution=ABC,
    label="1",
    speakers=[{"person": PERSON.uri, "posts": [POST]}],
)


TIMETABLE: Final = Timetable(
    kind="timetable",
    title=Text({"en": "Invented timetable"}),
    exchange=f"{BASE}exchange/1",
    arranged_by=ABC,
    sessions=(
        Session(id="one", type=SessionType.KEYNOTE, date=Edtf("2009-09-10"), start="10:00", papers=(PAPER.uri,)),
        Session(id="two", type=SessionType.SITE_VISIT, date=Edtf("2009-09-10"), at=XYZ),
        Session(id="three", type=SessionType.SITE_VISIT, date=Edtf("2009-09-10"), at=ABC),
    ),
)
PARTICIPATION: Final = Participation(
    kind="participation",
    title=Text({"en": "Invented participation"}),
    exchange=f"{BASE}exchange/1",
    institution=ABC,
    side=ParticipationSide.VISITING,
    members=(
        Member(
            id="one",
            person=PERSON.uri,
            posts=(Post(id="post", post=Text({"ja": "課長"})),),
            roles=(DelegationRole.HEAD,),
        ),
        Member(id="two", posts=(Post(id="post", post=Text({"ja": "係員"})),)),
    ),
)
DIFFERING: Final = AccountsTable(
    sources=(XYZ, ""),
    rows=(
        AccountRow(
            "dates", ((AccountSaid(Edtf("2009-09-10/2009-09-11")),), (AccountSaid(Edtf("2009-09-09/2009-09-16")),))
        ),
    ),
)


def _exchange(number: int, year: int, *, form: str = "visit", state: str = "held", host: str = "") -> Line:
    return _line(
        "exchange",
        str(number),
        _named(f"Invented exchange {number}", f"架空の交流{number}", f"虚构的交流{number}", f"가상의 교류 {number}"),
        when=str(year),
        form=form,
        state=state,
        institutions=[ABC, XYZ],
        programmes=[PROGRAMME.uri],
        numbers={PROGRAMME.uri: str(number)},
        **({"hosts": [host]} if host else {}),
    )


EXCHANGES: Final = (
    _exchange(1, 1999, host=ABC),
    _exchange(2, 2000, host=XYZ),
    _exchange(5, 2008),
    _exchange(6, 2009, host=ABC, state="postponed"),
    _exchange(7, 2011, form="online exchange", host=XYZ),
)
# Without a title in any language of the pages, so that one is composed.
UNTITLED: Final = EXCHANGES[0]._replace(
    summary=replace(EXCHANGES[0].summary, title={"de": "Erfundener Austausch mit einem deutschen Titel"})
)
