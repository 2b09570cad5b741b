"""What can be done with an exchange of the practice area, and with what it is about: the situations are made of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from koryu.cli.practice_people import AOYAMA, BASE, HARBOUR, QINGSHUI, Library
from koryu.consent import actions, queries
from koryu.files.actions import bring
from koryu.planning import actions as planning
from koryu.records.kinds import document_of
from koryu.values.text import Text

Moment = Callable[[int], str]
_LETTER: Final = b"Dear colleagues,\nwe accept the text that you sent us.\nInvented Harbour Library\n"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One exchange: what it is called in English, Japanese, Chinese and Korean, with whom it is, on which days from
    today it is held, and what was done with it. `number` is its number in the programme of the two."""

    name: str
    called: tuple[str, str, str, str]
    was_done: tuple["Deed", ...]
    partners: tuple[Library, ...] = (QINGSHUI,)
    days: tuple[int, int] | None = (300, 304)
    month: bool = False
    form: str = "visit"
    number: str = ""
    hosted: bool = True
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def record(self) -> str:
        return f"{BASE}exchange/{self.name}"

    @property
    def libraries(self) -> tuple[Library, ...]:
        return (AOYAMA, *self.partners) if self.hosted else (*self.partners, AOYAMA)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A situation while it is acted: `at` gives the moment so many days ago, `today` the day it is."""

    situation: Situation
    at: Moment
    today: date

    def content(self, **fields: Any) -> dict[str, Any]:
        """What the exchange says, with these fields otherwise."""
        case = self.situation
        programme = programme_with(case.partners[0])
        held_under = [{"id": "two", "programme": programme, "number": case.number}] if case.number else []
        return {
            "kind": "exchange",
            "form": case.form,
            "event": {"state": "planned"},
            "title": dict(zip(("en", "ja", "zh-Hans", "ko"), case.called, strict=True)) | {"source": "en"},
            "institutions": [library.uri for library in case.libraries],
            "hosts": [case.libraries[0].uri],
            **({"programmes": held_under} if held_under else {}),
            **({"dates": [{"id": "trip", "scope": "trip", "date": self.date()}]} if case.days else {}),
            "shown_to": "institutions",
            **case.more,
            **fields,
        }

    def date(self) -> str:
        assert self.situation.days
        first, last = (self.today + timedelta(days=days) for days in self.situation.days)
        return f"{first:%Y-%m}" if self.situation.month else f"{first}/{last}"

    def said(self, library: Library, *, ago: int, role: str = "head") -> dict[str, Any]:
        """For whom something is said of the exchange, by whom and when."""
        named = {"institution": library.uri, "by": library.username(role), "at": self.at(ago)}
        return {**named, "record": self.situation.record}

    def kept(self) -> dict[str, Any]:
        """The same for what Aoyama keeps to itself of it."""
        by = AOYAMA.username("officer")
        return {"institution": AOYAMA.uri, "exchange": self.situation.record, "by": by, "at": self.at(2)}


Deed = Callable[[Scene], object]


def programme_with(partner: Library) -> str:
    """The programme of Aoyama with one other library."""
    return f"{BASE}programme/aoyama-{partner.name}"


# What is done with an exchange


def agreed(**fields: Any) -> Deed:
    """The plan is agreed by all, with these fields otherwise; whatever stood before is replaced."""

    def do(scene: Scene) -> None:
        version = _proposed(scene, AOYAMA, ago=30, **fields)
        for partner in scene.situation.partners:
            actions.accept(version=version, **scene.said(partner, ago=25))

    return do


def agreed_by_letter(**fields: Any) -> Deed:
    """The plan is agreed, the library at the harbour having written that it accepts."""

    def do(scene: Scene) -> None:
        version = _proposed(scene, AOYAMA, ago=30, **fields)
        accepted_by_letter(version, scene.said(AOYAMA, ago=20))

    return do


def accepted_by_letter(version: str, said: dict[str, Any]) -> None:
    """Put on record that the library at the harbour has written that it accepts a version."""
    brought = {name: said[name] for name in ("institution", "record", "by", "at")}
    letter = bring(name="letter-from-the-harbour.txt", media_type="text/plain", body=_LETTER, **brought)
    actions.accept_by_letter(on_behalf_of=HARBOUR.uri, letter=letter, version=version, **said)


def on_record(state: str) -> Deed:
    """Put on record from what was published."""

    def do(scene: Scene) -> None:
        sources = [{"id": "newsletter", "work": f"{BASE}work/aoyama-newsletter"}]
        content = scene.content(event={"state": state}, sources=sources, shown_to="public")
        actions.record(document=document_of(content), **scene.said(AOYAMA, ago=40))

    return do


def proposed_by(*libraries: Library) -> Deed:
    """A plan, or a change of it, is sent by the first, accepted by the others, and open to whoever is left."""

    def do(scene: Scene) -> None:
        version = _proposed(scene, libraries[0], ago=12, planned_size=6)
        for library in libraries[1:]:
            actions.accept(version=version, **scene.said(library, ago=11))

    return do


def trainees_sent_by(library: Library, host: Library) -> Deed:
    """Who is sent for a training, which the host has to accept too."""

    def do(scene: Scene) -> None:
        content = {
            "kind": "participation",
            "title": {"en": "Trainees", "ja": "研修生", "zh-Hans": "进修人员", "ko": "연수생", "source": "en"},
            "exchange": scene.situation.record,
            "institution": library.uri,
            "host": host.uri,
            "side": "visiting",
            "size_stated": 2,
            "shown_to": "institutions",
        }
        said = scene.said(library, ago=9) | {"record": f"{BASE}participation/{scene.situation.name}-{library.name}"}
        actions.propose(document=document_of(content), replaces=None, **said)

    return do


def declined(scene: Scene) -> None:
    reason = {
        "zh-Hans": "该月我馆正值馆藏清点，恐难成行。",
        "en": "That month we take stock, and could not come.",
        "ja": "その月は蔵書点検のため、伺うことができません。",
        "ko": "그달에는 장서 점검이 있어 방문이 어렵습니다.",
        "source": "zh-Hans",
    }
    version = _proposed(scene, AOYAMA, ago=20)
    actions.decline(version=version, reason=Text(reason), **scene.said(QINGSHUI, ago=15))


def drafted(scene: Scene) -> int:
    return _drafted(scene, AOYAMA)


def waiting_for_the_head(scene: Scene) -> None:
    number = _drafted(scene, AOYAMA)
    laid = queries.draft(number)
    assert laid
    actions.submit(draft=number, shown=laid.digest, by=AOYAMA.username("officer"), at=scene.at(3))


def shown_by(library: Library) -> Deed:
    """A draft is shown to the others, who may say what they think of it."""

    def do(scene: Scene) -> None:
        actions.share(draft=_drafted(scene, library), by=library.username("officer"), at=scene.at(6))

    return do


def to_do(what: str, *, who: str = "", in_days: int | None = None) -> Deed:
    """A step that Aoyama keeps for itself."""

    def do(scene: Scene) -> None:
        due = str(scene.today + timedelta(days=in_days)) if in_days is not None else ""
        planning.add_step(what=what, who=who, due=due, **scene.kept())

    return do


def dates_asked(*in_days: int) -> Deed:
    """Aoyama puts dates forward, from so many days ahead on, and asks the library at the harbour by mail."""

    def do(scene: Scene) -> None:
        _drafted(scene, AOYAMA)
        spans = [(scene.today + timedelta(days=days), scene.today + timedelta(days=days + 4)) for days in in_days]
        kept = {**scene.kept(), "together": (), "today": scene.today}
        planning.put_forward(spans=spans, **kept)
        planning.note_asked(of=HARBOUR.uri, **kept)

    return do


def dates_asked_by(library: Library, *in_days: int) -> Deed:
    """A partner shows its draft and puts dates forward, from so many days ahead on."""

    def do(scene: Scene) -> None:
        shown_by(library)(scene)
        spans = [(scene.today + timedelta(days=days), scene.today + timedelta(days=days + 4)) for days in in_days]
        together = tuple(each.uri for each in scene.situation.libraries)
        by = library.username("officer")
        of: dict[str, Any] = {"institution": library.uri, "exchange": scene.situation.record}
        planning.put_forward(spans=spans, together=together, today=scene.today, by=by, at=scene.at(5), **of)

    return do


def would_be_changed_for(partner: Library) -> Deed:
    """The plan is sent, and a partner has written that it wants something changed."""

    def do(scene: Scene) -> None:
        version = _proposed(scene, AOYAMA, ago=10)
        kept = scene.kept()
        planning.note_reply(version=version, partner=partner.uri, today=scene.today, **kept)

    return do


def closed(scene: Scene) -> None:
    planning.close(**scene.kept())


def _proposed(scene: Scene, library: Library, *, ago: int, **fields: Any) -> str:
    replaces = queries.history(scene.situation.record).in_force
    document = document_of(scene.content(**fields))
    return actions.propose(document=document, replaces=replaces, **scene.said(library, ago=ago))


def _drafted(scene: Scene, library: Library) -> int:
    return actions.draft(content=scene.content(), replaces=None, **scene.said(library, ago=7, role="officer"))
