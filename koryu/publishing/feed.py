"""What is new, as an Atom feed (RFC 4287)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed

from koryu.archive.queries import Line, News
from koryu.values.invisible import signed
from koryu.wording.titles import title_in


def atom(
    news: Iterable[tuple[News, str]],
    *,
    title: str,
    address: str,
    page: str,
    language: str,
    words: dict[str, str],
    lines: Mapping[str, Line],
) -> str:
    """The feed of the versions given, latest first, each with the address of its record's page.

    `address` is the feed's own, `page` that of the page it goes with; `words` say how a version stands. `lines` are
    what titles are composed of; beside a composed one stands the record's own.
    """
    feed = Atom1Feed(title=title, link=page, description="", language=language, feed_url=address, feed_guid=page)
    for item, there in news:
        called = title_in(item.line, language, lines=lines)
        own = f" – {signed(called.original.text)}" if called.original else ""
        feed.add_item(
            title=signed(called.text),
            link=there,
            description=f"{words[item.basis]}{own}",
            unique_id=f"{item.line.uri}#{item.digest}",
            pubdate=_moment(item.at),
            updateddate=_moment(item.at),
        )
    return feed.writeString("utf-8")


def _moment(at: str) -> datetime:
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
