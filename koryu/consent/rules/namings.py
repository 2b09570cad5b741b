"""Which versions, drafts and letters name a file, and who put it there: this decides who may have the file. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Statement
from koryu.files.rules import Naming
from koryu.records.schema import files_named


def namings_of_versions(
    record: str,
    history: History,
    contents: Mapping[str, Mapping[str, Any]],
    *,
    opens: Callable[[str], bool],
) -> Iterator[Naming]:
    """The places that name files in the versions for which `opens` is true; `contents` are those of all versions.

    A version keeps what an earlier one named: it is named by whoever put it into the record, too.
    """
    put_by: dict[str, dict[str, None]] = {}
    for said in history.statements:
        version = said.version or ""
        if not said.header or version not in contents:
            continue
        for digest, name in files_named(contents[version]).items():
            put_by.setdefault(digest, {})[said.institution] = None
            if opens(version):
                yield from (Naming(digest=digest, institution=who, record=record, name=name) for who in put_by[digest])


def namings_of_letters(said: Iterable[Statement]) -> Iterator[Naming]:
    """The letters that these statements name: acceptances by letter name one, and no other statement does."""
    for statement in said:
        if statement.said == "accepted by letter" and statement.letter and statement.record:
            yield Naming(digest=statement.letter, institution=statement.institution, record=statement.record)


def letters_named(content: Mapping[str, Any]) -> frozenset[str]:
    """The digests of the letters that a content, finished or not, names among its sources."""
    listed = content.get("sources")
    sources = listed if isinstance(listed, list | tuple) else ()
    letters = [source.get("letter") for source in sources if isinstance(source, Mapping)]
    digests = (letter.get("digest") for letter in letters if isinstance(letter, Mapping))
    return frozenset(digest for digest in digests if isinstance(digest, str))


def namings_of_own_letters(
    record: str, history: History, contents: Mapping[str, Mapping[str, Any]], *, institution: str
) -> Iterator[Naming]:
    """The letters among the sources of what an institution has itself recorded or proposed: for itself alone (rule 8).

    A letter is named in what is on record by its digest, and its file is nobody else's.
    """
    for said in history.statements:
        if said.header and said.institution == institution:
            for digest in letters_named(contents.get(said.version or "", {})):
                yield Naming(digest=digest, institution=institution, record=record)


def namings_of_draft(content: Mapping[str, Any], *, institution: str, record: str, draft: int) -> Iterator[Naming]:
    """The places in a draft, finished or not, that name files."""
    for digest, name in {**dict.fromkeys(letters_named(content), ""), **files_named(content)}.items():
        yield Naming(digest=digest, institution=institution, record=record, draft=draft, name=name)
