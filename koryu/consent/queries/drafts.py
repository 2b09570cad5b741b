"""Reading what an institution writes and keeps to itself: drafts, comments on them, notes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.db import connection
from django.db.models import Q
from pydantic_core import from_json

from koryu.consent import models
from koryu.consent.queries.histories import targets
from koryu.consent.rules.approval_steps import StepTaken, turn_of
from koryu.consent.rules.draft_permissions import is_own_account
from koryu.consent.rules.permissions import Drafting
from koryu.records.kinds import KINDS, brought_up_to_date
from koryu.seals.digests import digest_of
from koryu.values.moments import written
from koryu.values.text import Text

OF_A_DRAFT: Final = (
    *(
        "id",
        "institution",
        "record",
        "exchange",
        "kind",
        "content",
        "schema",
        "replaces",
        "answers",
        "reason",
        "says",
        "edition",
    ),
    *("begun_by", "begun_at", "changed_by", "changed_at", "shared_at", "sent"),
)


OF_A_SUBMISSION: Final = (
    *("digest", "by", "at", "decision", "decided_by", "decided_at", "remark", "together", "steps"),
)
_MOMENTS: Final = frozenset({"begun_at", "changed_at", "shared_at", "at", "decided_at"})


# Written out: a page asks this each time it is made, and building a query costs several times what running it does.
COLUMNS: Final = (
    f"{', '.join(f'd.{name}' for name in OF_A_DRAFT)}, "
    's.content_digest, s."by", s."at", s.decision, s.decided_by, s.decided_at, s.remark, s.together, s.steps'
)
_IN_ORDER: Final = "ORDER BY d.changed_at DESC, d.id DESC, s.id"
# How much partners said of each, and when last, comes behind the columns: counted for the drafts asked for, no others.
_OF_PARTNERS: Final = "FROM consent_comment c WHERE c.draft_id = d.id AND c.institution <> d.institution"
_DRAFTS: Final = (
    f'SELECT {COLUMNS}, (SELECT COUNT(*) {_OF_PARTNERS}), (SELECT MAX(c."at") {_OF_PARTNERS}) '  # noqa: S608 -- nothing but our own words; values go apart
    "FROM consent_draft d LEFT JOIN consent_submission s ON s.draft_id = d.id "
    f"WHERE {{condition}} {_IN_ORDER}"
)
_SAID_BESIDE: Final = (
    'SELECT institution, "by", "at", text, \'comment\' AS means, id, place FROM consent_comment '
    "WHERE draft_id = %s AND (%s OR institution = %s) UNION ALL "
    'SELECT institution, "by", "at", text, means, id, \'\' FROM consent_note WHERE record = %s AND institution = %s '
    'ORDER BY "at", id'
)


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A draft as it was laid before the head, and what became of it: '' while it waits.

    `together` is shared by those that are to be sent in one act; '' for one that was submitted alone. `steps` are the
    approval steps on its way, in their order; none where the head alone approves.
    """

    digest: str
    by: str
    at: str
    decision: str
    decided_by: str
    decided_at: str
    remark: str
    together: str
    steps: tuple[StepTaken, ...] = ()

    @property
    def turn(self) -> StepTaken | None:
        """The approval step at which it is, while it waits."""
        return None if self.decision else turn_of(self.steps)

    @property
    def since(self) -> str:
        """Since when it waits for whoever has it now."""
        return next((step.at for step in reversed(self.steps) if step.at), self.at)


@dataclass(frozen=True, kw_only=True)
class UnsentRecord:
    """A record that is only drafted yet; its title, and all of it, as it was typed so far."""

    record: str
    kind: str
    title: Any
    content: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A draft with everything that was done with it inside the house, the latest submission last.

    Where drafts are read by themselves, `comments` is how much partners said of it, `commented_at` when last.
    """

    id: int
    institution: str
    record: str
    exchange: str
    kind: str
    content: dict[str, Any]
    replaces: str
    answers: str
    reason: dict[str, str] | None
    says: str
    edition: int
    begun_by: str
    begun_at: str
    changed_by: str
    changed_at: str
    shared_at: str
    sent: str
    submissions: tuple[Submitted, ...]
    comments: int = 0
    commented_at: str = ""

    @cached_property
    def digest(self) -> str:
        """The digest of all that is approved when the draft is: the content, what it replaces, and the reason."""
        return digest_of(
            {
                "content": self.content,
                "replaces": self.replaces,
                "answers": self.answers,
                "reason": self.reason,
                "says": self.says,
            }
        )

    @property
    def waiting(self) -> Submitted | None:
        """The submission that waits for the head."""
        return next((submission for submission in self.submissions if not submission.decision), None)

    @property
    def returned(self) -> Submitted | None:
        """The last submission, where it came back."""
        last = self.submissions[-1] if self.submissions else None
        return last if last and last.decision == "returned" else None


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A note or a comment: who said it for whom, when, and by what means; `place` is the row of which it is said."""

    institution: str
    by: str
    at: str
    text: str
    means: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnItem:
    """What an institution keeps to itself on a record: a `draft`, with its id, or a `note` or `telephone` note."""

    what: str
    id: int
    by: str
    at: str
    text: str


