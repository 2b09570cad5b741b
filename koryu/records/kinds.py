"""The list of kinds, and how contents are read: by the model for their kind and schema number."""

import re
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final, get_args

from pydantic import ValidationError

import koryu.records
from koryu.records.document import Document
from koryu.values.reason import N_, Reason, Refused

# The modules of this room that declare no kind.
_NO_KINDS: Final = frozenset(
    {
        "document",
        "doubts",
        "form_groups",
        "kinds",
        "links",
        "listed_values",
        "running",
        "schema",
        "search_entry",
    }
)


def _model_in(module: str) -> type[Document]:
    """The kind that a module of this room declares: the document whose `kind` is the name of the module.

    A kind of two words has a hyphen where the name of its module, as Python has names, has an underscore.
    """
    models, kind = vars(import_module(f"koryu.records.{module}")).values(), module.replace("_", "-")
    return next(
        model
        for model in models
        if isinstance(model, type) and issubclass(model, Document) and _kind_named_by(model) == kind
    )


def _kind_named_by(model: type[Document]) -> str:
    named = get_args(model.model_fields["kind"].annotation)
    return str(named[0]) if named else ""


def _declared() -> dict[str, type[Document]]:
    modules = (module.name for module in iter_modules(koryu.records.__path__))
    models = [_model_in(module) for module in modules if module not in _NO_KINDS]
    return {_kind_named_by(model): model for model in sorted(models, key=lambda model: model.place)}


# Every kind there is, one file of this room each, in the order in which a set of records is put on record.
KINDS: Final[Mapping[str, type[Document]]] = _declared()
# What one of a kind is called, and what a list of them is headed: messages to be translated.
NAMES: Final[Mapping[str, tuple[str, str]]] = {kind: model.kind_names for kind, model in KINDS.items()}

# The kinds that are for the institutions of their exchange, whatever becomes of them.
NEVER_PUBLIC: Final = frozenset(kind for kind, model in KINDS.items() if model.never_public)

# The models of numbers before the current one, by kind and number. None is ever taken away: what follows it stays.
EARLIER: Mapping[tuple[str, int], type[Document]] = {}

_SCHEMA: Final = re.compile(r"koryu/(?P<kind>[a-z-]+)/(?P<number>[1-9][0-9]{0,5})")


class Newer(Refused):
    """A content is of a newer Koryu than this one."""


def schema_of(kind: str) -> str:
    """The schema in which contents of a kind are written now, such as `koryu/programme/1`; '' for no kind."""
    return f"koryu/{kind}/{KINDS[kind].schema_number}" if kind in KINDS else ""


def document_of(
    content: Mapping[str, Any], *, schema: str = "", base: str | None = None, kept: bool = False
) -> Document:
    """The document that this content is, by the model of its schema.

    `schema` is what the header of its version names; without one, the content is being written now. What was written
    under an earlier number is read by the model of that number, for ever.

    `base` completes short links such as `institution/ndl`. Of a content that was `kept`, and so was checked before,
    texts and links are taken as they are. Whether a content contradicts itself is asked while it is being written, and
    not of what was said: that is read for ever.

    Raises Newer for a schema, field or choice of a newer Koryu, Refused for what is no kind or schema, and
    pydantic.ValidationError for a content that does not fit its schema.
    """
    model = _model_of(schema) if schema else _kind_of(content)
    try:
        return model.model_validate(content, context={"base": base, "kept": kept, "said": bool(schema)})
    except ValidationError as bad:
        # Within a number fields and choices may be added: in what came with its header they are no mistake in typing.
        added = next((error for error in bad.errors() if error["type"] in _ADDED), None) if schema else None
        if added is None:
            raise
        raise Newer(Reason(_ADDED_SINCE, where=".".join(map(str, added["loc"])))) from bad


def visibility_in(content: Mapping[str, Any]) -> str:
    """Who may read a content, finished or not, as its kind or it itself says: see Document.visibility."""
    return "institutions" if content.get("kind") in NEVER_PUBLIC else str(content.get("shown_to") or "public")


def brought_up_to_date(content: Mapping[str, Any], *, schema: str) -> dict[str, Any]:
    """The content as the current number of its kind writes it; as it is where it follows that already, or no schema.

    Nothing is lost and nothing made up. Takes unfinished contents too. Raises Newer for a schema of a newer Koryu.
    """
    if not schema:
        return dict(content)
    model, current = _model_of(schema), KINDS[_named(schema)[0]]
    brought = dict(content)
    for number in range(model.schema_number + 1, current.schema_number + 1):
        newer = _model_of(f"koryu/{_named(schema)[0]}/{number}")
        brought = newer.from_number_before(brought)
    return brought


def current_document(content: Mapping[str, Any], *, schema: str, kept: bool = False) -> Document:
    """The document that this content is today, whatever number it was written under: what pages and lists show.

    What was agreed is asked of `document_of`: owners, digests and proofs are those of the content as it was written.
    """
    if not schema:
        return document_of(content, kept=kept)
    return document_of(brought_up_to_date(content, schema=schema), schema=schema_of(_named(schema)[0]), kept=kept)


def _kind_of(content: Mapping[str, Any]) -> type[Document]:
    kind = KINDS.get(str(content.get("kind")))
    if kind is None:
        raise Refused(
            Reason(
                "“%(kind)s” is not a kind of record; expected one of %(kinds)s",
                kind=content.get("kind", ""),
                kinds=", ".join(KINDS),
            )
        )
    return kind


def _model_of(schema: str) -> type[Document]:
    kind, number = _named(schema)
    current = KINDS.get(kind)
    if current is None or number > current.schema_number:
        raise Newer(Reason(_NEWER, schema=schema))
    return current if number == current.schema_number else EARLIER[kind, number]


def _named(schema: str) -> tuple[str, int]:
    named = _SCHEMA.fullmatch(schema)
    if named is None:
        raise Refused(Reason("“%(schema)s” is not the name of a schema", schema=schema))
    return named["kind"], int(named["number"])


_NEWER: Final = N_("This record follows the schema %(schema)s, which is newer than this server; upgrade Koryu")
_ADDED: Final = frozenset({"extra_forbidden", "enum"})
_ADDED_SINCE: Final = N_(
    "This record says something in “%(where)s” that this server does not know yet: it is older than the server on "
    "which the record was written; upgrade Koryu"
)
