"""Exported records made by hand: each seal is real, and made with a key that whoever forges may hold."""

import json
from dataclasses import dataclass
from typing import Any

from koryu.consent.rules.exported import FORMAT
from koryu.consent.rules.statement import Header, Statement
from koryu.institutions import queries as institutions
from koryu.records.document import Document
from koryu.seals.digests import commitment, new_salt
from koryu.seals.proofs import seal
from koryu.values.text import Text
from tests.world import AT, EXCHANGE

Sealed = dict[str, Any]
# Reasons and remarks by their digests, as an exported record has them beside its entries.
TEXTS: dict[str, dict[str, Any]] = {}


def worded(text: Text) -> str:
    """The digest by which an entry gives a reason or a remark."""
    salt = new_salt()
    digest = commitment(salt=salt, content={"text": text.as_json()})
    TEXTS[digest] = {"digest": digest, "salt": salt, "text": text.as_json()}
    return digest


@dataclass(frozen=True, kw_only=True)
class Made:
    """A version with its content, made outside any ledger."""

    header: Header
    salt: str
    content: dict[str, Any]

    @property
    def digest(self) -> str:
        return str(self.header.digest)

    def exported(self, **lies: Any) -> dict[str, Any]:
        whole = {
            "version": self.digest,
            "header": self.header.plain(),
            "salt": self.salt,
            "content": self.content,
        }
        return {name: value for name, value in {**whole, **lies}.items() if value is not None}


def made(document: Document, *, parent: Made | None = None, record: str = EXCHANGE, **lies: Any) -> Made:
    """A version of a record; `lies` is what its header says beside the truth."""
    salt, content = new_salt(), document.content()
    said = {
        "record": record,
        "kind": document.kind,
        "schema_name": document.schema_name,
        "parent": parent.digest if parent else None,
        "owners": document.owners(),
        "content": commitment(salt=salt, content=content),
    }
    return Made(header=Header.model_validate({**said, **lies}), salt=salt, content=content)


def sealed(institution: str, said: str, version: Made | None = None, *, key_of: str = "", **more: Any) -> Sealed:
    """A statement of an institution, sealed with its own key or with that of another; one with a header names it."""
    header = {"header": version.header} if version and said in ("recorded", "proposed") else {}
    digest = version.digest if version else None
    whole = {"said": said, "institution": institution, "by": "head", "at": AT, "record": EXCHANGE, "version": digest}
    statement = Statement.model_validate({**whole, **header, **more})
    return seal(statement.plain(), key=institutions.secret_key(key_of or institution), created=AT)


def concluded(institution: str, version: Made, *agreements: Sealed, **more: Any) -> Sealed:
    return sealed(institution, "concluded", version, agreements=agreements, **more)


def by_letter(institution: str, version: Made, on_behalf_of: str, letter: str, **more: Any) -> Sealed:
    return sealed(institution, "accepted by letter", version, on_behalf_of=on_behalf_of, letter=letter, **more)


def agreed(version: Made, *institutions: str) -> Sealed:
    """The conclusion of a version by its proposer, the first of those who agreed."""
    first, *others = institutions
    accepted = [sealed(one, "accepted", version) for one in others]
    return concluded(first, version, sealed(first, "proposed", version), *accepted)


def bundle(*versions: Made | dict[str, Any], entries: list[Sealed], **lies: Any) -> dict[str, Any]:
    """An exported record, as it would be read from a file."""
    kinds = [one.header.kind for one in versions if isinstance(one, Made)]
    whole = {
        "format": FORMAT,
        "record": EXCHANGE,
        "kind": kinds[0] if kinds else "exchange",
        "versions": [one.exported() if isinstance(one, Made) else one for one in versions],
        "entries": entries,
        "texts": [TEXTS[one] for entry in entries for one in (entry.get("reason"), entry.get("note")) if one in TEXTS],
        **lies,
    }
    read: dict[str, Any] = json.loads(json.dumps(whole, ensure_ascii=False))
    return read