def draft(draft: int) -> Drafted | None:
    """The draft with this id."""
    return next(iter(drafts_where("d.id = %s", draft)), None)


def drafts_of(institution: str) -> tuple[Drafted, ...]:
    """The drafts of an institution that were not sent yet, the one changed last coming first."""
    return drafts_where("d.institution = %s AND d.sent = ''", institution)


def draft_begun(institution: str, *, record: str = "", answers: str = "", extends: str = "") -> Drafted | None:
    """The draft that an institution has begun already and not sent: it is gone on with, and no second one is begun.

    Asked for by its `record`, by the version that it `answers`, by the agreement that it `extends`, or by several of
    these. Of more than one it is the one changed last.
    """
    columns = {"d.institution": institution, "d.record": record, "d.answers": answers}
    asked = {column: value for column, value in columns.items() if value}
    unsent = drafts_where(" AND ".join((*(f"{column} = %s" for column in asked), "d.sent = ''")), *asked.values())
    return next((draft for draft in unsent if not extends or draft.content.get("extends") == extends), None)


def begun_by(institution: str) -> tuple[UnsentRecord, ...]:
    """What an institution drafts that stands nowhere yet, what was changed last coming first."""
    rows = models.DraftRow.objects.filter(institution=institution, sent="", replaces="").order_by("-changed_at", "-pk")
    return tuple(
        UnsentRecord(record=record, kind=kind, title=content.get("title"), content=content)
        for record, kind, content in rows.values_list("record", "kind", "content")
    )


def drafts_on(record: str) -> tuple[Drafted, ...]:
    """All drafts for one record, whosever they are."""
    return drafts_where("d.record = %s", record)


def circle_in(kind: str, content: Mapping[str, Any]) -> frozenset[str]:
    """Whom a content, finished or not, is for: its owners, and the institutions of the exchange it belongs to."""
    return circles_in([(kind, content)])[0]


def circles_in(contents: Sequence[tuple[str, Mapping[str, Any]]]) -> list[frozenset[str]]:
    """The same of several, the exchanges of all of them asked for at once."""
    exchanges = [exchange for kind, content in contents if (exchange := belongs_to_in(kind, content))]
    of_exchange = {exchange: known.owners for exchange, known in (targets(exchanges) if exchanges else {}).items()}
    return [circle_with(kind, content, of_exchange=of_exchange) for kind, content in contents]


def circle_with(kind: str, content: Mapping[str, Any], *, of_exchange: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """As `circle_in`, where the institutions of the exchange are known already, by its URI."""
    return owners_in(kind, content) | of_exchange.get(belongs_to_in(kind, content), frozenset())


def belongs_to_in(kind: str, content: Mapping[str, Any]) -> str:
    """The exchange that a content, finished or not, says it belongs to; '' where it names none."""
    exchange = content.get("exchange") if kind in KINDS and "exchange" in KINDS[kind].claims_by else None
    return exchange if isinstance(exchange, str) else ""


def exchange_of_text(*, record: str, kind: str, content: Mapping[str, Any]) -> str:
    """The exchange at which a text is worked on: the one it belongs to; for a text of an exchange, that exchange."""
    return record if kind == "exchange" else belongs_to_in(kind, content)


def owners_in(kind: str, content: Mapping[str, Any]) -> frozenset[str]:
    """The institutions that must agree to a content, finished or not, as far as it names them."""
    return frozenset(KINDS[kind].owners_in(content)) if kind in KINDS else frozenset()


def is_for(draft: Drafted, institution: str) -> bool:
    """Whether a draft that is shown to partners is shown to this one."""
    return institution in circle_in(draft.kind, draft.content)


def drafting_of(draft: Drafted, *, by: str) -> Drafting:
    """Where a draft is for somebody of its own institution, as the rules ask it."""
    return Drafting(
        kind=draft.kind,
        own=draft.begun_by == by,
        own_account=is_own_account(draft.kind, draft.content, draft.institution),
        waiting=draft.waiting is not None,
        sent=bool(draft.sent),
    )


def circles_of(drafts: Iterable[Drafted]) -> dict[int, frozenset[str]]:
    """The institutions that each of these drafts is for, once it is shown to partners, by the draft's id."""
    shared = [draft for draft in drafts if draft.shared_at]
    circles = circles_in([(draft.kind, draft.content) for draft in shared])
    return {draft.id: circle for draft, circle in zip(shared, circles, strict=True)}


def drafts_for(institution: str) -> tuple[Drafted, ...]:
    """The unsent drafts of an institution, and those of others that are shown to it, the one changed last first."""
    unsent = drafts_where("d.sent = '' AND (d.institution = %s OR d.shared_at IS NOT NULL)", institution)
    circles = circles_of(draft for draft in unsent if draft.institution != institution)
    return tuple(draft for draft in unsent if institution in (draft.institution, *circles.get(draft.id, ())))


def comments_on_unsent() -> dict[int, tuple[Comment, ...]]:
    """What was said of the drafts that were not sent yet, in order, by the draft's id."""
    return _by_draft(Q(draft__sent=""))


def comments_on(drafts: Iterable[int], *, institution: str) -> dict[int, tuple[Comment, ...]]:
    """What was said of these drafts, in order, by the draft's id: all of it to whoever made the draft, to a partner who
    was shown it its own alone. In one statement, or none where there are no drafts."""
    numbers = list(drafts)
    if not numbers:
        return {}
    return _by_draft(Q(draft__institution=institution) | Q(institution=institution), Q(draft__in=numbers))


def said_beside(draft: Drafted, *, institution: str) -> tuple[Comment, ...]:
    """What an institution sees beside a draft, in the order it was said: comments, and its own notes on the record.

    Whoever made the draft sees every comment; a partner who was shown it sees its own alone.
    """
    values = (draft.id, institution == draft.institution, institution, draft.record, institution)
    with connection.cursor() as cursor:
        cursor.execute(_SAID_BESIDE, values)
        return tuple(
            Comment(institution=said_for, by=by, at=written(at), text=text, means=means, place=place)
            for said_for, by, at, text, means, _, place in cursor
        )


def kept_on(record: str, *, institution: str) -> tuple[OwnItem, ...]:
    """What an institution keeps to itself on a record: its unsent drafts and its notes, the latest first."""
    values = (record, institution)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'draft', id, changed_by, changed_at, '' FROM consent_draft "
            "WHERE record = %s AND institution = %s AND sent = '' "
            'UNION ALL SELECT means, id, "by", "at", text FROM consent_note WHERE record = %s AND institution = %s '
            "ORDER BY 4 DESC, 2 DESC",
            (*values, *values),
        )
        return tuple(
            OwnItem(what=what, id=id, by=by, at=written(at), text=text) for what, id, by, at, text in cursor.fetchall()
        )


