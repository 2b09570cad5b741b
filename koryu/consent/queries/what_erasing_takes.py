"""What goes when a draft is discarded or a record is erased, and what stays because something else names it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from koryu.consent import models
from koryu.consent.queries import contents_of, history
from koryu.consent.rules.history import History
from koryu.consent.rules.namings import letters_named, namings_of_draft, namings_of_letters
from koryu.consent.rules.policies import erasable, versions_to_erase
from koryu.consent.rules.statement import statement_of
from koryu.files import queries as files
from koryu.files.rules import Brought, Naming, named_again
from koryu.ledger import queries as ledger
from koryu.records.schema import files_named


@dataclass(frozen=True, kw_only=True)
class Going:
    """How much goes when a record is erased: its versions, the reasons and remarks (`texts`), the drafts that were sent
    with the comments on them, the notes on it, the files it alone names. `unsent` are the drafts that stay.
    """

    versions: int
    texts: int
    drafts: int
    comments: int
    notes: int
    files: int
    unsent: int


def still_named(gone: Iterable[Brought], *, but_of: str = "", but_draft: int = 0) -> tuple[Naming, ...]:
    """Where these files are named too, other than in the record `but_of` or the draft `but_draft`."""
    digests = dict.fromkeys(file.digest for file in gone)
    return tuple(naming for digest in digests for naming in namings(digest, but_of=but_of, but_draft=but_draft))


def brought_and_going(record: str, *, versions: frozenset[str], history: History) -> tuple[Brought, ...]:
    """The files brought for a record that go when these versions of it are erased: those that no other version names.

    What was brought for a draft that was not sent stays.
    """
    unsent = set(models.DraftRow.objects.filter(record=record, sent="").values_list("pk", flat=True))
    staying = {version: header for version, header in history.headers.items() if version not in versions}
    contents = contents_of(staying).values()
    kept = {digest for content in contents for digest in (*files_named(content), *letters_named(content))}
    kept |= {said.letter for version in staying for said in history.about(version) if said.letter}
    return tuple(file for file in files.brought_for(record) if file.draft not in unsent and file.digest not in kept)


def what_goes(record: str, *, institution: str, at_request_of_named: bool) -> Going:
    """How much goes when an institution has a record erased, and how many drafts that were not sent stay."""
    said = history(record)
    versions = versions_to_erase(said, institution=institution, at_request_of_named=at_request_of_named)
    digests = erasable(said, institution=institution, at_request_of_named=at_request_of_named)
    gone = brought_and_going(record, versions=versions, history=said)
    there = ledger.contents(digests)
    named = still_named(gone, but_of=record)
    stays = {file.digest for file in gone if named_again(file, named) or set(files.brought(file.digest)) - set(gone)}
    sent = models.DraftRow.objects.filter(record=record, sent__in=versions)
    notes = models.Note.objects.filter(record=record) if versions >= said.headers.keys() else models.Note.objects.none()
    return Going(
        versions=len(there.keys() - set(said.texts)),
        texts=len(there.keys() & set(said.texts)),
        drafts=sent.count(),
        comments=models.CommentRow.objects.filter(draft__in=sent).count(),
        notes=notes.count(),
        files=len({file.digest for file in gone} - stays),
        unsent=models.DraftRow.objects.filter(record=record, sent="").count(),
    )


def namings(digest: str, *, but_of: str = "", but_draft: int = 0) -> Iterator[Naming]:
    """Every place that names a file: versions, letters and drafts that were not sent.

    The record `but_of` and the draft `but_draft` are left out. Whoever put a version forward names what is in it;
    whoever recorded a letter names the letter.
    """
    named = {salted.digest: _called_in(salted.content, digest) for salted in ledger.contents_with(digest)}
    versions = (content for content, name in named.items() if name is not None)
    said = [entry for version in versions for entry in ledger.entries_with(version, said=("recorded", "proposed"))]
    for statement in (statement_of(entry.sealed) for entry in said):
        name = named.get(statement.header.content) if statement.header else None
        if statement.record and statement.record != but_of and name is not None:
            yield Naming(digest=digest, institution=statement.institution, record=statement.record, name=name)
    letters = (statement_of(entry.sealed) for entry in ledger.entries_with(digest, said=("accepted by letter",)))
    yield from (naming for naming in namings_of_letters(letters) if naming.digest == digest and naming.record != but_of)
    unsent = models.DraftRow.objects.filter(sent="").exclude(pk=but_draft)
    for pk, institution, record, content in unsent.values_list("pk", "institution", "record", "content"):
        in_draft = namings_of_draft(content, institution=institution, record=record, draft=pk)
        yield from (naming for naming in in_draft if naming.digest == digest)


def _called_in(content: Mapping[str, Any], digest: str) -> str | None:
    """What a content calls a file, '' for a letter it only rests on; None where it does not name it."""
    return files_named(content).get(digest, "" if digest in letters_named(content) else None)
