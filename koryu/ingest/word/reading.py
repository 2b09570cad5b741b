"""One way into a file that came back, whatever program saved it."""

from typing import Final

from koryu.ingest.file_kinds import CUT_OFF, kind_of
from koryu.ingest.word.came import CameFile
from koryu.ingest.word.docx import read_docx
from koryu.ingest.word.odt import read_odt
from koryu.ingest.word.package import PROGRAM, ZippedDocument
from koryu.values.reason import Reason, Refused

LARGEST: Final = 20_000_000
_OLDER: Final = Reason("Ask for .docx (Save as → Word document / 另存为 / 다른 이름으로 저장). The file is kept.")
_OLDER_KINDS: Final = frozenset({"DOC", "RTF", "hwp", "hwpx", "ole"})
# What has no name of its own that would tell anything.
_NAMELESS: Final = frozenset({"?", "zip"})


def read_word(body: bytes, *, name: str = "") -> CameFile:
    """The tables and lines of a .docx or .odt file. Raises Refused, with what is wrong or what to ask for."""
    if len(body) > LARGEST:
        raise Refused(Reason("A file has at most %(most)s MB.", most=LARGEST // 1_000_000))
    match kind := kind_of(body):
        case "docx":
            return read_docx(ZippedDocument(body))
        case "odt":
            return read_odt(ZippedDocument(body))
        case "zip":
            raise Refused(CUT_OFF)
        case "program":
            raise Refused(PROGRAM)
    if kind in _OLDER_KINDS:
        raise Refused(_OLDER)
    if kind in _NAMELESS:
        raise Refused(Reason("%(name)s is not a Word file. It can be kept as evidence.", name=name))
    raise Refused(
        Reason("%(name)s is not a Word file; it is %(kind)s. It can be kept as evidence.", name=name, kind=kind)
    )
