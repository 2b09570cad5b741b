"""Bodies of requests, read completely before a thread is taken: a client that never finishes keeps nobody waiting."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any, Final

# A file of the greatest size that is kept (settings.FILE_SIZE), with what a form says beside it.
MOST: Final = 26 * 1024 * 1024
# Seconds in which something must arrive, and in which all of it must.
SILENCE: Final = 15.0
WHOLE: Final = 300.0
# How many may be on their way at once, in all and from one address. Each costs memory alone, and little.
ALL: Final = 512
OF_ONE: Final = 64
_IN_MEMORY: Final = 256 * 1024

Body = SpooledTemporaryFile[bytes]


class Unread(Exception):
    """A body that was refused; `status` says why (RFC 9110, section 15.5)."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Arriving:
    """How many bodies are on their way, in all and from each address. Of one event loop, so nothing is locked."""

    def __init__(self, *, most: int = ALL, of_one: int = OF_ONE) -> None:
        self._most, self._of_one = most, of_one
        self._from: Counter[str] = Counter()

    @contextmanager
    def one_more(self, client: str) -> Iterator[None]:
        """Counts a body until the block ends. Raises Unread where there are too many."""
        if self._from.total() >= self._most or self._from[client] >= self._of_one:
            raise Unread(503)
        self._from[client] += 1
        try:
            yield
        finally:
            self._from[client] -= 1
            if not self._from[client]:
                del self._from[client]


def announced(environ: dict[str, Any]) -> int:
    """The length of the body as its header says; 0 where there is none.

    Raises Unread for a length that is no number, for one that is too great, and for none before its end: of such a body
    nobody could tell its end from a connection that broke, and half a form would be taken for the whole.
    """
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise Unread(411)
    written = environ.get("CONTENT_LENGTH") or "0"
    if not (written.isascii() and written.isdigit()):
        raise Unread(400)
    if len(written) > 12 or int(written) > MOST:
        raise Unread(413)
    return int(written)


async def whole(chunks: AsyncIterator[bytes], *, length: int, silence: float = SILENCE, whole: float = WHOLE) -> Body:
    """The complete body, as a file that is read from its beginning.

    Raises Unread when it is too slow, too much, or not what was announced.
    """
    kept: Body = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- whoever reads it closes it
    try:
        async with asyncio.timeout(whole):
            size = await _read(chunks, kept, silence)
    except TimeoutError:
        kept.close()
        raise Unread(408) from None
    except (Unread, OSError, RuntimeError):
        kept.close()
        raise
    if size != length:
        kept.close()
        raise Unread(400)
    kept.seek(0)
    return kept


async def _read(chunks: AsyncIterator[bytes], kept: Body, silence: float) -> int:
    size = 0
    while True:
        async with asyncio.timeout(silence):
            try:
                chunk = await anext(chunks)
            except StopAsyncIteration:
                return size
        size += len(chunk)
        if size > MOST:
            raise Unread(413)
        kept.write(chunk)
