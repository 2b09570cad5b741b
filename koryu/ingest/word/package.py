"""The parts of a zipped document, read within bounds; XML without entities, networks and depths.

What a header declares is not believed: bytes are counted while they are read.
"""

from io import BytesIO
from typing import Final
from zipfile import ZipFile

from lxml import etree

from koryu.ingest.file_kinds import CUT_OFF, MOST_OF_A_PART, MOST_UNPACKED, ZIP_ERRORS
from koryu.values.reason import Reason, Refused

_STEP: Final = 1 << 16
_MEGABYTE: Final = 1024 * 1024
PROGRAM: Final = Reason("This file holds a program. It is kept unread; ask for it as .docx.")


class ZippedDocument:
    """A zipped document that is open for reading, after `kind_of` had nothing against it.

    Raises Refused where it is damaged, or more than it says.
    """

    def __init__(self, body: bytes) -> None:
        try:
            self._archive = ZipFile(BytesIO(body))
            self.names = frozenset(self._archive.namelist())
            # By name, how much each part says it is.
            self.sizes = {entry.filename: entry.file_size for entry in self._archive.infolist()}
        except ZIP_ERRORS as damaged:
            raise Refused(CUT_OFF) from damaged
        self._unpacked = 0

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None where the document has no such part."""
        return tree_of(self.read(name)) if name in self.names else None

    def read(self, name: str) -> bytes:
        """The bytes of a part that is there."""
        whole = bytearray()
        try:
            with self._archive.open(name) as part:
                while piece := part.read(_STEP):
                    whole += piece
                    self._unpacked += len(piece)
                    if len(whole) > MOST_OF_A_PART or self._unpacked > MOST_UNPACKED:
                        raise Refused(_too_much(max(len(whole), self._unpacked)))
        except ZIP_ERRORS as damaged:
            raise Refused(CUT_OFF) from damaged
        return bytes(whole)


def tree_of(part: bytes) -> etree._Element:
    """The root of a part that is XML. Raises Refused where it is none."""
    try:
        return etree.fromstring(part, _parser())
    except etree.XMLSyntaxError as bad:
        raise Refused(CUT_OFF) from bad


def _too_much(size: int) -> Reason:
    return Reason(
        "Unpacked this file would take %(size)s MB; at most %(most)s MB is read.",
        size=size // _MEGABYTE,
        most=MOST_UNPACKED // _MEGABYTE,
    )


def _parser() -> etree.XMLParser:
    # huge_tree stays off: libxml2 then refuses what is deeper than 256 elements, and texts of more than 10 MB.
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
