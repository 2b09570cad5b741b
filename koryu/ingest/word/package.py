"""The parts of a zipped document, read within bounds; XML without entities, networks and depths.

What a header declares is not believed: bytes are counted while they are read.
"""

from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 -- it is a class, by a name of its own time

from lxml import etree

from koryu.values.reason import N_, Reason, Refused

MOST_ENTRIES: Final = 2_000
MOST_UNPACKED: Final = 100_000_000
MOST_OF_PART: Final = 50_000_000
_STEP: Final = 1 << 16
CUT: Final = Reason("The file ends too early; it may have been damaged on the way.")
_TOO_MUCH: Final = N_("Unpacked this file would take %(size)s MB; at most %(most)s MB is read.")
_PROGRAM: Final = Reason("This file holds a program. It is kept unread; ask for it as .docx.")


class ZippedDocument:
    """A zipped document that is open for reading. Raises Refused where it is too large, damaged or holds a program."""

    def __init__(self, body: bytes) -> None:
        try:
            self._archive = ZipFile(BytesIO(body))
            infos = self._archive.infolist()
        except (BadZipFile, OSError, ValueError, NotImplementedError) as damaged:
            raise Refused(CUT) from damaged
        if len(infos) > MOST_ENTRIES:
            raise Refused(
                Reason("This file has %(count)s parts; at most %(most)s are read.", count=len(infos), most=MOST_ENTRIES)
            )
        _refuse_size(sum(info.file_size for info in infos))
        self.names = frozenset(info.filename for info in infos)
        if any(name.lower().endswith(("vbaproject.bin", "/activex1.xml")) for name in self.names):
            raise Refused(_PROGRAM)
        self._unpacked = 0

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None where the document has no such part."""
        if name not in self.names:
            return None
        try:
            return etree.fromstring(self._read(name), _parser())
        except etree.XMLSyntaxError as bad:
            raise Refused(CUT) from bad

    def _read(self, name: str) -> bytes:
        whole = bytearray()
        try:
            with self._archive.open(name) as part:
                while piece := part.read(_STEP):
                    whole += piece
                    self._unpacked += len(piece)
                    if len(whole) > MOST_OF_PART:
                        _refuse_size(MOST_UNPACKED + len(whole))
                    _refuse_size(self._unpacked)
        except (BadZipFile, OSError, EOFError, ZlibError, ValueError, RuntimeError, NotImplementedError) as damaged:
            raise Refused(CUT) from damaged
        return bytes(whole)


def _refuse_size(size: int) -> None:
    if size > MOST_UNPACKED:
        raise Refused(Reason(_TOO_MUCH, size=size // 1_000_000, most=MOST_UNPACKED // 1_000_000))


def _parser() -> etree.XMLParser:
    # huge_tree stays off: libxml2 then refuses what is deeper than 256 elements, and texts of more than 10 MB.
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
