"""The pages of a letter on the screen: the same blocks that Word and PDF are written from.

A list of forty papers in two languages is some six hundred runs: they are put together as strings, like forms.
"""

from functools import lru_cache
from html import escape

from markupsafe import Markup

from koryu.markup.page_writer import as_markup, set_apart
from koryu.publishing.letters.blocks import LetterRun, Runs, TableBlock, ruby_parts


def runs_html(runs: Runs) -> Markup:
    """Runs, each in its language, with how it is read over it."""
    return as_markup("".join(map(_run, runs)))


def letter_table_html(table: TableBlock) -> Markup:
    """A table of a letter; in one of labels the first cell of each row is its head."""
    heads = "".join(f'<th scope="col">{runs_html(cell)}</th>' for cell in table.heads)
    head = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    labels = bool(table.labels)
    rows = "".join(f"<tr>{_cells(row.cells, labels=labels)}</tr>" for row in table.rows)
    return as_markup(f'<table class="letter-table">{head}<tbody>{rows}</tbody></table>')


def _cells(cells: tuple[Runs, ...], *, labels: bool) -> str:
    if not labels:
        return "".join(f"<td>{runs_html(cell)}</td>" for cell in cells)
    first, *others = cells
    return f'<th scope="row">{runs_html(first)}</th>{_cells(tuple(others), labels=False)}'


def _run(run: LetterRun) -> str:
    opening = _opening(run.lang, strong=run.strong, small=run.small)
    if run.ruby:
        return f"{opening}{''.join(_read(text, reading) for text, reading in ruby_parts(run))}</span>"
    return f"{opening}{set_apart(run.text)}</span>".replace("\n", "<br>")


def _read(text: str, reading: str) -> str:
    if not reading:
        return str(set_apart(text))
    return f"<ruby>{set_apart(text)}<rp>(</rp><rt>{set_apart(reading)}</rt><rp>)</rp></ruby>"


@lru_cache(maxsize=256)
def _opening(lang: str, *, strong: bool, small: bool) -> str:
    looks = " ".join(name for name, is_so in (("strong", strong), ("small-run", small)) if is_so)
    shown = f' class="{looks}"' if looks else ""
    return f'<span lang="{escape(lang)}"{shown}>'
