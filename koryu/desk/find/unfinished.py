"""What is found among texts that do not stand: drafts and proposed texts one may see, by their titles. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from koryu.consent.queries import Consultation, Drafted
from koryu.search.folding import fold
from koryu.values.text import Text
from koryu.wording.titles import title_of


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """A draft, or a proposed text of a record where `draft` is 0; `by` is the institution whose it is."""

    title: Text
    kind: str
    record: str
    by: str
    at: str
    draft: int = 0


def drafted(drafts: Iterable[Drafted]) -> tuple[Unfinished, ...]:
    """Drafts that have a title."""
    return tuple(
        Unfinished(
            title=title,
            kind=draft.kind,
            record=draft.record,
            by=draft.institution,
            at=draft.changed_at,
            draft=draft.id,
        )
        for draft in drafts
        if (title := title_of(draft.content))
    )


def proposed(consultations: Iterable[Consultation], *, institution: str) -> tuple[Unfinished, ...]:
    """The texts that are not settled and that this institution must agree to."""
    return tuple(
        Unfinished(
            title=title,
            kind=consultation.header.kind,
            record=consultation.record,
            by=consultation.proposed.institution,
            at=consultation.proposed.at,
        )
        for consultation in consultations
        if institution in consultation.history.must_agree(consultation.version)
        and (title := title_of(consultation.content or {}))
    )


def titled(query: str, texts: Iterable[Unfinished]) -> tuple[Unfinished, ...]:
    """Those whose title has every word of the query in one of its languages, whatever the width, case or accents."""
    words = [word for written in query.split() if (word := _folded(written))]
    if not words:
        return ()
    return tuple(
        text
        for text in texts
        if any(all(word in form for word in words) for form in map(_folded, text.title.forms.values()))
    )


def _folded(text: str) -> str:
    return "".join(stretch.chars for stretch in fold(text))
