"""The words on screen: found in the code and the templates, kept for each language in koryu/locale/.

`python -m scripts.words` brings the catalogues up to date and compiles them; with `--check` it changes nothing and
says what is missing, doubtful or stale.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "koryu" / "locale"
# English is the language of the message ids.
LANGUAGES = ("ja", "ko", "zh_Hans")
KEYWORDS = {**DEFAULT_KEYWORDS, "Reason": None}


def main() -> int:
    if "--check" in sys.argv[1:]:
        found = list(problems())
        print("\n".join(found) or "All words are there in every language.")
        return 1 if found else 0
    for language in LANGUAGES:
        write(language)
    return 0


def extracted() -> Catalog:
    """Every message the code and the templates can show, with the files it is in."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # -- Babel leaves it so
    template = Catalog(fuzzy=False)
    found = extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for filename, _, message, comments, context in found:
        # No line numbers: a catalogue changes when words change, not when code moves.
        template.add(message, None, [(filename, 0)], auto_comments=comments, context=context)
    return template


def po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    """What is translated so far; an empty catalogue when nothing is."""
    if not po(language).exists():
        return Catalog(
            locale=language,
            domain="django",
            header_comment="# The words of Koryu.",
            project="Koryu",
            version="",
            msgid_bugs_address="",
            last_translator="",
            language_team="",
            fuzzy=False,
        )
    with po(language).open("rb") as file:
        return read_po(file, locale=language, domain="django")


def updated(language: str) -> Catalog:
    known = catalogue(language)
    known.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    return known


def as_po(known: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, known, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def as_mo(known: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, known)
    return file.getvalue()


def write(language: str) -> None:
    known = updated(language)
    po(language).parent.mkdir(parents=True, exist_ok=True)
    po(language).write_bytes(as_po(known))
    po(language).with_suffix(".mo").write_bytes(as_mo(known))
    untranslated = sum(not is_translated(message) for message in messages(known))
    print(f"{language}: {len(known)} messages, {untranslated} to translate, in {po(language).relative_to(ROOT)}")


def messages(known: Catalog) -> Iterator[Message]:
    """The catalogue's messages without its header."""
    return (message for message in known if message.id)


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(strings)


def problems() -> Iterator[str]:
    """One line for each thing that keeps a language from being complete and current."""
    for language in LANGUAGES:
        file = po(language).relative_to(ROOT)
        if not po(language).exists():
            yield f"{file}: missing; ./run words makes it"
            continue
        known = updated(language)
        if as_po(known) != po(language).read_bytes():
            yield f"{file}: not what the code says now; ./run words updates it"
        compiled = po(language).with_suffix(".mo")
        if not compiled.exists() or as_mo(known) != compiled.read_bytes():
            yield f"{compiled.relative_to(ROOT)}: not compiled from {file.name} as it is; ./run words compiles it"
        for message in messages(known):
            yield from (f"{file}: {problem}: {message.id!r}" for problem in problems_of(message, known))


def problems_of(message: Message, known: Catalog) -> Iterator[str]:
    if not is_translated(message):
        yield "not translated"
    if message.fuzzy:
        yield "marked fuzzy"
    yield from (str(error) for error in message.check(known))


if __name__ == "__main__":
    sys.exit(main())
