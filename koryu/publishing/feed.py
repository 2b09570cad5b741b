"""What is new, as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed

from koryu.archive.queries import News
from koryu.values.invisible import signed


def atom(
    news: Iterable[tuple[News, str]], *, title: str, address: str, page: str, language: str, words: dict[str, str]
) -> str:
    """The feed of the versions given, latest first, each with the address of its record's page.

    `address` is the feed's own, `page` that of the page it goes with; `words` say how a version stands.
    """
    feed = Atom1Feed(title=title, link=page, description="", language=language, feed_url=address, feed_guid=page)
    for item, there in news:
        feed.add_item(
            title=_title(item, language),
            link=there,
            description=words[item.basis],
            unique_id=f"{item.line.uri}#{item.digest}",
            pubdate=_moment(item.at),
            updateddate=_moment(item.at),
        )
    return feed.writeString("utf-8")


def _title(item: News, language: str) -> str:
    return signed(item.line.title.shown(language).text)


def _moment(at: str) -> datetime:
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
