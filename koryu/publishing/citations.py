"""How a record is cited: as CSL-JSON, BibTeX and RIS."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from koryu.archive.queries import Record
from koryu.records.document import Document
from koryu.records.work import Work
from koryu.values.edtf import Edtf
from koryu.values.invisible import signed_throughout
from koryu.values.text import Text

Item = Mapping[str, Any]

_CITED_OF_WORKS: Final = (
    *("title", "type", "authors", "container", "publisher", "volume", "issue", "page", "doi", "issn", "address"),
    *("language", "issued"),
)

# BibTeX entry types (Patashnik 1988) and RIS types (the format's 2001 specification) for the CSL types in use.
_BIBTEX: Final = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
}
_RIS: Final = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "webpage": "ELEC",
}
_TEX: Final = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    character: f"\\{character}" for character in "&%$#_{}"
}


def csl(record: Record, *, address: str, reader: str) -> dict[str, Any]:
    """The record as a CSL-JSON 1.0.2 item: a work as itself, any other record as a page of this server.

    `address` is the record's lasting address; texts are in the reader's language where they are had in it. A note says
    which of it is inferred, and on what grounds; what cannot be seen in a text stands as a sign.
    """
    item: dict[str, Any] = signed_throughout(_item(record, address, reader), addresses=("URL",))
    return item


def _item(record: Record, address: str, reader: str) -> dict[str, Any]:
    document = record.document
    item: dict[str, Any] = {"id": f"{record.line.kind}-{record.line.slug}", "title": _in(document.title, reader)}
    if isinstance(document, Work):
        return item | _work(document, reader)
    item |= _doubted(document, ("title",), reader)
    return item | {
        "type": "webpage",
        "container-title": "Koryu",
        "issued": _date(Edtf(record.version.at[:10])),
        "version": str(record.version.number),
        "URL": address,
    }


def bibtex(items: Iterable[Item]) -> str:
    """The items as BibTeX, in UTF-8, with what TeX would take for its own escaped."""
    return "".join(_bibtex(item) for item in items)


def ris(items: Iterable[Item]) -> str:
    """The items as RIS, in UTF-8, lines ending as the format asks."""
    return "".join(_ris(item) for item in items)


def _work(work: Work, reader: str) -> dict[str, Any]:
    fields = {
        "type": str(work.type),
        "author": [_author(author) for author in work.authors],
        "container-title": _in(work.container, reader) if work.container else None,
        "publisher": _in(work.publisher, reader) if work.publisher else None,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page,
        "DOI": work.doi,
        "ISSN": work.issn,
        "URL": work.address,
        "language": work.language,
        "issued": _date(work.issued) if work.issued else None,
        "accessed": _date(work.accessed) if work.accessed else None,
        **_doubted(work, _CITED_OF_WORKS, reader),
    }
    return {name: value for name, value in fields.items() if value}


def _doubted(document: Document, cited: tuple[str, ...], reader: str) -> dict[str, str]:
    """A note of what is inferred among the fields that are cited."""
    doubted = [inference for inference in document.derived if inference.field.split(".")[0].split("[")[0] in cited]
    return (
        {"note": "; ".join(f"inferred ({inference.field}): {_in(inference.grounds, reader)}" for inference in doubted)}
        if doubted
        else {}
    )


def _author(author: Any) -> dict[str, str]:
    if author.family and author.given:
        return {"family": author.family, "given": author.given}
    return {"literal": author.literal}


def _date(date: Edtf) -> dict[str, Any]:
    """A CSL date: its parts as far as they are known, an uncertain one marked as such."""
    ends = [end for end in (date.start, date.end) if end is not None] if date.is_interval else [date]
    parts = [[int(part) for part in str(end).rstrip("?~%").split("-") if part.isdigit()] for end in ends]
    csl_date: dict[str, Any] = {"date-parts": parts} if all(parts) else {"literal": str(date)}
    return csl_date | ({"circa": True} if date.qualifier else {})


def _in(text: Text, reader: str) -> str:
    return text.shown(reader).text


def _year(item: Item) -> str:
    parts = item.get("issued", {}).get("date-parts", [])
    return str(parts[0][0]) if parts else ""


def _names(item: Item) -> list[str]:
    return [name.get("literal") or f"{name['family']}, {name['given']}" for name in item.get("author", ())]


def _bibtex(item: Item) -> str:
    fields = {
        "title": item["title"],
        "author": " and ".join(_names(item)),
        "journal": item.get("container-title"),
        "publisher": item.get("publisher"),
        "volume": item.get("volume"),
        "number": item.get("issue"),
        "pages": item.get("page"),
        "year": _year(item),
        "doi": item.get("DOI"),
        "issn": item.get("ISSN"),
        "url": item.get("URL"),
        "langid": item.get("language"),
        "note": item.get("note"),
    }
    # BibTeX styles print these as they are; escaped, they would lead nowhere.
    verbatim = ("url", "doi")
    lines = [
        f"  {name} = {{{value if name in verbatim else _tex(str(value))}}}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@{_BIBTEX.get(item['type'], 'misc')}{{{item['id']},", *lines, "}", ""])


def _tex(text: str) -> str:
    """A text with the characters escaped that TeX would take for commands."""
    return "".join(_TEX.get(character, character) for character in text)


def _ris(item: Item) -> str:
    fields = [
        ("TY", _RIS.get(item["type"], "GEN")),
        ("ID", item["id"]),
        ("TI", item["title"]),
        *(("AU", name) for name in _names(item)),
        ("T2", item.get("container-title")),
        ("PB", item.get("publisher")),
        ("VL", item.get("volume")),
        ("IS", item.get("issue")),
        ("SP", item.get("page")),
        ("PY", _year(item)),
        ("DO", item.get("DOI")),
        ("SN", item.get("ISSN")),
        ("UR", item.get("URL")),
        ("LA", item.get("language")),
        ("N1", item.get("note")),
    ]
    # A line break inside a value would begin a field of its own.
    lines = [f"{tag}  - {' '.join(str(value).split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])
