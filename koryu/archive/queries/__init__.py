"""Reading the archive: frozen values, in an order that a rebuild does not change."""

from koryu.archive.queries.descent import DESCENT, Descent, descent
from koryu.archive.queries.edition import edition, edition_at_once, edition_however_long
from koryu.archive.queries.lines import (
    Backlink,
    Line,
    by_date,
    documents,
    lines,
    lines_named,
    lines_of_what_comes,
    links_to,
)
from koryu.archive.queries.named import News, counts, known, news, number_taken, series_of, uri_at, uris
from koryu.archive.queries.searching import EVERYONE, automatic_readings, found, suggested
from koryu.archive.queries.whole import Record, Remark, Version, record_at, record_named, records, was_erased

__all__ = [
    "DESCENT",
    "EVERYONE",
    "Backlink",
    "Descent",
    "Line",
    "News",
    "Record",
    "Remark",
    "Version",
    "automatic_readings",
    "by_date",
    "counts",
    "descent",
    "documents",
    "edition",
    "edition_at_once",
    "edition_however_long",
    "found",
    "known",
    "lines",
    "lines_named",
    "lines_of_what_comes",
    "links_to",
    "news",
    "number_taken",
    "record_at",
    "record_named",
    "records",
    "series_of",
    "suggested",
    "uri_at",
    "uris",
    "was_erased",
]
