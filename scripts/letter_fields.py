"""The fields of letter templates in four languages: docs/reference/letter-fields.md, written from the code itself."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from koryu.publishing.letters.templates.template_fields import TemplateField, fields_of, wanted_of
from koryu.wording.letters.letter_kinds import LANGS, LETTER_KINDS
from koryu.wording.letters.template_words import field_name

PAGE: Final = Path(__file__).parent.parent / "docs/reference/letter-fields.md"
_INTRODUCTION: Final = """\
# Fields of letter templates

Written from the code (`python -m scripts.letter_fields`). A field is typed as `{{name}}` in a Word template; any of its
four names, or its code, is understood in templates of any language; blanks in it do not count. In a template in two
languages, a field marked *both* with ` 2` behind its name is the value in the second language. How templates are made
and checked: [write letters](../how-to/write-letters.md).

*where*: **row**, in the row of a list, which is repeated; **head**, over the table of that list, which is then repeated
for each part, or in its row; else anywhere. Of what a letter should have, a field in brackets will do as well.
"""
_OF_ANY: Final = "Of every letter and list"
_OF_LETTERS: Final = "Of every letter with an addressee"


def page() -> str:
    """The whole page."""
    return "\n".join([_INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    by_kind = {kind: fields_of(kind) for kind in LETTER_KINDS}
    of_any = set.intersection(*(set(fields) for fields in by_kind.values()))
    letters = [kind for kind, spec in LETTER_KINDS.items() if not spec.is_list]
    of_letters = set.intersection(*(set(by_kind[kind]) for kind in letters)) - of_any
    yield from _section(_OF_ANY, [field for code, field in by_kind["plan"].items() if code in of_any])
    yield from _section(_OF_LETTERS, [field for code, field in by_kind[letters[0]].items() if code in of_letters])
    for kind, fields in by_kind.items():
        common = of_any | (of_letters if kind in letters else set())
        own = [field for code, field in fields.items() if code not in common]
        wanted = ", ".join(_wanted(codes) for codes in wanted_of(kind))
        yield from _section(LETTER_KINDS[kind].name, own, says=f"Should have: {wanted}.")


def _section(title: str, fields: list[TemplateField], *, says: str = "") -> Iterator[str]:
    yield f"## {title}\n"
    if says:
        yield f"{says}\n"
    if not fields:
        return
    yield "| code | ja | zh-Hans | ko | en | where |"
    yield "|---|---|---|---|---|---|"
    for field in fields:
        names = " | ".join(field_name(field.code, tag) for tag in LANGS)
        yield f"| `{field.code}` | {names} | {_where(field)} |"
    yield ""


def _where(field: TemplateField) -> str:
    place = "head" if field.is_heading else "row" if field.row_of else ""
    return ", ".join(filter(None, (f"{place} of `{field.row_of}`" if place else "", "both" if field.both else "")))


def _wanted(codes: tuple[str, ...]) -> str:
    first, *others = codes
    return f"`{first}`" + (f" ({', '.join(f'`{each}`' for each in others)})" if others else "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} was written.\n")
