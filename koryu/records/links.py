"""Links from one record to another: a URI that says which kinds of record it may lead to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pydantic import BaseModel, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from koryu.values.reason import Reason, Refused
from koryu.values.uris import Uri


class Ref(Uri):
    """The URI of another record. `kinds` are the kinds it may name; empty means any.

    While a file is read, a short form such as `institution/ndl` is completed with the file's base
    (validation context key `base`); what was checked before it was kept is not checked again (`kept`).
    """

    kinds: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = core_schema.with_info_after_validator_function(cls._completed, core_schema.str_schema())
        return core_schema.json_or_python_schema(
            json_schema=schema,
            python_schema=schema,
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def _completed(cls, written: str, info: ValidationInfo) -> Self:
        context = info.context or {}
        if context.get("kept"):
            return str.__new__(cls, written)
        base = context.get("base")
        if ":" in written or base is None:
            return cls(written)
        return cls(base + written)


class ToInstitution(Ref):
    kinds = ("institution",)


class ToTheme(Ref):
    kinds = ("theme",)


class ToProgramme(Ref):
    kinds = ("programme",)


class ToAgreement(Ref):
    kinds = ("agreement",)


class ToExchange(Ref):
    kinds = ("exchange",)


class ToPerson(Ref):
    kinds = ("person",)


class ToPaper(Ref):
    kinds = ("paper",)


class ToParticipation(Ref):
    kinds = ("participation",)


class ToTimetable(Ref):
    kinds = ("timetable",)


class ToQuestions(Ref):
    kinds = ("questions",)


class ToWork(Ref):
    kinds = ("work",)


class ToOrigin(Ref):
    """What an outcome may grow out of."""

    kinds = ("agreement", "programme", "exchange", "outcome", "service")


class ToResult(Ref):
    """What an outcome may take form in."""

    kinds = ("agreement", "programme", "exchange", "service", "institution")


class ToOccasion(Ref):
    """What a promise may come from."""

    kinds = ("exchange", "questions", "summary", "paper", "timetable")


class ToProduct(Ref):
    """What a promise may lead to."""

    kinds = ("outcome", "service", "agreement", "programme", "exchange")


@dataclass(frozen=True, kw_only=True)
class Link:
    """One link out of a document: from which field (and item of it) to which record."""

    rel: str
    item: str
    target: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FieldPlace:
    """Where a value lies in a document: its top field, the id of the item (or ''), and the path as people read it."""

    rel: str = ""
    item: str = ""
    path: str = ""

    def into(self, name: str) -> "FieldPlace":
        path = f"{self.path}.{name}" if self.path else name
        return FieldPlace(rel=self.rel or name, item=self.item, path=path)

    def at(self, index: int, value: object) -> "FieldPlace":
        named = getattr(value, "id", None)
        return FieldPlace(rel=self.rel, item=self.item or named or "", path=f"{self.path}[{named or index}]")


def walk(value: Any, place: FieldPlace = FieldPlace()) -> Iterator[tuple[FieldPlace, Any]]:
    """Every value inside a document with its place, models and lists before what they hold."""
    yield place, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), place.into(name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, place.at(index, item))


def check_ids(document: BaseModel) -> None:
    """Raise Refused where two items of one list bear the same id."""
    if not _repeats(document):
        return
    # Only what is wrong needs a path to name it by.
    for place, value in walk(document):
        if isinstance(value, tuple) and (twice := _twice(value)):
            raise Refused(
                Reason(
                    "the id “%(id)s” is used twice in %(field)s; each item needs its own", field=place.path, id=twice
                )
            )


def _repeats(value: Any) -> bool:
    if isinstance(value, BaseModel):
        return any(_repeats(inner) for inner in value.__dict__.values() if isinstance(inner, BaseModel | tuple))
    return bool(_twice(value)) or any(_repeats(item) for item in value if isinstance(item, BaseModel))


def _twice(items: tuple[Any, ...]) -> str:
    """The first id that two of the items bear; empty if none is."""
    ids = [item.id for item in items if isinstance(item, BaseModel) and hasattr(item, "id")]
    return "" if len(set(ids)) == len(ids) else next(repeated for repeated in ids if ids.count(repeated) > 1)
