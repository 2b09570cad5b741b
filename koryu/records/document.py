"""The base of every kind of record: its title, its sources, differing accounts, and the questions a kind answers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from koryu.records import search_entry
from koryu.records.doubts import check_web_address
from koryu.records.form_groups import FormGroup
from koryu.records.links import Link, Ref, ToExchange, ToInstitution, ToWork, check_ids, walk
from koryu.records.listed_values import VALUES, Summary
from koryu.search.entries import SearchEntry, WrittenForm
from koryu.values.edtf import Edtf
from koryu.values.frozen import Frozen, is_new
from koryu.values.invisible import check_seen
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text

# The texts that name something or somebody, wherever they stand in a document.
_NAMING: Final = frozenset(
    ("title", "name", "printed", "calls_it", "corporate_author", "city", "venue", "site", "container", "publisher")
)


# A title in these is the reading of the Japanese one.
_IN_KANA: Final = frozenset(("ja-Hira", "ja-Kana", "ja-Hrkt"))


def _seen(text: str, info: ValidationInfo) -> str:
    if is_new(info):
        check_seen(text)
    return text


def _web_address(written: str, info: ValidationInfo) -> str:
    if is_new(info):
        check_web_address(written)
    return written


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Names this item inside its record, for good.")]
# What has a name, a number or an identifier in it, letter for letter.
Plain = Annotated[str, Field(min_length=1, pattern=r"\S"), AfterValidator(_seen)]
# What may run over lines.
Prose = Annotated[str, Field(min_length=1, pattern=r"\S")]
WebAddress = Annotated[str, Field(pattern=r"^https?://\S+$"), AfterValidator(_web_address)]
MediaType = Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$")]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Duration = Annotated[str, Field(pattern=r"^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$", min_length=3, description="ISO 8601: P3M.")]
Visibility = Literal["public", "institutions", "own"]
# Of what belongs to an exchange: whether it is for everybody, or for the institutions of the exchange.
Readership = Literal["public", "institutions"]


class Item(Frozen):
    """One item of a list: it has an id, so that a remark, a translation or a link can point to it."""

    id: Id


class Letter(Frozen):
    """A letter, list or mail of an institution, named by the digest of its file, which is not public."""

    digest: Digest
    dated: Edtf | None = None
    exchange: ToExchange | None = Field(default=None, description="Of which exchange it is, where the record has none.")
    public: bool = Field(default=False, description="Whether the letter allows that what it says is made public.")


class Citation(Item):
    """A work, or a letter, that this record rests on, and where in it."""

    work: ToWork | None = None
    letter: Letter | None = None
    where: Text | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.work is None) == (self.letter is None):
            raise Refused(Reason("a source must be a work or a letter"))
        return self


class Variant(Item):
    """What one source says of a field, where sources differ. Variants of one field are shown side by side as equals."""

    field: Plain
    value: Edtf | Text
    record: Ref | None = None
    scope: Text | None = None
    source: ToWork


class Derived(Item):
    """A field whose value no source states: on what grounds it is given."""

    field: Plain
    grounds: Text


class OpenPoint(Item):
    """A point that is agreed to be open."""

    field: Plain
    note: Text | None = None


class File(Item):
    """A file named by its digest."""

    name: Plain
    digest: Digest
    media_type: MediaType
    size: int = Field(ge=0, description="In bytes.")


class Document(Frozen):
    """The content of one version of a record.

    A kind adds its fields and answers `owners`, `when` and `summary`, which are pure functions of the content; and it
    declares what every other room needs to know of it, so that a kind is one file:

    `kind_names` are what one is called and what a list of them is headed; `place` is where it comes when records are
    put on record, after what it links to. `form_groups` are the fields that each question of its form asks for, in
    order: one that is in no group stands in the first, what is said about statements in the last; `first_fields` are
    open at once, with those that are needed, and the rest is folded. `whose` is the field in which whoever begins one
    stands, and `own_half` says that officers send it for their institution themselves. `has_list` where readers are
    offered a list of all of them; `links_say` is what its links say on the pages they lead to, by field, and `cites`
    what is said of it on the page of a work that it rests on. `field_names` are the names of fields that no other kind
    has, or that other kinds call otherwise.

    Where `never_public`, it is for its owners and the institutions of its exchange, and can never be for more.

    `owned_by` are the fields that name its owners; `claims_by` those by which it says of another record what only that
    one's institutions can agree to say (rule 9).
    """

    kind_names: ClassVar[tuple[str, str]] = ("", "")
    place: ClassVar[int] = 1000
    first_fields: ClassVar[tuple[str, ...]] = ()
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {}
    whose: ClassVar[str] = ""
    own_half: ClassVar[bool] = False
    has_list: ClassVar[bool] = False
    links_say: ClassVar[Mapping[str, str]] = {}
    cites: ClassVar[str] = ""
    field_names: ClassVar[Mapping[str, str]] = {}
    never_public: ClassVar[bool] = False
    owned_by: ClassVar[tuple[str, ...]] = ()
    claims_by: ClassVar[frozenset[str]] = frozenset()

    schema_number: ClassVar[int] = 1
    never_open: ClassVar[frozenset[str]] = frozenset({"title"})
    rests_on_itself: ClassVar[bool] = False

    kind: str
    title: Text
    sources: tuple[Citation, ...] = ()
    variants: tuple[Variant, ...] = ()
    derived: tuple[Derived, ...] = ()
    open: tuple[OpenPoint, ...] = ()
    notes: Text | None = None

    @model_validator(mode="after")
    def _hangs_together(self, info: ValidationInfo) -> Self:
        if (info.context or {}).get("kept"):
            return self
        check_ids(self)
        if is_new(info):
            self._check_names()
        for field in (*(variant.field for variant in self.variants), *(derived.field for derived in self.derived)):
            self._check_field(field)
        for point in self.open:
            self._check_open(point.field)
        return self

    def _check_names(self) -> None:
        for place, value in walk(self):
            if isinstance(value, Text) and place.path.rpartition(".")[2] in _NAMING:
                for form in value.forms.values():
                    check_seen(form)

    def _check_field(self, field: str) -> None:
        if field.split(".")[0].split("[")[0] not in type(self).model_fields:
            raise Refused(Reason("“%(field)s” is not a field of this kind of record", field=field))

    def _check_open(self, field: str) -> None:
        self._check_field(field)
        if field in self.never_open:
            raise Refused(Reason("“%(field)s” cannot be left open in this kind of record", field=field))
        if getattr(self, field, None):
            raise Refused(Reason("“%(field)s” is marked as left open but is filled in", field=field))

    @property
    def visibility(self) -> Visibility:
        """Who may read this content once it stands; a kind that can be for fewer than everybody says so itself."""
        return "institutions" if self.never_public else getattr(self, "shown_to", "public")

    @property
    def says_who_reads(self) -> bool:
        """Whether contents of this kind can be for fewer than everybody, and each says for whom it is."""
        return "shown_to" in type(self).model_fields

    @property
    def schema_name(self) -> str:
        """The name of the schema this content follows, such as `koryu/programme/1`."""
        return f"koryu/{self.kind}/{self.schema_number}"

    @classmethod
    def from_number_before(cls, content: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG003 -- for a second number
        """Convert a content of the schema number before this model's; every kind with a second number defines it.

        Pure. What fits the number before must fit this one when it is brought here, and lose nothing; so a field that
        only a person could fill is not required by a new number. Takes unfinished contents too.
        """
        raise TypeError(f"{cls.__name__} does not say how what came before it is brought up to date")

    def content(self) -> dict[str, Any]:
        """The content as plain JSON values: what is digested, stored and sent."""
        return {"kind": self.kind, **self.model_dump(mode="json", exclude_defaults=True)}

    def owners(self) -> tuple[str, ...]:
        """The URIs of the institutions that must agree to this content, sorted."""
        return sorted_uris(*(uri for field in self.owned_by for uri in _uris(getattr(self, field))))

    @classmethod
    def owners_in(cls, content: Mapping[str, Any]) -> tuple[str, ...]:
        """As `owners`, for a content that may be unfinished and hold any JSON."""
        return sorted_uris(*(uri for field in cls.owned_by for uri in _uris(content.get(field))))

    def claims(self) -> tuple[Link, ...]:
        """The links that say of another record what only its institutions can agree to say (rule 9)."""
        return tuple(link for link in self.links() if link.rel in self.claims_by)

    def belongs_to(self) -> str:
        """The URI of the exchange this is a part of; '' where it is a part of none."""
        return str(getattr(self, "exchange", "")) if "exchange" in self.claims_by else ""

    def when(self) -> Edtf | None:
        """The date by which lists order this record."""
        return None

    def is_awaited(self) -> bool:
        """Whether this is still to come, or nothing on record says yet that it came."""
        return False

    def summary(self) -> Summary:
        """The few values of this record that lists and figures need: what they show without opening the document."""
        dated = self.when()
        return Summary(
            title=self.title.as_json(),
            date=str(dated) if dated else "",
            inferred=self._inferred(),
            readings=self.readings(),
        )

    def readings(self) -> dict[str, str]:
        """How the title is read, by language, as somebody put on record: lists go by it."""
        kana = next((form for tag, form in self.title.forms.items() if tag in _IN_KANA), "")
        return {"ja": kana} if kana and "ja" in self.title.forms else {}

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        """Of which fields the values of the summary are made, where they are not those of the same name."""
        return {}

    def is_inferred(self, path: str) -> bool:
        """Whether the value at this path, such as `dates[trip].date`, is derived, or part of what is, or has a part."""
        return any(_lies_in(path, inference.field) or _lies_in(inference.field, path) for inference in self.derived)

    def _inferred(self) -> tuple[str, ...]:
        """The values of the summary that no source states."""
        if not self.derived:
            return ()
        own = {name: (name,) for name in type(self).model_fields if name in VALUES and name != "title"}
        titles = {f"title.{tag}": (f"title.{tag}",) for tag in self.title.forms}
        every = {**own, **titles, **self.summary_paths()}
        return tuple(value for value, paths in every.items() if any(map(self.is_inferred, paths)))

    def departed(self) -> tuple[str, ...]:
        """The institutions that, by this content, have left what they took part in."""
        return ()

    def numbers(self) -> tuple[tuple[str, str], ...]:
        """(programme URI, number as printed) for each number this record bears in a programme's series."""
        return ()

    def links(self) -> tuple[Link, ...]:
        """Every link out of this document, each once."""
        every_link = (
            Link(rel=place.rel, item=place.item, target=str(value), kinds=value.kinds)
            for place, value in walk(self)
            if isinstance(value, Ref)
        )
        return tuple(dict.fromkeys(every_link))

    def texts(self) -> Iterator[tuple[str, Text]]:
        """(path, text) for every text of this document, in order."""
        return ((place.path, value) for place, value in walk(self) if isinstance(value, Text))

    def written_names(self) -> tuple[WrittenForm, ...]:
        """The names this record is found by, with the readings on record for them."""
        return ()

    def written_elsewhere(self) -> tuple[WrittenForm, ...]:
        """What this record says in one language alone, outside its texts."""
        return ()

    def years(self) -> tuple[int, int] | None:
        """The first and last year this record speaks of."""
        return search_entry.years(self.when())

    def found_by(self, uri: str, *, audience: tuple[str, ...]) -> SearchEntry:
        """Everything the record called `uri` is to be found by, what it is narrowed by, and who may find it."""
        names = search_entry.once(self.written_names())
        titles = search_entry.once(search_entry.titled(self.title), besides=names)
        others = (*search_entry.forms(*search_entry.other_texts(self.texts())), *self.written_elsewhere())
        institutions = self._of_kind("institution", uri)
        return SearchEntry(
            uri=uri,
            kind=self.kind,
            audience=audience,
            names=names,
            titles=titles,
            texts=search_entry.once(others, besides=(*names, *titles)),
            programme=self._of_kind("programme", uri),
            institution=institutions,
            theme=self._of_kind("theme", uri),
            form=tuple(filter(None, [self.summary().form])),
            years=self.years(),
        )

    def _of_kind(self, kind: str, uri: str) -> tuple[str, ...]:
        """The URIs of a kind that this record is or links to, without the institution that only keeps the record."""
        linked = (link.target for link in self.links() if link.kinds == (kind,) and link.rel != "kept_by")
        return tuple(dict.fromkeys((*([uri] if self.kind == kind else []), *linked)))


