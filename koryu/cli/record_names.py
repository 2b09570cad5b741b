"""Which record a name on the command line means."""

from koryu.archive import queries as archive
from koryu.cli.bad_input import BadInput


def record_uri(name: str) -> str:
    """The URI of the record called by its URI or by kind and address (`programme/ndl-nlc`). Raises BadInput."""
    kind, _, slug = name.partition("/")
    uri = archive.uri_of(kind=kind, slug=slug) or (name if archive.known([name]) else None)
    if uri is None:
        raise BadInput(
            f"{name}: no record has this name; expected a URI or a kind and an address, as programme/ndl-nlc."
        )
    return uri
