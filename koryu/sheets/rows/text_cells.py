"""Cells of plain words: a text in one language, the posts of a person with `;` between them, the body they are of."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from koryu.sheets.parse import is_record
from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with, kept_text, text_with
from koryu.sheets.rows.scripts import language_of
from koryu.values.reason import Reason

_BETWEEN: Final = re.compile(r"\s*[;；]\s*")
OF_POSTS: Final = re.compile(
    r"[長长员員監监师師官授士任役副]$|(?:장|관|사|원|무관|연구관|사서)$|副|主任|"
    r"(?i:director|librarian|chief|head|officer|manager|curator|researcher|president|section|assistant|professor)"
)
_OF_UNITS: Final = re.compile(
    r"[部処处室科課课局館馆所組组係系司厅院センター中心]$|(?:과|부|실|팀|국|센터|단|관|원)$|"
    r"(?i:department|division|section|office|bureau|library|branch|center|centre|team|unit)"
)


@dataclass(frozen=True)
class TextCell(CellSort):
    """A text in the language of the column. Any words could be meant: only a head says of pasted ones that they are."""

    field: str
    looks: str = "line"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return kept_text(item.get(self.field)).get(tag, "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item_with(item, self.field, text_with(item.get(self.field), tag, typed))


@dataclass(frozen=True)
class PostsCell(CellSort):
    """What the posts of a person are called (`post`), or their units (`unit`), in the language of the column.

    Several stand with `;` between them, each in its place: `; 主任` is the second post where the first has no name in
    this language.
    """

    part: str

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return "; ".join(kept_text(post.get(self.part)).get(tag, "") for post in _posts(item)).rstrip("; ")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return _with_posts(
            item, typed, lambda post, word: item_with(post, self.part, text_with(post.get(self.part), tag, word))
        )

    def fits(self, typed: str, tag: str) -> bool:
        words = OF_POSTS if self.part == "post" else _OF_UNITS
        return language_of(typed, han=tag) == tag and bool(words.search(typed.strip()))


@dataclass(frozen=True)
class BodyCell(CellSort):
    """The institution of which somebody holds a post, where it is another than the one that sends them."""

    looks = "record"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        bodies = [str(post.get("institution", "")) for post in _posts(item)]
        return "; ".join(reader.best_name(body) or body for body in bodies).rstrip("; ")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        def with_body(post: RowItem, word: str) -> RowItem:
            was = str(post.get("institution", ""))
            # The same name shown as before is the same record, whoever else may be called so.
            body = was if was and word == (reader.best_name(was) or was) else reader.named(word) or word
            return item_with(post, "institution", body or None)

        return _with_posts(item, typed, with_body)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        for post in _posts(item):
            body = post.get("institution")
            if body is not None and not is_record(body):
                return Reason("“%(typed)s” was not chosen from the records yet.", typed=str(body))
            if body is not None and not (post.get("post") or post.get("unit")):
                return Reason("Say a post or a unit of this body too.")
        return None


def _with_posts(item: RowItem, typed: str, made: Callable[[RowItem, str], RowItem]) -> RowItem:
    """The item with its posts made anew, each of what was typed in its place; one of which nothing is left is gone."""
    words, posts = _BETWEEN.split(typed) if typed else [], _posts(item)
    while len(posts) < len(words):
        posts.append({"id": _new_id(posts)})
    words += [""] * (len(posts) - len(words))
    changed = [made(post, word) for post, word in zip(posts, words, strict=True)]
    return item_with(item, "posts", [post for post in changed if len(post) > 1] or None)


def _posts(item: RowItem) -> list[dict[str, Any]]:
    posts = item.get("posts")
    return [dict(post) for post in posts if isinstance(post, dict)] if isinstance(posts, list) else []


def _new_id(posts: list[dict[str, Any]]) -> str:
    """The id of the next post of one person: `post`, then `post-2` and so on."""
    taken = {post.get("id") for post in posts}
    numbers = range(len(posts) + 1, len(posts) * 2 + 3)
    candidates = ["post", *(f"post-{number}" for number in numbers)]
    return next(candidate for candidate in candidates if candidate not in taken)
