"""The automatic reading of a name or title: never shown of a person, and of anything else only as automatic."""

from collections.abc import Callable

from koryu.search import han, pinyin
from koryu.search.entries import WrittenForm, WrittenReading
from koryu.search.folding import fold, is_han
from koryu.search.hangul import is_hangul, romanized


def automatic_reading(form: WrittenForm) -> WrittenReading | None:
    """How a form with Han characters is most likely read in its own language; None where there is nothing to read.

    Japanese in hiragana, Korean in hangul, Chinese in pinyin without tones; hangul alone in Revised Romanization. A
    form that has a reading on record in that language gets none. Japanese is read as the index has it
    (`WrittenForm.kana`): only for names, and only for forms that come out of it.
    """
    language = form.lang.split("-")[0]
    if any(reading.lang.split("-")[0] == language for reading in form.readings):
        return None
    match language:
        case "ja" if _has_han(form.text):
            return _reading("ja-Kana", form.kana)
        case "zh" if _has_han(form.text):
            return _reading("zh-Latn-pinyin", _piece_by_piece(form.text, _chinese))
        case "ko" if _has_han(form.text):
            return _reading("ko", _piece_by_piece(form.text, _korean))
        case "ko" if any(is_hangul(char) for char in form.text):
            return _reading("ko-Latn", romanized(form.text))
    return None


def _reading(lang: str, text: str) -> WrittenReading | None:
    return WrittenReading(lang, text) if text.strip() else None


def _has_han(text: str) -> bool:
    return any(is_han(char) for char in text)


def _piece_by_piece(text: str, read: Callable[[str, str], str]) -> str:
    parts = []
    for piece in fold(text):
        written = "".join(text[at] for at in piece.starts)
        parts.append(text[piece.starts[0] : piece.ends[-1]] if piece.words else read(piece.chars, written))
    return " ".join(parts)


def _chinese(folded: str, written: str) -> str:
    letters = pinyin.letters_of_codes()
    codes = pinyin.syllables_of_han(folded, written)
    return " ".join(letters.get(code, char) for code, char in zip(codes, written, strict=True))


def _korean(folded: str, written: str) -> str:
    read = han.korean_of_han(folded, written)
    return han.as_written_in_korea("".join(sound.strip() or char for sound, char in zip(read, written, strict=True)))
