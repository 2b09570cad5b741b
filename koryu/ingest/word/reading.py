"""One way into a file that came back, whatever program saved it."""

from typing import Final

from koryu.ingest.file_kinds import FileKind, file_kind
from koryu.ingest.word.came import CameFile
from koryu.ingest.word.docx import read_docx
from koryu.ingest.word.odt import read_odt
from koryu.ingest.word.package import CUT, ZippedDocument
from koryu.values.reason import Reason, Refused

LARGEST: Final = 20_000_000
_OLDER: Final = Reason("Ask for .docx (Save as → Word document / 另存为 / 다른 이름으로 저장). The file is kept.")
_LOCKED: Final = Reason("This file is locked with a password. Ask for an unlocked copy.")
_NOT_READ: Final = {
    FileKind.LOCKED: _LOCKED,
    FileKind.OLE: _OLDER,
    FileKind.RTF: _OLDER,
    FileKind.HWP: _OLDER,
    FileKind.HWPX: _OLDER,
}


def read_word(body: bytes, *, name: str = "") -> CameFile:
    """The tables and lines of a .docx or .odt file. Raises Refused, with what is wrong or what to ask for."""
    if len(body) > LARGEST:
        raise Refused(Reason("A file has at most %(most)s MB.", most=LARGEST // 1_000_000))
    match kind := file_kind(body):
        case FileKind.DOCX:
            return read_docx(ZippedDocument(body))
        case FileKind.ODT:
            return read_odt(ZippedDocument(body))
        case FileKind.ZIP:
            raise Refused(CUT)
    if kind in _NOT_READ:
        raise Refused(_NOT_READ[kind])
    if kind in (FileKind.PDF, FileKind.XLSX, FileKind.ODS, FileKind.HTML, FileKind.IMAGE):
        raise Refused(
            Reason(
                "%(name)s is not a Word file; it is %(kind)s. It can be kept as evidence.", name=name, kind=kind.value
            )
        )
    raise Refused(Reason("%(name)s is not a Word file. It can be kept as evidence.", name=name))
