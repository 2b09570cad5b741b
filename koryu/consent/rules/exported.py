"""An exported record as it is written: the versions of it that its reader may see, and what was said of them."""

from functools import cached_property
from typing import Any, Final, Literal

from pydantic import Field

from koryu.consent.rules.statement import Header, Named
from koryu.records.document import Digest
from koryu.values.frozen import Frozen

FORMAT: Final = "koryu/bundle/2"
_READ: Final = r"^koryu/bundle/[12]$"


class Exported(Frozen):
    """One version in a bundle; salt and content are missing where they were erased.

    `withheld` is set for the one before the first of a line that is in the bundle whole, and of what whoever recorded
    first has recorded for the first and the last: it was not for whoever has the bundle, and only its header is there,
    for it says who had to agree and whom later recorders must name. `recorded_by` is then who had recorded it, and
    `said` the sealed statement by which it was, without which it can only be the first of all.
    """

    version: Digest
    header: Header
    salt: str | None = None
    content: dict[str, Any] | None = None
    withheld: Literal["agreed", "recorded"] | None = None
    recorded_by: Named | None = None
    said: dict[str, Any] | None = None


class ExportedText(Frozen):
    """A remark in a bundle, which an entry names by its digest."""

    digest: Digest
    salt: str
    text: dict[str, Any]


class Bundle(Frozen):
    """An exported record."""

    format: str = Field(pattern=_READ)
    record: str
    kind: str
    versions: tuple[Exported, ...] = Field(min_length=1)
    entries: tuple[dict[str, Any], ...] = Field(min_length=1)
    texts: tuple[ExportedText, ...] = ()
    cited: tuple["Bundle", ...] = ()

    @cached_property
    def by_version(self) -> dict[str, Exported]:
        return {exported.version: exported for exported in self.versions}
