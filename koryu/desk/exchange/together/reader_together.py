"""Who reads texts that go together on one page: what of them is on no record yet is called there as it is drafted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.together.named_together import TogetherWriter, drafted_lines, places_of
from koryu.desk.exchange.together.text_views import TextReader
from koryu.wording.languages import active_reader


def reader_together(
    me: CurrentUser,
    work: ExchangeWork,
    texts: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    naming: Iterable[str],
    known_by: tuple[str, ...],
) -> tuple[TextReader, Mapping[str, Line]]:
    """(whoever reads, the lines of all that is named): `texts` are records with what they say, as the page numbers
    them, `naming` what they name; `known_by` names exactly these texts."""
    lines = archive.lines_named(naming, asking=me.institution, besides={**drafted_lines(texts), **work.named})
    places = places_of(uri for uri, _content in texts)
    writer = TogetherWriter(
        active_reader().slug,
        lines,
        names=me.names,
        places={uri: place for uri, place in places.items() if uri not in work.named},
    )
    return TextReader(last=work.last, institution=me.institution, together=known_by, writer=writer), lines
