"""Who comes to an exchange of the practice area, which papers are given and when: invented, in four languages."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from koryu.cli.practice_people import AOYAMA, BASE, QINGSHUI, SOLNAE, Library
from koryu.cli.practice_scenes import Deed, Scene
from koryu.consent import actions
from koryu.records.kinds import document_of

# Of each library, in rank order: name, its reading, post in the own language and in English, role.
_PEOPLE: Final[Mapping[str, tuple[tuple[str, str, str, str, str], ...]]] = {
    AOYAMA.name: (
        ("小野寺 文", "おのでら あや", "部長", "Director", "head of delegation"),
        ("岡部 直", "おかべ なお", "課長補佐", "Deputy chief", "member"),
        ("三輪 圭", "みわ けい", "主査", "Chief examiner", "interpreter"),
    ),
    QINGSHUI.name: (
        ("陆明轩", "Lu Mingxuan", "副馆长", "Deputy director", "head of delegation"),
        ("贺云", "He Yun", "研究馆员", "Research librarian", "member"),
        ("傅小溪", "Fu Xiaoxi", "馆员", "Librarian", "interpreter"),
    ),
    SOLNAE.name: (
        ("서다온", "Seo Daon", "부장", "Director", "head of delegation"),
        ("남이슬", "Nam Iseul", "사서사무관", "Librarian", "member"),
    ),
}
_TAGS: Final = {"ja": "ja", "zh-hans": "zh-Hans", "ko": "ko"}
_READINGS: Final = {"ja": "ja-Hira", "zh-hans": "zh-Latn-pinyin", "ko": "ko-Latn"}
_TITLES: Final[Mapping[str, dict[str, str]]] = {
    AOYAMA.name: {
        "ja": "十年の歩みとこれから",
        "en": "Ten years, and the next",
        "zh-Hans": "十年回顾与展望",
        "ko": "지난 10년과 앞으로",
        "source": "ja",
    },
    QINGSHUI.name: {"zh-Hans": "经验与问题", "ja": "経験と課題", "en": "What was learned", "source": "zh-Hans"},
    SOLNAE.name: {"ko": "현장에서 본 과제", "en": "Questions from practice", "source": "ko"},
}


def with_parts(*, shown_to: str, ago: int = 10) -> Deed:
    """Everybody says who comes and what is spoken about; the host has the timetable."""

    def do(scene: Scene) -> None:
        libraries = scene.situation.libraries
        for place, library in enumerate(libraries):
            _say(scene, library, "participation", _participation(scene, library, hosts=not place, to=shown_to), ago=ago)
            _say(scene, library, "paper", _paper(scene, library, label=f"L{place + 1}", to=shown_to), ago=ago)
        _say(scene, libraries[0], "timetable", _timetable(scene, to=shown_to), ago=ago - 1)

    return do


def _say(scene: Scene, library: Library, kind: str, content: dict[str, Any], *, ago: int) -> None:
    said = scene.said(library, ago=ago) | {"record": _called(scene, kind, library)}
    actions.propose(document=document_of(content), replaces=None, **said)


def _called(scene: Scene, kind: str, library: Library) -> str:
    return f"{BASE}{kind}/{scene.situation.name}-{library.name}"


def _participation(scene: Scene, library: Library, *, hosts: bool, to: str) -> dict[str, Any]:
    tag, reading = _TAGS[library.language], _READINGS[library.language]
    return {
        **_part("participation", scene, library, to),
        "title": _titled(library, "Delegation of %s", "%sの代表団", "%s代表团", "%s 대표단"),
        "side": "hosting" if hosts else "visiting",
        "size_stated": len(_PEOPLE[library.name]),
        "members": [
            {
                "id": f"m{place}",
                "printed": {tag: name, reading: read, "source": tag},
                "posts": [{"id": "p", "post": {tag: post, "en": english, "source": tag}}],
                "roles": [role],
            }
            for place, (name, read, post, english, role) in enumerate(_PEOPLE[library.name], 1)
        ],
    }


def _paper(scene: Scene, library: Library, *, label: str, to: str) -> dict[str, Any]:
    tag = _TAGS[library.language]
    name, _read, post, _english, _role = _PEOPLE[library.name][1]
    titles = {written: title for written, title in _TITLES[library.name].items() if written != "source"}
    return {
        **_part("paper", scene, library, to),
        "title": _TITLES[library.name],
        "type": "paper",
        "label": label,
        "speakers": [{"id": "s", "printed": {tag: name}, "posts": [{"id": "p", "post": {tag: post}}]}],
        "wordings": [
            {"id": f"w-{written.lower()}", "lang": written, "title": title, "status": _status(written, tag)}
            for written, title in titles.items()
        ],
    }


def _status(written: str, own: str) -> str:
    return "as given" if written == own else "in translation"


def _timetable(scene: Scene, *, to: str) -> dict[str, Any]:
    host, days = scene.situation.libraries[0], scene.situation.days
    assert days
    first = scene.today + timedelta(days=days[0])
    papers = [_called(scene, "paper", library) for library in scene.situation.libraries]
    plan: tuple[tuple[int, str, str, str, dict[str, str], list[str]], ...] = (
        (0, "10:00", "10:30", "opening session", _text("Opening", "開会", "开幕", "개회"), []),
        (0, "10:30", "12:00", "working session", _text("Session 1", "セッション1", "第一场", "세션 1"), papers[:2]),
        (1, "09:30", "11:00", "working session", _text("Session 2", "セッション2", "第二场", "세션 2"), papers[2:]),
        (1, "14:00", "16:00", "site visit", _text("Stacks", "書庫の見学", "参观书库", "서고 견학"), []),
        (2, "15:00", "15:30", "closing session", _text("Closing", "閉会", "闭幕", "폐회"), []),
    )
    return {
        **{name: value for name, value in _part("timetable", scene, host, to).items() if name != "institution"},
        "arranged_by": host.uri,
        "title": _text("Timetable", "日程", "日程", "일정"),
        "time_zone": host.zone,
        "sessions": [
            {
                "id": f"s{place}",
                "type": sort,
                "title": title,
                "date": str(first + timedelta(days=day)),
                "start": start,
                "end": end,
                **({"papers": given} if given else {}),
            }
            for place, (day, start, end, sort, title, given) in enumerate(plan, 1)
        ],
    }


def _part(kind: str, scene: Scene, library: Library, to: str) -> dict[str, Any]:
    return {"kind": kind, "exchange": scene.situation.record, "institution": library.uri, "shown_to": to}


def _titled(library: Library, en: str, ja: str, zh: str, ko: str) -> dict[str, str]:
    words = {"en": en, "ja": ja, "zh-Hans": zh, "ko": ko}
    return {tag: text % library.short[tag] for tag, text in words.items()} | {"source": "en"}


def _text(en: str, ja: str, zh: str, ko: str) -> dict[str, str]:
    return {"en": en, "ja": ja, "zh-Hans": zh, "ko": ko, "source": "en"}