class Post(Item):
    """A post as printed at the time: what it is called, in which unit, of which body."""

    post: Text | None = None
    unit: Text | None = None
    institution: ToInstitution | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.post or self.unit):
            raise Refused(Reason("a post needs a name or a unit"))
        return self


def _lies_in(path: str, whole: str) -> bool:
    return path == whole or path.startswith((f"{whole}.", f"{whole}["))


def read_as_titled(title: Text, names: Iterable[Any]) -> dict[str, str]:
    """How those forms of a title are read that are also names with a reading."""
    return {
        str(name.lang): name.reading for name in names if name.reading and title.forms.get(name.lang) == name.written
    }


def paths_of_title(title: Text, names: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """Of which fields each form of a title is made that is also one of the names a record lists."""
    return {
        f"title.{tag}": (f"title.{tag}", *(f"names[{name.id}].written" for name in names if name.written == form))
        for tag, form in title.forms.items()
    }


def sorted_uris(*uris: str | None) -> tuple[str, ...]:
    """The URIs given, each once, sorted: the order owners are written in."""
    return tuple(sorted({str(uri) for uri in uris if uri}))


def _uris(value: Any) -> Iterator[str]:
    """The URIs in a field that names one institution or several."""
    match value:
        case str():
            yield value
        case list() | tuple():
            yield from (uri for uri in value if isinstance(uri, str))
