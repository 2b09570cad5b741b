"""What readers would find if some texts stood: written down, read, and taken back in one transaction."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from secrets import token_hex

from django.db import transaction

from koryu.archive import effects as archive
from koryu.consent import queries
from koryu.ledger import queries as ledger
from koryu.ledger.models import ContentRow
from koryu.records.document import Document
from koryu.records.kinds import schema_of
from koryu.seals.digests import digest_of


@contextmanager
def as_if_stood(documents: Mapping[str, Document], *, said_by: str, at: str) -> Iterator[None]:
    """Within it these documents, by URI, stand in the archive; nothing of them is said, and nothing of it is kept.

    They come in the order in which they would be sent. The tables are held while it lasts: it is for one page.
    """
    with transaction.atomic():
        try:
            for place, (record, document) in enumerate(documents.items(), 1):
                _let_stand(record, document, said_by=said_by, at=at, entry=ledger.last_number() + place)
            yield
        finally:
            transaction.set_rollback(True)


def _let_stand(record: str, document: Document, *, said_by: str, at: str, entry: int) -> None:
    content, schema = document.content(), schema_of(document.kind)
    # No text has these digests, and so nothing that is known by a digest is mistaken for this.
    version, kept = digest_of(token_hex(16)), digest_of(token_hex(16))
    ContentRow.objects.create(digest=kept, salt="", content=json.dumps(content, ensure_ascii=False))
    header = {
        "record": record,
        "kind": document.kind,
        "parent": queries.history(record).in_force,
        "content": kept,
        "schema": schema,
    }
    archive.put(
        version=version,
        header=header,
        visibility=document.visibility,
        basis="agreed",
        said_by=said_by,
        by_letter=(),
        at=at,
        entry=entry,
    )
    standing = archive.StandingRecord(
        kind=document.kind,
        owners=frozenset(document.owners()),
        recorders=(),
        version=version,
        schema=schema,
        content=content,
    )
    archive.settle(record, standing, entry=entry)
