"""Candidate dates of an exchange put forward, withdrawn and answered: for each institution by its own people.

Every verb takes `institution`, `by` (the username), `at` and `together`, the institutions among whom a draft of the
exchange is shown; it raises Refused with the reason where a rule says no.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from koryu.consent.queries.what_erasing_takes import namings
from koryu.files import queries as files
from koryu.files.actions import let_go
from koryu.files.rules import Brought, Naming
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning import models
from koryu.planning.queries.candidate_dates import candidates
from koryu.planning.rules.candidates import Candidate, DateAnswer, Says, answer_fails, candidate_fails
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

GONE: Final = Reason("These candidate dates are no longer there.")
_WRITTEN: Final = ("of", "kept_by", "says", "remark", "means", "told_on", "file", "file_name")
# How long candidates are kept after their last day.
_KEPT: Final = timedelta(days=730)
_CHANGED: Final = Reason("Somebody else changed this meanwhile. Look at it, and save again.")


def put_forward(
    *,
    institution: str,
    exchange: str,
    spans: Iterable[tuple[date, date]],
    together: Collection[str],
    says: Says = Says.POSSIBLE,
    today: date,
    by: str,
    at: str,
) -> None:
    """Put dates forward, each from its first to its last day, all or none; for us they are `says`.

    What was withdrawn before is put forward again.
    """
    _may_plan(institution, by)
    with transaction.atomic():
        _alone_at(exchange)
        for first, last in spans:
            beside = candidates(exchange, asking=institution, together=together)
            or_refuse(candidate_fails(first, last, today=today, beside=beside))
            row, _is_new = models.CandidateRow.objects.update_or_create(
                institution=institution,
                exchange=exchange,
                first=first,
                last=last,
                defaults={"withdrawn_at": None, "withdrawn_by": "", "by": by, "at": at},
            )
            new = Candidate(id=row.pk, institution=institution, first=first, last=last)
            before = next((each for each in beside if each.id == row.pk), new)
            own = before.last_said(institution, institution)
            answer = DateAnswer(of=institution, kept_by=institution, says=says, edition=own.edition if own else 0)
            _write(before, answer, by=by, at=at)


def withdraw_candidate(
    *, institution: str, exchange: str, candidate: int, together: Collection[str], by: str, at: str
) -> None:
    """Take back dates that we put forward ourselves; what was said of them stays."""
    _may_plan(institution, by)
    with transaction.atomic():
        dates = _candidate(exchange, candidate, institution, together)
        if dates.institution != institution:
            raise Refused(Reason("Only the institution that put these dates forward can withdraw them."))
        if not dates.withdrawn_at:
            models.CandidateRow.objects.filter(pk=candidate).update(withdrawn_at=at, withdrawn_by=by)


def answer_candidates(
    *,
    institution: str,
    exchange: str,
    answers: Iterable[tuple[int, DateAnswer]],
    together: Collection[str],
    today: date,
    by: str,
    at: str,
) -> int:
    """Say of candidates, by their numbers, what an institution says of them, all or none. Returns how many changed.

    The `edition` of each answer is that of the last one seen, 0 where there was none: refused where somebody has
    answered meanwhile. What is the same as before is not said again.
    """
    _may_plan(institution, by)
    changed = 0
    with transaction.atomic():
        known = {each.id: each for each in candidates(exchange, asking=institution, together=together)}
        for number, said in answers:
            if number not in known:
                raise Refused(GONE)
            before = known[number].last_said(said.of, institution)
            if (before.same if before else ("", "", "", "", "")) == said.same:
                continue
            if said.remark:
                check_characters(said.remark)
            or_refuse(answer_fails(said, known[number], today=today))
            _write(known[number], replace(said, kept_by=institution), by=by, at=at)
            changed += 1
    return changed


def note_asked(
    *, institution: str, exchange: str, of: str, together: Collection[str], today: date, by: str, at: str
) -> int:
    """Note that an institution was asked by letter or mail about all that is still to come and not answered by it.
    Returns how many candidates these are."""
    known = candidates(exchange, asking=institution, together=together)
    asked = [
        (each.id, DateAnswer(of=of, kept_by=institution, says=Says.ASKED, edition=0))
        for each in known
        if not each.withdrawn_at and each.first >= today and each.answer_of(of, asking=institution) is None
    ]
    return answer_candidates(
        institution=institution, exchange=exchange, answers=asked, together=together, today=today, by=by, at=at
    )


def delete_old_candidates(*, today: date) -> int:
    """Delete the candidates whose days passed two years ago, with what was said of them, and the letters that nothing
    else names. Returns how many they were."""
    with transaction.atomic():
        old = models.CandidateRow.objects.filter(last__lt=today - _KEPT)
        letters = _letters(old)
        number = old.count()
        if not number:
            return 0
        old.delete()
        gone = [
            bringing
            for digest, institution, exchange in sorted(letters - _letters(models.CandidateRow.objects.all()))
            for bringing in files.brought(digest)
            if (bringing.institution, bringing.record, bringing.draft) == (institution, exchange, 0)
        ]
        named = {bringing: tuple(namings(bringing.digest)) for bringing in gone}
        let_go(
            [bringing for bringing in gone if not _is_named_there(bringing, named[bringing])],
            still_named=[naming for listed in named.values() for naming in listed],
        )
    return number


def _alone_at(exchange: str) -> None:
    """Wait for whoever else puts dates of this exchange forward, until the end of the transaction: how many there are
    is counted, and counted by two at once it would be one too many.

    In SQLite the transaction itself begins with a write lock (see settings).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"koryu candidates {exchange}",))


def _letters(rows: QuerySet[models.CandidateRow]) -> set[tuple[str, str, str]]:
    """The letters by which partners answered: digest, who keeps it, of which exchange."""
    places = models.PlaceRow.objects.filter(candidate__in=rows).exclude(file="")
    return set(places.values_list("file", "kept_by", "candidate__exchange"))


def _is_named_there(bringing: Brought, places: Iterable[Naming]) -> bool:
    """Whether the exchange itself names the file too: by the same letter a text was accepted."""
    here = (bringing.institution, bringing.record)
    return any((naming.institution, naming.record) == here for naming in places)


def _write(candidate: Candidate, said: DateAnswer, *, by: str, at: str) -> None:
    """Add what is said after the edition that was seen. Raises Refused where that is not the last."""
    last = candidate.last_said(said.of, said.kept_by)
    if said.edition != (last.edition if last else 0):
        raise Refused(_CHANGED)
    written: dict[str, Any] = {name: getattr(said, name) for name in _WRITTEN}
    try:
        with transaction.atomic():
            models.PlaceRow.objects.create(candidate_id=candidate.id, **written, edition=said.edition + 1, by=by, at=at)
    except IntegrityError:
        raise Refused(_CHANGED) from None


def _candidate(exchange: str, number: int, institution: str, together: Collection[str]) -> Candidate:
    known = candidates(exchange, asking=institution, together=together)
    dates = next((each for each in known if each.id == number), None)
    if dates is None:
        raise Refused(GONE)
    return dates


def _may_plan(institution: str, by: str) -> None:
    or_refuse(roles.may_plan(role=institutions.role_of(person=by, institution=institution)))
