"""Whether two names are the same one, however they are written. For comparing only."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from koryu.search.folding import han_classes
from koryu.search.kana import to_hiragana

_BETWEEN: Final = re.compile(r"[\s・･·,.'’-]")


@lru_cache(maxsize=4096)
def same_name(name: str) -> str:
    """A name without blanks and middle dots, with capitals, widths, kana and the forms of a Han character folded:
    沈文遠 is 沈文远."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", name).casefold())
    classes = han_classes()
    return "".join([classes.get(char, char) for char in to_hiragana(plain)])
