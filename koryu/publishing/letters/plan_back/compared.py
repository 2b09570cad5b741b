"""What differs between a plan that was sent, the one that came back, and what stands now: value by value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Final

from koryu.publishing.letters.plan_back.lines_matched import MatchedLine, matched_lines, values_in
from koryu.publishing.letters.plan_back.sent_plan import PlanLine, SentPlan, SentPlanRow, printed
from koryu.publishing.letters.plan_back.typed_values import (
    BY_HAND,
    WHOLE,
    PlanNames,
    language_in_path,
    list_typed,
    value_typed,
)
from koryu.sheets.placing import CameCell, Mark, RowFinding, placed
from koryu.sheets.placing.likeness import differs_in_typography_only, folded
from koryu.values.reason import N_, Reason, Refused

_TWO: Final = N_("The two languages say different things.")
_ONE_ONLY: Final = N_("It was taken out in one language only.")
# Lists of which a new line is a new item, and where its words go.
_GROWS: Final[Mapping[str, tuple[str, str, Mapping[str, str]]]] = {
    "main themes": ("themes", "text", {"level": "main theme"}),
    "sub-themes": ("themes", "text", {"level": "sub-theme"}),
    "places": ("places", "city", {}),
}


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """One difference: under which label, in which languages, what was printed, what came, what stands now.

    `act` is what taking it does to the content at `path`: `set` to `value`, `add` an item that is `value`, `remove` the
    item; '' where it can only be shown, with the `reason`. `disputed` where it was changed here too since; `doubtful`
    where it is not sure that it is the same thing; `typography` where only spaces, width and quotation marks differ.
    """

    label: str
    langs: tuple[str, ...]
    was: str
    came: str
    now: str
    act: str = ""
    path: str = ""
    value: Any = None
    disputed: bool = False
    doubtful: bool = False
    typography: bool = False
    reason: Reason | None = None

    @property
    def key(self) -> str:
        """What names it among the others, as long as the file and the letter are the same."""
        return f"{self.act} {self.path} {self.came if self.act == 'add' else ''}".strip()

    @property
    def is_taken(self) -> bool:
        """Whether it is taken unless somebody says otherwise."""
        return bool(self.act) and not (self.disputed or self.doubtful or self.typography)


@dataclass(frozen=True, kw_only=True)
class PlanBack:
    """All differences; the labels of rows that are not in the file and were left as they were, the rows that came
    besides, and the texts of cells that were merged."""

    changes: tuple[PlanChange, ...]
    missing: tuple[str, ...]
    besides: tuple[str, ...]
    merged: tuple[str, ...]


def plan_changes(
    sent: SentPlan, came: Sequence[Sequence[CameCell]], now: SentPlan | None, names: PlanNames
) -> PlanBack:
    """What differs in a plan that came back; `now` is what would be printed of it now."""
    came = [_labelled(sent, row) for row in came if not _is_head(sent, row)]
    result = placed(sent.table, came)
    changes: list[PlanChange] = []
    besides: list[str] = []
    for row in result.rows:
        if row.finding is RowFinding.FOUND:
            texts = [row.values.get(str(at)) for at in range(1, len(sent.langs) + 1)]
            changes += _Row(sent, sent.by_key[row.id], now, names).changes(texts)
        else:
            besides.append(" | ".join(text for text in row.values.values() if text))
    there = {row.id for row in result.rows if row.finding is RowFinding.FOUND}
    return PlanBack(
        changes=tuple(changes),
        missing=tuple(row.label for row in sent.rows if row.key not in there),
        besides=tuple(filter(None, besides)),
        merged=tuple(text for place, at in result.merged if (text := _text_at(came[place], at))),
    )


def _is_head(sent: SentPlan, row: Sequence[CameCell]) -> bool:
    """Whether a row is the heads of the table: most of its cells say what they said."""
    heads = {folded(head) for head in sent.heads if head}
    return 2 * sum(folded(cell.text) in heads for cell in row if cell.text) > len(row) if heads else False


def _labelled(sent: SentPlan, row: Sequence[CameCell]) -> list[CameCell]:
    """A row of which the label is one of ours is that row, whatever stands in it."""
    labels = [each.key for each in sent.rows if row and folded(each.label) == folded(row[0].text)]
    if len(labels) != 1 or row[0].marks or row[0].columns > 1 or row[0].rows > 1:
        return list(row)
    return [replace(row[0], marks=(Mark(labels[0], "0"),)), *row[1:]]


def _text_at(row: Sequence[CameCell], at: int) -> str:
    place = 0
    for cell in row:
        if place == at:
            return cell.text
        place += cell.columns
    return ""


class _Row:
    """One row of a plan while what came in its cells is compared."""

    def __init__(self, sent: SentPlan, row: SentPlanRow, now: SentPlan | None, names: PlanNames) -> None:
        self.sent, self.row, self.now, self.names = sent, row, now, names

    def changes(self, texts: Sequence[str | None]) -> Iterator[PlanChange]:
        """The differences in its cells; None for a cell that is not in the file."""
        if self.row.key in WHOLE:
            yield from _joined(self._whole(texts))
            return
        changed: list[PlanChange] = []
        gone: dict[str, list[int]] = {}
        added: dict[int, list[str]] = {}
        for column, text in enumerate(texts):
            lines = self.row.cells[column]
            if text is None or printed(text) == "\n".join(line.text for line in lines):
                continue
            for match in matched_lines(lines, text):
                if match.line is None:
                    added.setdefault(column, []).append(match.came or "")
                elif match.came is None and match.line.item:
                    gone.setdefault(match.line.item, []).append(column)
                else:
                    changed += self._line(match.line, match, column)
        yield from _joined(changed)
        for item, columns in gone.items():
            yield from self._removed(item, columns)
        yield from self._added(added)

    def _change(self, column: int, was: str, came: str, now: str, **more: Any) -> PlanChange:
        langs = (self.sent.langs[column],)
        return PlanChange(label=self.row.label, langs=langs, was=was, came=came, now=now, **more)

    def _now(self, path: str, column: int) -> str:
        return printed(self.now.texts.get((path, column), "")) if self.now else ""

    def _line(self, line: PlanLine, match: MatchedLine, column: int) -> Iterator[PlanChange]:
        came = match.came or ""
        values = values_in(line, came)
        if values is None and len(line.values) == 1 and line.pieces[0].path:
            # Only the mark behind it is gone, which says that it is not in this language: now it is.
            yield from self._value(line.values[0].path, line, came, column, match, new_language=True)
            return
        if values is None:
            yield self._change(column, line.text, came, "", reason=Reason(BY_HAND))
            return
        for piece, text in values:
            if text != printed(piece.text):
                yield from self._value(piece.path, line, text, column, match)

    def _value(
        self, path: str, line: PlanLine, text: str, column: int, match: MatchedLine, *, new_language: bool = False
    ) -> Iterator[PlanChange]:
        was = printed(next(piece.text for piece in line.values if piece.path == path))
        now = self._now(path, column)
        lang = language_in_path(path)
        if new_language and lang and lang != self.sent.langs[column]:
            path = f"{path.removesuffix(lang)}{self.sent.langs[column]}"
            was = ""
            now = self._now(path, column)
        if now == text:
            return
        said: dict[str, Any] = {
            "disputed": now != was,
            # What was emptied may as well have been lost.
            "doubtful": not (match.sure and text),
            "typography": differs_in_typography_only(text, was),
        }
        try:
            value = value_typed(path, text) if text else None
        except Refused as refused:
            yield self._change(column, was, text, now, reason=refused.reason)
            return
        if not text and line.item and len(line.values) == 1:
            yield self._change(column, was, text, now, act="remove", path=line.item, **said)
            return
        yield self._change(column, was, text, now, act="set", path=path, value=value, **said)

    def _whole(self, texts: Sequence[str | None]) -> Iterator[PlanChange]:
        """A cell that is one list."""
        for column, text in enumerate(texts):
            was = self.sent.cell(self.row.key, column)
            if text is None or printed(text) == was:
                continue
            now = self.now.cell(self.row.key, column) if self.now else ""
            if now == printed(text):
                continue
            try:
                value = list_typed(self.row.key, text, self.names, printed=was)
            except Refused as refused:
                yield self._change(column, was, printed(text), now, reason=refused.reason)
                continue
            yield self._change(
                column,
                was,
                printed(text),
                now,
                act="set",
                path=WHOLE[self.row.key],
                value=value,
                disputed=now != was,
                typography=differs_in_typography_only(printed(text), was),
            )

    def _removed(self, item: str, columns: Sequence[int]) -> Iterator[PlanChange]:
        """An item of which no line is left in the cells in which it was printed."""
        lines = {column: line for column, cell in enumerate(self.row.cells) for line in cell if line.item == item}
        was = " / ".join(lines[column].text for column in columns)
        if self.now and item not in self.now.items:
            return
        if set(columns) != set(lines):
            yield self._change(columns[0], was, "", was, reason=Reason(_ONE_ONLY))
            return
        same = self.now is not None and all(
            self._now(value.path, column) == printed(value.text)
            for column, line in lines.items()
            for value in line.values
        )
        change = self._change(columns[0], was, "", was if same else "", act="remove", path=item, disputed=not same)
        change = replace(change, doubtful=True)
        yield replace(change, langs=tuple(self.sent.langs[column] for column in columns))

    def _added(self, added: Mapping[int, Sequence[str]]) -> Iterator[PlanChange]:
        """Lines that came besides, those in the same place of two languages as one."""
        columns = list(added)
        for texts in zip_longest(*added.values(), fillvalue=""):
            words = {self.sent.langs[column]: text for column, text in zip(columns, texts, strict=True) if text}
            came = " / ".join(words.values())
            change = replace(self._change(columns[0], "", came, ""), langs=tuple(words))
            if self.row.key not in _GROWS:
                yield replace(change, reason=Reason(BY_HAND))
                continue
            field, inner, besides = _GROWS[self.row.key]
            said = words if len(words) == 1 else {**words, "source": next(iter(words))}
            yield replace(change, act="add", path=field, value={**besides, inner: said})


def _joined(changes: Iterator[PlanChange] | Sequence[PlanChange]) -> Iterator[PlanChange]:
    """What two columns say of one value as one difference; where they disagree, it can only be shown."""
    by_path: dict[str, PlanChange] = {}
    for change in changes:
        if not change.act:
            yield change
            continue
        before = by_path.get(change.path)
        if before is None:
            by_path[change.path] = change
        elif before.value == change.value:
            by_path[change.path] = replace(before, langs=(*before.langs, *change.langs))
        else:
            came = f"{before.came} / {change.came}"
            by_path[change.path] = replace(before, came=came, act="", value=None, reason=Reason(_TWO))
    yield from by_path.values()
