"""What is on record in the practice area: something in every state, said through the same verbs as anything real."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from koryu.cli import practice_exchanges
from koryu.cli.bad_input import BadInput
from koryu.cli.practice_people import (
    AOYAMA,
    BASE,
    HARBOUR,
    LIBRARIES,
    OPERATOR,
    PASSWORD,
    QINGSHUI,
    ROLES,
    SOLNAE,
    Library,
)
from koryu.consent import actions, queries
from koryu.files.actions import bring
from koryu.institutions import actions as people
from koryu.institutions import rules as roles
from koryu.ledger import queries as entries
from koryu.planning import actions as planning
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.values.text import Text

Moment = Callable[[int], str]


def put_on_record() -> None:
    """Fill an empty practice area, all at once or not at all; one that is filled is left as it is.

    Raises BadInput where something else is on record.
    """
    if entries.last_number():
        if queries.standing(AOYAMA.uri) is None:
            raise BadInput("Something else than the practice area is on record here; nothing invented is added.")
        return
    today = datetime.now(UTC)

    def days_ago(days: int) -> str:
        return (today - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")

    with transaction.atomic():
        _libraries(days_ago(400))
        _past(days_ago)
        _standing(days_ago, today.date())
        _under_consultation(days_ago, today.date())
        for library, partner in ((AOYAMA, QINGSHUI), (QINGSHUI, SOLNAE), (SOLNAE, AOYAMA)):
            _drafts(library, partner, days_ago, today.date())
        practice_exchanges.put_on_record(days_ago, today.date())


def _libraries(at: str) -> None:
    for library in LIBRARIES:
        actions.give_key(institution=library.uri, by=roles.OPERATOR, at=at)
        for role, name in zip(ROLES, library.people, strict=True):
            username = library.username(role)
            people.enter(
                username=username, name=name, email=f"{username}@practice.example", language=library.language, at=at
            )
            people.set_password(username=username, password=PASSWORD, at=at)
            people.appoint(username=username, name=name, institution=library.uri, role=role, at=at)
        _propose(library, library.uri, document_of(library.content()), at=at)
        by = library.username("officer")
        planning.keep_settings(of=library.uri, institution=library.uri, country=library.country, by=by, at=at)
    people.enter(username=OPERATOR[0], name=OPERATOR[1], operator=True, at=at)
    people.set_password(username=OPERATOR[0], password=PASSWORD, at=at)


def _past(at: Moment) -> None:
    """What was, from published sources: accounts differ, one partner has checked it, another tells it otherwise."""
    for library in (AOYAMA, QINGSHUI):
        newsletter = {
            "kind": "work",
            "type": "article",
            "title": _text("Newsletter of %s", "%sだより", "%s通讯", "%s 소식", of=library),
            "kept_by": library.uri,
            "issued": "2019-12",
        }
        _record(library, f"work/{library.name}-newsletter", document_of(newsletter), at=at(380))
    harbour = {**HARBOUR.content(), "sources": [{"id": "newsletter", "work": f"{BASE}work/aoyama-newsletter"}]}
    _record(AOYAMA, "institution/harbour", document_of(harbour), at=at(379))
    past = exchange(
        _text("Visit of 2019", "2019年の訪問", "2019年访问", "2019년 방문"),
        AOYAMA,
        QINGSHUI,
        date="2019-11-12/2019-11-15",
        event="held",
        sources=[
            {"id": f"{library.name}", "work": f"{BASE}work/{library.name}-newsletter"} for library in (AOYAMA, QINGSHUI)
        ],
        variants=[
            {
                "id": f"{library.name}-dates",
                "field": "dates[trip].date",
                "value": date,
                "source": f"{BASE}work/{library.name}-newsletter",
            }
            for library, date in ((AOYAMA, "2019-11-12/2019-11-15"), (QINGSHUI, "2019-11-11/2019-11-16"))
        ],
    )
    version = _record(AOYAMA, "exchange/2019", past, at=at(370))
    note = Text(
        _text(
            "Our newsletter counts the days of travel.",
            "当館だよりでは移動日を含めている。",
            "本馆通讯的日期包括路途往返。",
            "본관 소식지는 이동일을 포함한다.",
            source="zh-Hans",
        )
    )
    remark: dict[str, Any] = {"record": f"{BASE}exchange/2019", "version": version}
    actions.account_differs(institution=QINGSHUI.uri, by=QINGSHUI.username("head"), at=at(300), note=note, **remark)
    actions.check(institution=SOLNAE.uri, by=SOLNAE.username("head"), at=at(290), **remark)


def _standing(at: Moment, today: date) -> None:
    """A programme and an agreement that stand, the agreement running out within half a year; one agreed by letter."""
    programme = {
        "kind": "programme",
        "type": "mutual visit programme",
        "title": _text(
            "Practice programme of three libraries",
            "三館の練習用業務交流",
            "三馆业务交流（练习）",
            "세 도서관의 연습용 업무교류",
        ),
        "institutions": [{"id": library.name, "institution": library.uri, "joined": "2018"} for library in LIBRARIES],
        "since": "2018",
    }
    version = _propose(AOYAMA, "programme/practice", document_of(programme), at=at(365))
    for partner in (QINGSHUI, SOLNAE):
        _accept(partner, "programme/practice", version, at=at(350))
    until = today + timedelta(days=150)
    agreed = agreement(
        _text("Memorandum on visits", "訪問に関する覚書", "关于互访的谅解备忘录", "방문에 관한 양해각서"),
        AOYAMA,
        QINGSHUI,
        type="memorandum of understanding",
        term={"start": str(today - timedelta(days=340)), "end": str(until), "renewal": "renewed by agreement"},
    )
    version = _propose(AOYAMA, "agreement/visits", agreed, at=at(345))
    _accept(QINGSHUI, "agreement/visits", version, at=at(341))
    by_letter = agreement(
        _text("Letter of Intent with the harbour", "みなと館との意向書", "与海港馆的意向书", "항구관과의 의향서"),
        AOYAMA,
        HARBOUR,
    )
    version = _propose(AOYAMA, "agreement/harbour", by_letter, at=at(200))
    letter = bring(
        name="letter-from-the-harbour.txt",
        media_type="text/plain",
        body=b"Dear colleagues,\nwe accept the text you sent us, as it stands.\nInvented Harbour Library\n",
        institution=AOYAMA.uri,
        record=f"{BASE}agreement/harbour",
        by=AOYAMA.username("head"),
        at=at(180),
    )
    actions.accept_by_letter(
        institution=AOYAMA.uri,
        on_behalf_of=HARBOUR.uri,
        letter=letter,
        record=f"{BASE}agreement/harbour",
        version=version,
        by=AOYAMA.username("head"),
        at=at(180),
    )


def _under_consultation(at: Moment, today: date) -> None:
    """Each of the three has sent a proposed text and has one before it; one was not taken up."""
    year = today.year + 1
    for proposer, asked in ((AOYAMA, QINGSHUI), (QINGSHUI, SOLNAE), (SOLNAE, AOYAMA)):
        name = f"exchange/{proposer.name}-{asked.name}-{year}"
        _propose(proposer, name, exchange(_visit(year), proposer, asked, date=f"{year}-10"), at=at(12))
    name = f"exchange/solnae-seminar-{year}"
    seminar = exchange(
        _text("Seminar in May", "5月のセミナー", "五月研讨会", "5월 세미나"),
        SOLNAE,
        QINGSHUI,
        date=f"{year}-05",
        form="seminar",
    )
    version = _propose(SOLNAE, name, seminar, at=at(40))
    reason = _text(
        "In May our reading rooms are being rebuilt; autumn would suit us.",
        "5月は閲覧室の改修中のため、秋であれば可能です。",
        "五月我馆阅览室改造，秋季较为合适。",
        "5월에는 열람실 공사가 있어 가을이면 가능합니다.",
        source="zh-Hans",
    )
    actions.decline(
        institution=QINGSHUI.uri,
        record=BASE + name,
        version=version,
        reason=Text(reason),
        by=QINGSHUI.username("head"),
        at=at(33),
    )


def _drafts(library: Library, partner: Library, at: Moment, today: date) -> None:
    """One draft laid before the head, one shown to the partner for comment, one returned with a remark."""
    officer, head = library.username("officer"), library.username("head")
    year = today.year + 2
    _laid(
        library,
        f"exchange/{library.name}-visit-{year}",
        exchange(_visit(year), library, partner, date=f"{year}"),
        at=at(3),
    )
    shown = _text("Training in conservation", "資料保存の研修", "文献保护进修", "자료 보존 연수")
    shared = _draft(
        library,
        f"exchange/{library.name}-training-{year}",
        exchange(shown, library, partner, date=f"{year}-09", form="training"),
        at=at(9),
    )
    actions.share(draft=shared, by=officer, at=at(8))
    online = _text("An hour online", "オンラインでの1時間", "线上一小时", "온라인 한 시간")
    back = _laid(
        library,
        f"exchange/{library.name}-online-{year}",
        exchange(online, library, partner, date=f"{year}-02", form="online exchange"),
        at=at(6),
    )
    remark = {
        "ja": "時差を考え、午前中の時間帯を提案してください。",
        "zh-hans": "请考虑时差，建议安排在上午。",
        "ko": "시차를 고려하여 오전 시간대로 제안해 주십시오.",
    }[library.language]
    shown_digest = queries.draft(back)
    assert shown_digest
    actions.return_(draft=back, shown=shown_digest.digest, remark=remark, by=head, at=at(5))


def exchange(
    title: dict[str, str], *institutions: Library, date: str, event: str = "planned", form: str = "visit", **more: Any
) -> Document:
    """An exchange between invented libraries, the first of them receiving the others."""
    return document_of(
        {
            "kind": "exchange",
            "form": form,
            "event": {"state": event},
            "title": title,
            "institutions": [library.uri for library in institutions],
            "hosts": [institutions[0].uri],
            "dates": [{"id": "trip", "scope": "trip", "date": date}],
            **more,
        }
    )


def agreement(title: dict[str, str], *institutions: Library, type: str = "Letter of Intent", **more: Any) -> Document:
    """An agreement between invented libraries."""
    named = [library.uri for library in institutions]
    return document_of({"kind": "agreement", "type": type, "title": title, "institutions": named, **more})


def _visit(year: int) -> dict[str, str]:
    return _text(f"Visit of {year}", f"{year}年の訪問", f"{year}年访问", f"{year}년 방문")


def _text(en: str, ja: str, zh: str, ko: str, *, of: Library | None = None, source: str = "en") -> dict[str, str]:
    """A text in four languages; `of` is named in each by its short name."""
    said = {"en": en, "ja": ja, "zh-Hans": zh, "ko": ko}
    if of:
        said = {tag: text % of.short[tag] for tag, text in said.items()}
    return {**said, "source": source}


def _propose(library: Library, name: str, document: Document, *, at: str) -> str:
    record = name if name.startswith(BASE) else BASE + name
    by = library.username("head")
    return actions.propose(institution=library.uri, record=record, document=document, replaces=None, by=by, at=at)


def _record(library: Library, name: str, document: Document, *, at: str) -> str:
    by = library.username("head")
    return actions.record(institution=library.uri, record=BASE + name, document=document, by=by, at=at)


def _accept(library: Library, name: str, version: str, *, at: str) -> None:
    by = library.username("head")
    actions.accept(institution=library.uri, record=BASE + name, version=version, by=by, at=at)


def _draft(library: Library, name: str, document: Document, *, at: str) -> int:
    by = library.username("officer")
    content = document.content()
    return actions.draft(institution=library.uri, record=BASE + name, content=content, replaces=None, by=by, at=at)


def _laid(library: Library, name: str, document: Document, *, at: str) -> int:
    number = _draft(library, name, document, at=at)
    drafted = queries.draft(number)
    assert drafted
    actions.submit(draft=number, shown=drafted.digest, by=library.username("officer"), at=at)
    return number