def drafts_unsent() -> tuple[Drafted, ...]:
    """Every draft that was not sent yet, whosever it is: to be shown only to those who may see it."""
    return drafts_where("d.sent = ''")


def drafts_where(condition: str, *values: str | int) -> tuple[Drafted, ...]:
    """Drafts with their submissions in one query, the one changed last coming first.

    `condition` is SQL of this room's own, on the draft as `d`; values stand in it as `%s`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DRAFTS.format(condition=condition), values)
        return drafts_in(cursor, commented=True)


def drafts_in(rows: Iterable[Sequence[Any]], *, commented: bool = False) -> tuple[Drafted, ...]:
    """The drafts of rows of COLUMNS, each with its submissions in the order in which they come; where `commented`,
    with what partners said, behind the columns."""
    drafts: dict[int, dict[str, Any]] = {}
    for row in rows:
        draft = drafts.setdefault(row[0], {**by_name(OF_A_DRAFT, row), "submissions": ()})
        if commented and row[-2]:
            draft |= {"comments": row[-2], "commented_at": written(row[-1])}
        if row[len(OF_A_DRAFT)] is not None:
            laid = by_name(OF_A_SUBMISSION, row[len(OF_A_DRAFT) :])
            laid["steps"] = steps_taken(laid["steps"])
            draft["submissions"] = (*draft["submissions"], Submitted(**laid))
    return tuple(_drafted(**draft) for draft in drafts.values())


def steps_taken(kept: str | None) -> tuple[StepTaken, ...]:
    """The approval steps of a submission, of the text that is kept of them."""
    if kept in (None, "", "[]"):
        return ()
    return tuple(StepTaken(**{**step, "name": Text.kept(step["name"])}) for step in from_json(kept))


def by_name(names: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """The first values of a row by their names, moments as they are written."""
    values = dict(zip(names, row, strict=False))
    return values | {name: written(values[name]) for name in _MOMENTS & values.keys()}


def _drafted(*, content: str, schema: str, reason: str | None, **draft: Any) -> Drafted:
    content_now = brought_up_to_date(from_json(content), schema=schema)
    return Drafted(content=content_now, reason=_json(reason), **draft)


def _json(kept: str | None) -> Any:
    return None if kept is None else from_json(kept)


def _said(row: models.CommentRow) -> Comment:
    return Comment(institution=row.institution, by=row.by, at=row.at, text=row.text, means="comment", place=row.place)


def _by_draft(*conditions: Q) -> dict[int, tuple[Comment, ...]]:
    comments: dict[int, tuple[Comment, ...]] = {}
    for row in models.CommentRow.objects.filter(*conditions).order_by("pk"):
        comments[row.draft_id] = (*comments.get(row.draft_id, ()), _said(row))
    return comments
