"""Who may read a version? One question with one answer, for pages, files, search, notices and proofs (rule 12).

Pure. Institutions are asked for by their URI; `EVERYBODY` is who has not signed in, and reads what is public.
"""

from typing import Final

from koryu.consent.rules.history import History
from koryu.search.entries import PUBLIC

EVERYBODY: Final = PUBLIC


def readers_of(visibility: str, *, owners: frozenset[str], circle: frozenset[str]) -> frozenset[str]:
    """The institutions that may read a version that stands or stood and is not public.

    `circle` are the institutions of the exchange it belongs to.
    """
    return owners if visibility == "own" else owners | circle


def parties(history: History, version: str) -> frozenset[str]:
    """The institutions that read a version whatever it says of its readers: those who must agree to it, or recorded it.

    To have proposed a version is no right to read it (rule 2).
    """
    recorder = history.recorder_of(version)
    concerned = history.must_agree(version) if history.is_proposal(version) or not recorder else frozenset()
    owners = frozenset(history.headers[version].owners)
    return concerned | owners | (frozenset({recorder}) if recorder else frozenset())


def may_read(
    history: History, version: str, *, asking: str, visibility: str | None, circle: frozenset[str] = frozenset()
) -> bool:
    """Whether an institution, or everybody, may read a version of which nothing was erased.

    `visibility` is what its content says, None where it was erased; `circle` are the institutions of its exchange.
    Whether what belongs to an exchange may be read by everybody is asked of the exchange as well, by the archive.
    """
    if asking != EVERYBODY and asking in parties(history, version):
        return True
    if not history.stood(version) or visibility is None:
        return False
    if visibility == "public":
        return True
    return asking != EVERYBODY and asking in readers_of(
        visibility, owners=frozenset(history.headers[version].owners), circle=circle
    )
