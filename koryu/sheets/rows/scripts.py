"""In which script something is written, as far as sheets need to know: Han, kana, Hangul, Latin."""

import re
from typing import Final

_HAN: Final = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA: Final = "\u3041-\u309f"
_KATAKANA: Final = "\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL: Final = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_LATIN: Final = "A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
_SCRIPTS: Final = {
    "Hang": re.compile(f"[{_HANGUL}]"),
    "Han": re.compile(f"[{_HAN}]"),
    "Hira": re.compile(f"[{_HIRAGANA}]"),
    "Kana": re.compile(f"[{_KATAKANA}]"),
    "Latn": re.compile(f"[{_LATIN}]"),
}
# Marks that stand in names and in words of any of these: they belong to no script.
_BETWEEN: Final = re.compile(r"[\s・･·•.,'’‘\-‐–ー＝=]+")


def scripts_in(text: str) -> frozenset[str]:
    """The scripts in a text: Hang, Han, Hira, Kana, Latn."""
    rest = _BETWEEN.sub("", text)
    return frozenset(name for name, letters in _SCRIPTS.items() if letters.search(rest))


def script_of(text: str) -> str:
    """The one script of a text, Hira for any kana with hiragana in it; '' where it is in several, or in another."""
    scripts = scripts_in(text)
    if scripts == {"Hira", "Kana"}:
        return "Hira"
    return next(iter(scripts)) if len(scripts) == 1 else ""


def language_of(text: str, *, han: str) -> str:
    """The tag of the language a text seems to be in; `han` is that of what is in Han alone; '' where none shows."""
    scripts = scripts_in(text)
    if "Hang" in scripts:
        return "ko"
    if scripts & {"Hira", "Kana"}:
        return "ja"
    if "Han" in scripts:
        return han
    return "en" if "Latn" in scripts else ""
