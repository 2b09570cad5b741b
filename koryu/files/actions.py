"""Bringing files, and letting go of them when nobody has a use for them any more."""

from collections.abc import Iterable

from django.db import transaction

from koryu.files import models, queries, rules
from koryu.seals.digests import digest
from koryu.values.reason import Refused


def bring(
    *,
    name: str,
    media_type: str,
    body: bytes,
    institution: str,
    record: str,
    by: str,
    at: str,
    draft: int = 0,
) -> str:
    """Keep a file that an institution brings for a draft or a record, and return the digest of its bytes.

    Bytes are kept once. Whoever brings the same file for the same purpose again gives it another name.
    """
    row = models.FileRow(digest=digest(body), size=len(body), body=body)
    with transaction.atomic():
        models.FileRow.objects.bulk_create([row], ignore_conflicts=True)
        if not _held([row.digest]):
            # It was there, and was dropped while we waited for whoever did that.
            models.FileRow.objects.bulk_create([row], ignore_conflicts=True)
        models.Bringing.objects.update_or_create(
            digest=row.digest,
            institution=institution,
            record=record,
            draft=draft,
            defaults={"name": name, "media_type": media_type, "by": by, "at": at},
        )
    return row.digest


def bring_upload(
    *, name: str, body: bytes, most: int, institution: str, record: str, by: str, at: str, draft: int = 0
) -> queries.NamedFile:
    """Keep a file that somebody sent, and return it as it is kept. Raises Refused for one that is not kept."""
    refusal = rules.may_keep(name=name, body=body, most=most)
    if refusal:
        raise Refused(refusal)
    kept, media_type = rules.name_to_keep(name), rules.media_type_of(name)
    file = bring(
        name=kept,
        media_type=media_type,
        body=body,
        institution=institution,
        record=record,
        draft=draft,
        by=by,
        at=at,
    )
    return queries.NamedFile(digest=file, name=kept, media_type=media_type, size=len(body), body=body)


def put_down(*, name: str, body: bytes, known_by: str, institution: str, place: str, by: str, at: str) -> int:
    """Keep a file for as long as an institution looks at it in this place, and return its number.

    The same file put down again is the same one, with when it was taken in.
    """
    row, _made = models.ArrivedFile.objects.update_or_create(
        institution=institution,
        place=place,
        known_by=known_by,
        defaults={"name": rules.name_to_keep(name), "body": body, "by": by, "at": at},
    )
    return int(row.pk)


def note_taken(number: int, *, rows: int, at: str) -> None:
    """Note that a file was taken in; neither its bytes nor its name are kept."""
    models.ArrivedFile.objects.filter(pk=number).update(body=b"", name="", taken_at=at, rows=rows)


def put_away(number: int) -> None:
    """Forget a file that nothing was taken from; of one that was taken in before, that stays known."""
    rows = models.ArrivedFile.objects.filter(pk=number)
    rows.filter(taken_at=None).delete()
    rows.update(body=b"")


def let_go(gone: Iterable[rules.Brought], *, still_named: Iterable[rules.Naming]) -> int:
    """Delete these bringings, and the bytes that nobody else has brought. Returns how many files were deleted.

    `still_named` is where the same bytes are named besides. An institution that names them elsewhere, and has not
    brought them for that, keeps them as if it had: under the name they have there, not under the one that goes. That
    another names them, who never brought them, keeps nothing. Must be called within a transaction.
    """
    gone, still_named = tuple(gone), tuple(still_named)
    held = _held(bringing.digest for bringing in gone)
    for bringing in gone:
        rows = models.Bringing.objects.filter(digest=bringing.digest, institution=bringing.institution)
        row = rows.filter(record=bringing.record, draft=bringing.draft)
        again = rules.named_again(bringing, still_named)
        if again is None or rows.filter(record=again.record, draft=again.draft).exists():
            row.delete()
        else:
            row.update(record=again.record, draft=again.draft, name=again.name or rules.name_without_words(bringing))
    in_use = models.Bringing.objects.filter(digest__in=held).values_list("digest", flat=True)
    return models.FileRow.objects.filter(digest__in=held - set(in_use)).delete()[0]


def _held(digests: Iterable[str]) -> set[str]:
    """Those of these files that are kept, held until the transaction ends: nobody else brings or drops them then."""
    rows = models.FileRow.objects.filter(digest__in=set(digests)).select_for_update()
    return set(rows.values_list("digest", flat=True))
