"""From a search entry to a document of the search engine, and from a stored document back to the entry."""

import json
from functools import cache
from typing import Any
from zlib import crc32

import tantivy

from koryu.search.entries import FACETS, Forms, SearchEntry, WrittenForm, WrittenReading
from koryu.search.folding import is_han
from koryu.search.japanese import in_kana
from koryu.search.japanese_sounds import heard_in
from koryu.search.japanese_sounds import packed as packed_sounds
from koryu.search.tokens import Tokens, tokens_of

NAMES, TITLES, TEXTS = "names", "titles", "texts"
PARTS = (NAMES, TITLES, TEXTS)
SIDES = ("written", "read")
SEQUENCE = "\x00sequence"
_SPACED = "spaced"
_EMPTY: tuple[Any, ...] = ("", "", "", (), "")


@cache
def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("uri", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("payload", stored=True)
    builder.add_json_field("facts", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("first_year", fast=True)
    builder.add_integer_field("last_year", fast=True)
    for part in PARTS:
        for side in SIDES:
            option = "position" if part == TEXTS else "basic"
            builder.add_text_field(f"{part}_{side}", tokenizer_name=_SPACED, index_option=option)
    return builder.build()


def prepare(index: tantivy.Index) -> tantivy.Index:
    """Tells the engine that our tokens are parted by spaces; needed each time an index is opened."""
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_SPACED, analyzer)
    return index


def schema_mark() -> int:
    """A number that changes when entries are stored in another way: an index with another one must be rebuilt."""
    return crc32(repr((PARTS, SIDES, FACETS, "8")).encode())


def document(entry: SearchEntry) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text("uri", entry.uri)
    made.add_bytes("payload", packed(entry))
    facts = {facet: list(facet_values(entry, facet)) for facet in (*FACETS, "decade")}
    made.add_json(
        "facts", {name: values for name, values in facts.items() if values} | {"audience": list(entry.audience)}
    )
    if entry.years:
        made.add_integer("first_year", entry.years[0])
        made.add_integer("last_year", entry.years[1])
    for part in PARTS:
        _add_forms(made, part, getattr(entry, part))
    return made


def _add_forms(made: tantivy.Document, part: str, forms: tuple[WrittenForm, ...]) -> None:
    tokens: list[Tokens] = [tokens_of(form, is_name=part == NAMES) for form in forms]
    for side in SIDES:
        lines = [" ".join(getattr(form_tokens, side)) for form_tokens in tokens]
        if part == TEXTS:
            for line in filter(None, lines):
                made.add_text(f"{part}_{side}", line)
        elif any(lines):
            # Names and titles are searched without positions: each token is enough once.
            once = dict.fromkeys(" ".join(lines).split())
            made.add_text(f"{part}_{side}", " ".join(once))


def facet_values(entry: SearchEntry, facet: str) -> tuple[str, ...]:
    """The values of one facet of an entry; its languages are those of its forms, its decades those of its years."""
    if facet == "kind":
        return (entry.kind,)
    if facet == "lang":
        forms = (*entry.names, *entry.titles, *entry.texts)
        return tuple(dict.fromkeys(form.lang.split("-")[0] for form in forms))
    if facet == "decade":
        first, last = entry.years or (0, -1)
        return tuple(str(year) for year in range(first // 10 * 10, last + 1, 10))
    values: tuple[str, ...] = getattr(entry, facet)
    return values


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(entry: SearchEntry) -> bytes:
    """An entry as bytes, with what a hit shows of it. Broken surrogates become question marks."""
    forms = ([_packed_form(form, is_name=part == NAMES) for form in getattr(entry, part)] for part in PARTS)
    line = list(forms)
    while line and not line[-1]:
        line.pop()
    return f"{entry.uri}\n{entry.kind}\n{_compact(line)}".encode("utf-8", "replace")


def _packed_form(form: WrittenForm, *, is_name: bool) -> list[object]:
    readings = [[reading.lang, reading.text] for reading in form.readings]
    line: list[object] = [form.lang, form.text, packed_sounds(heard_in(form.text)), readings]
    if is_name and form.lang.startswith("ja") and not readings and any(is_han(char) for char in form.text):
        line.append(in_kana(form.text))
    while not line[-1]:
        line.pop()
    return line


def headed(data: bytes) -> tuple[str, str, bytes]:
    """The URI and the kind of a packed entry, and its forms, which are still packed."""
    uri, kind, forms = data.split(b"\n", 2)
    return uri.decode(), kind.decode(), forms


def unpacked(forms: bytes) -> Forms:
    """The names, titles and texts that were packed."""
    names, titles, texts = [*json.loads(forms), [], [], []][:3]
    return tuple(map(_form, names)), tuple(map(_form, titles)), tuple(map(_form, texts))


def _form(values: list[Any]) -> WrittenForm:
    lang, text, sounds, readings, kana = [*values, *_EMPTY[len(values) :]]
    return WrittenForm(lang, text, tuple(WrittenReading(*pair) for pair in readings), sounds, kana)
