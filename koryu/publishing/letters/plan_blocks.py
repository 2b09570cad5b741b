"""The plan of an exchange as a table of labels and values: in one language, or in two beside each other."""

from collections.abc import Iterator
from typing import Final

from koryu.publishing.letters.blocks import LetterBlock, LetterTableRow, Runs, TableBlock
from koryu.publishing.letters.letter_runs import Group, RunMaker, groups, item_path, strong, uris_in
from koryu.publishing.letters.letter_source import LetterSource, PrintedRecord, exchange_called
from koryu.wording.field_names import field_called
from koryu.wording.languages import slug_of
from koryu.wording.letters.letter_dates import letter_span
from koryu.wording.letters.letter_words import bracketed, labelled, words
from koryu.wording.messages import translated

_SUB: Final = "sub-theme"
# The dates that stand for the whole of it need not be called so.
_WHOLE: Final = ("exchange", "trip")


def plan_table(source: LetterSource, makers: tuple[RunMaker, ...]) -> tuple[LetterBlock, ...]:
    """The table, with the values of each language in a column of their own."""
    if source.exchange is None:
        return ()
    columns = [dict(plan_values(source, source.exchange, maker)) for maker in makers]
    keys = list(dict.fromkeys(key for column in columns for key in column))
    rows = tuple(
        LetterTableRow(
            path=f"{source.exchange.base}{key}", cells=(_label(key, makers), *(each.get(key, ()) for each in columns))
        )
        for key in keys
    )
    heads = _language_heads(makers) if len(makers) > 1 else ()
    widths = (3, 5, 5) if len(makers) > 1 else (2, 6)
    return (TableBlock(widths=widths, heads=heads, rows=rows, labels=True),)


def plan_values(source: LetterSource, printed: PrintedRecord, maker: RunMaker) -> Iterator[tuple[str, Runs]]:
    """What the plan says, as (key of the label, value), leaving out what it does not say."""
    content, base = printed.content, printed.base
    themes = [
        (
            item.get("level") == _SUB,
            maker.text(item.get("text"), f"{item_path(base, 'themes', item)}.text", sort="theme"),
        )
        for item in groups(content.get("themes"))
    ]
    size = content.get("planned_size")
    values = (
        ("exchange", exchange_called(source, maker)),
        ("form", maker.choice(content.get("form"), f"{base}form")),
        ("dates", maker.lines_of(_dated(item, base, maker) for item in groups(content.get("dates")))),
        ("places", maker.lines_of(_placed(item, base, maker) for item in groups(content.get("places")))),
        ("host", maker.listed(_institutions("hosts", content, base, maker))),
        ("institutions", maker.listed(_institutions("institutions", content, base, maker))),
        ("main themes", maker.lines_of(theme for is_sub, theme in themes if not is_sub)),
        ("sub-themes", maker.lines_of(theme for is_sub, theme in themes if is_sub)),
        ("size", maker.plain(words("persons", maker.tag, n=size), f"{base}planned_size") if size else ()),
        ("languages", maker.listed(_languages(content, base, maker))),
        ("open", maker.lines_of(_open(item, base, maker) for item in groups(content.get("open")))),
    )
    return ((key, value) for key, value in values if value)


def changed_table(source: LetterSource, maker: RunMaker) -> tuple[LetterBlock, ...]:
    """What differs between what stands and what is printed, value by value; nothing where nothing stands."""
    if source.exchange is None or source.before is None:
        return ()
    silent = RunMaker(maker.tag, maker.lines)
    before = PrintedRecord(uri=source.exchange.uri, content=source.before)
    was = {key: _without_paths(value) for key, value in plan_values(source, before, silent)}
    now = {key: _without_paths(value) for key, value in plan_values(source, source.exchange, silent)}
    rows = tuple(
        LetterTableRow(cells=(_label(key, (maker,)), was.get(key, ()), now.get(key, ())))
        for key in dict.fromkeys((*was, *now))
        if _text(was.get(key, ())) != _text(now.get(key, ()))
    )
    heads = (maker.said("item"), maker.said("now"), maker.said("new"))
    return (TableBlock(widths=(2, 4, 4), heads=heads, rows=rows, labels=True),) if rows else ()


def _label(key: str, makers: tuple[RunMaker, ...]) -> Runs:
    first, *others = makers
    return (*first.said(key), *(run for maker in others for run in (*maker.plain("\n"), *maker.said(key))))


def _language_heads(makers: tuple[RunMaker, ...]) -> tuple[Runs, ...]:
    first = makers[0]
    own = (first.said("item"), *(maker.said(f"language.{maker.tag.partition('-')[0]}") for maker in makers))
    return tuple(strong(runs) for runs in own)


def _dated(item: Group, base: str, maker: RunMaker) -> Runs:
    path, scope = f"{item_path(base, 'dates', item)}.date", str(item.get("scope") or "")
    span = maker.plain(letter_span(str(item.get("date") or ""), maker.tag), path)
    if not span or scope in _WHOLE:
        return span
    called = maker.choice(scope, "")
    return (*maker.plain(labelled("".join(run.text for run in called), "", maker.tag)), *span)


def _placed(item: Group, base: str, maker: RunMaker) -> Runs:
    path = item_path(base, "places", item)
    return maker.listed(
        (
            maker.text(item.get("city"), f"{path}.city", sort="place"),
            maker.text(item.get("venue"), f"{path}.venue", sort="place"),
            maker.institution(item.get("institution"), f"{path}.institution"),
        )
    )


def _institutions(field: str, content: Group, base: str, maker: RunMaker) -> Iterator[Runs]:
    listed = uris_in(content.get(field))
    return (maker.institution(uri, f"{base}{field}[{place}]") for place, uri in enumerate(listed))


def _languages(content: Group, base: str, maker: RunMaker) -> Iterator[Runs]:
    for place, tag in enumerate(uris_in(content.get("languages"))):
        key = f"language.{tag.partition('-')[0]}"
        try:
            yield maker.plain(words(key, maker.tag), f"{base}languages[{place}]")
        except KeyError:
            yield maker.plain(tag, f"{base}languages[{place}]")


def _open(item: Group, base: str, maker: RunMaker) -> Runs:
    called = translated(field_called(str(item.get("field") or "")), slug_of(maker.tag))
    note = maker.text(item.get("note"), f"{item_path(base, 'open', item)}.note", sort="note")
    if not note:
        return maker.plain(called, f"{item_path(base, 'open', item)}.field")
    opened, closed = bracketed("\0", maker.tag).split("\0")
    return (
        *maker.plain(called, f"{item_path(base, 'open', item)}.field"),
        *maker.plain(opened),
        *note,
        *maker.plain(closed),
    )


def _without_paths(runs: Runs) -> Runs:
    return tuple(run.model_copy(update={"path": ""}) for run in runs)


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)
