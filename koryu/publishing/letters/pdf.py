"""A letter as PDF: tagged (PDF/UA-1), the same bytes for the same letter, its fonts inside.

The typesetter and the fonts come with the extra `koryu[pdf]`; where they are missing, `pdf_fails` says so.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from koryu.publishing.letters.blocks import LetterPages
from koryu.values.reason import Reason, Refused, or_refuse

if TYPE_CHECKING:
    import typst

PDF_TYPE: Final = "application/pdf"
_TEMPLATE: Final = Path(__file__).with_name("letter.typ")
_FONTS: Final = ("noto_cjk_sans_otc", "noto_cjk_sans_jp_bold")
NO_FONTS: Final = Reason("PDF cannot be made on this server (fonts are missing); Word can.")
_NOT_SHOWN: Final = re.compile(r"the text [`\"]*(.+?)[`\"]* could not be displayed")
# A compiler keeps what it set before, and is no place for two letters at once.
_ONE_AT_A_TIME: Final = Lock()


def pdf_fails() -> Reason | None:
    """Why no PDF can be made here; None where one can."""
    return None if _are_here("typst", *_FONTS) else NO_FONTS


@cache
def _are_here(*modules: str) -> bool:
    """Looked for once: what is installed later is there after a restart."""
    return all(find_spec(module) for module in modules)


def pdf_file(pages: LetterPages) -> bytes:
    """The letter as PDF. Raises Refused where this server cannot make one, or no font has what the letter says."""
    or_refuse(pdf_fails())
    made = _typeset(pages.model_dump_json())
    if not isinstance(made, bytes):
        raise Refused(NO_FONTS)
    return made


def _typeset(pages: str) -> object:
    import typst

    with _ONE_AT_A_TIME:
        try:
            return _compiler().compile(format="pdf", sys_inputs={"pages": pages}, pdf_standards="ua-1", timestamp=0)
        except typst.TypstError as error:
            if not_shown := _NOT_SHOWN.search(str(error)):
                reason = Reason("PDF cannot show “%(text)s”: no font here has it.", text=not_shown[1])
                raise Refused(reason) from error
            raise


@cache
def _compiler() -> "typst.Compiler":
    import typst

    folders = [str(folder) for module in _FONTS for folder in _folders(module)]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts)


def _folders(module: str) -> list[str]:
    spec = find_spec(module)
    return list(spec.submodule_search_locations or ()) if spec else []
