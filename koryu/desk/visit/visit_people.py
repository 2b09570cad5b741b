"""The people and papers of an exchange as a private link shows them, in every language there is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from koryu.desk.exchange.people.stands_in import speaker_names
from koryu.desk.visit.linked_exchange import LinkedExchange
from koryu.desk.visit.visit_days import VisitText, told
from koryu.records.participation import DelegationRole
from koryu.sheets.rows.name_cells import written_name
from koryu.sheets.rows.people_rows import PEOPLE, listed_members
from koryu.sheets.rows.row_sheet import items_of, kept_text
from koryu.values.language_tags import name_of


@dataclass(frozen=True, kw_only=True)
class VisitPerson:
    """One member of a list: the name as its reader reads it, `forms` each other form of it with its language, the
    readings last; posts and roles in words. `known_by` is by what papers name the same person."""

    part: str
    member: str
    institution: str
    name: str
    lang: str
    forms: tuple[tuple[str, str], ...]
    posts: tuple[VisitText, ...]
    roles: tuple[str, ...]
    known_by: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class VisitPaper:
    """One paper, the record `uri`: its label, its titles (language, words; None where it is missing) and its texts
    (language, digest of the file; '' where it is missing), who gives it. `by` is by what its speakers are known."""

    uri: str
    label: str
    title: VisitText | None
    titles: tuple[tuple[str, str | None], ...]
    texts: tuple[tuple[str, str], ...]
    speakers: tuple[str, ...]
    institution: str
    by: frozenset[str]

    @property
    def wordings(self) -> tuple[tuple[str, str | None, str], ...]:
        """(language, title or None, digest of its text or '') for each language."""
        return tuple((tag, title, text) for (tag, title), (_tag, text) in zip(self.titles, self.texts, strict=True))

    @property
    def missing(self) -> int:
        """How many titles and texts are missing of those that are wanted."""
        return sum(title is None for _tag, title in self.titles) + sum(not text for _tag, text in self.texts)


def visit_people(there: LinkedExchange) -> tuple[VisitPerson, ...]:
    """Everybody in the lists that stand, in the order of the institutions and of each list."""
    order = {uri: place for place, uri in enumerate(there.work.institutions)}
    lists = [(uri, content) for uri, content in there.contents.items() if there.documents[uri].kind == "participation"]
    lists.sort(key=lambda each: (order.get(str(each[1].get("institution")), len(order)), each[0]))
    return tuple(person for uri, content in lists for person in _members(there, uri, content))


def _members(there: LinkedExchange, part: str, content: Mapping[str, Any]) -> Iterator[VisitPerson]:
    institution = str(content.get("institution") or "")
    listed = {member.row: member for member in listed_members(content, there.reader)}
    for item in items_of(PEOPLE, content):
        known = there.reader.names.get(str(item.get("person")), {})
        forms = {**kept_text(known), **kept_text(item.get("printed"))}
        if not forms and not item.get("posts"):
            continue
        name, lang = _best(known or item.get("printed"), there.tag)
        others = sorted((tag for tag, form in forms.items() if form != name), key=lambda tag: (tag.count("-"), tag))
        yield VisitPerson(
            part=part,
            member=item["id"],
            institution=institution,
            name=name,
            lang=lang,
            forms=tuple((tag, forms[tag]) for tag in others),
            posts=tuple(_posts(item, there.tag)),
            roles=tuple(there.reader.word(role) for role in item.get("roles") or () if role != DelegationRole.MEMBER),
            known_by=listed[item["id"]].known_by if item["id"] in listed else frozenset(),
        )


def _best(forms: object, tag: str) -> tuple[str, str]:
    name = written_name(forms)
    if name is None:
        return "", ""
    shown = name.shown(tag)
    return shown.text, "" if shown.wanted else str(shown.lang)


def _posts(item: Mapping[str, Any], tag: str) -> Iterator[VisitText]:
    posts = item.get("posts")
    for post in posts if isinstance(posts, list | tuple) else ():
        for field in ("post", "unit"):
            if words := told(post.get(field), tag):
                yield words


def visit_papers(there: LinkedExchange) -> tuple[VisitPaper, ...]:
    """The papers that stand, by their labels; in the languages in which one works, else in those they have."""
    wanted = [str(tag) for tag in (there.work.content or {}).get("languages") or ()]
    papers = [
        _paper(there, uri, content, wanted)
        for uri, content in there.contents.items()
        if there.documents[uri].kind == "paper"
    ]
    return tuple(sorted(papers, key=lambda paper: (paper.label, paper.title.text if paper.title else "")))


def _paper(there: LinkedExchange, uri: str, content: Mapping[str, Any], wanted: Iterable[str]) -> VisitPaper:
    wordings = {str(each.get("lang")): each for each in content.get("wordings") or () if isinstance(each, Mapping)}
    titles = kept_text(content.get("title")) if content.get("title_given", True) else {}
    titles |= {tag: str(each["title"]) for tag, each in wordings.items() if each.get("title")}
    languages = tuple(dict.fromkeys((*wanted, *titles, *wordings)))
    speakers = content.get("speakers") or ()
    return VisitPaper(
        uri=uri,
        label=str(content.get("label") or ""),
        title=told(titles or content.get("title"), there.tag),
        titles=tuple((tag, titles.get(tag)) for tag in languages),
        texts=tuple((tag, _digest(wordings.get(tag, {}))) for tag in languages),
        speakers=tuple(filter(None, (_speaker(there, each) for each in speakers))),
        institution=str(content.get("institution") or ""),
        by=frozenset(speaker_names(speakers)),
    )


def _digest(wording: Mapping[str, Any]) -> str:
    file = wording.get("file")
    return str(file.get("digest") or "") if isinstance(file, Mapping) else ""


def _speaker(there: LinkedExchange, speaker: Mapping[str, Any]) -> str:
    person = there.reader.best_name(str(speaker.get("person") or ""))
    words = told(speaker.get("printed"), there.tag)
    post = next(iter(_posts(speaker, there.tag)), None)
    return person or (words.text if words else post.text if post else "")


def language_called(tag: str, there: LinkedExchange) -> str:
    """What a language or script is called in the language of the link."""
    return name_of(tag, there.tag)
