"""Explains a result: where in a form the query matched, and why, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from koryu.search import japanese_sounds, phonetics, query, synonyms
from koryu.search.compile import spelled_nearly
from koryu.search.documents import PARTS
from koryu.search.entries import Hit, Match, WrittenForm
from koryu.search.folding import Stretch, fold, is_han
from koryu.search.hangul import is_hangul
from koryu.search.phonetics import Heard, Span, Ways, folded
from koryu.values.reason import N_, Reason

SAME = N_("contains %(query)s as typed")
WORDS = N_("contains each word of %(query)s")
FOLDED = N_("%(query)s matches %(found)s: the same but for width, case, accents or kana")
CHARACTERS = N_("%(query)s matches %(found)s: same characters")
INITIAL_SOUND = N_("%(query)s matches %(found)s: same word, spelling used in North or South Korea")
GIVEN = N_("%(query)s matches %(found)s: read %(reading)s")
# No reading is given here: what a dictionary makes of a name, in a list of people or in the middle of a title, is no
# more than a guess at how somebody is called.
AUTOMATIC = N_("%(query)s matches %(found)s: the same sound (automatic reading)")
SYNONYM = N_("%(query)s matches %(found)s: the same term in other words")
PARTLY = N_("%(query)s matches %(found)s in part")
NEARLY = N_("%(found)s is one letter away from %(query)s")
SIMILAR = N_("%(found)s is close to %(query)s")

SpansAndReason = tuple[tuple[Span, ...], Reason]
_WINDOW, _MOST_TEXT = 4_000, 400_000
_FOUND_LENGTH = 40
# Nobody is shown more reasons than these; what an entry holds beyond them is not looked at.
ENOUGH = 3


def _unheard(_han: str) -> str:
    return ""


@dataclass(frozen=True)
class Question:
    """A query with everything that comparing it needs, computed once for all the forms it is compared with."""

    query: str
    heard: Heard

    @cached_property
    def pieces(self) -> tuple[Stretch, ...]:
        return fold(self.query)

    @cached_property
    def ways(self) -> Ways:
        return phonetics.ways_of(self.query, self.pieces, self.heard)

    @cached_property
    def script(self) -> str:
        return phonetics.script_of(self.pieces)

    @cached_property
    def words(self) -> tuple["Question", ...]:
        """A question for each of its words, each once; none where it is only one word."""
        parts = [self.query[piece.starts[0] : piece.ends[-1]] for piece in self.pieces]
        words = [word for part in parts for word in part.split()][: query.MOST_PARTS]
        if len(words) < 2:
            return ()
        return tuple(Question(word, self.heard) for word in dict.fromkeys(words) if word != self.query.strip())

    @cached_property
    def in_other_words(self) -> tuple["Question", ...]:
        return tuple(Question(other, self.heard) for other in synonyms.alternatives(self.pieces))


def explainer(
    query: str, reader: str, *, near: bool = False, heard: Heard = _unheard
) -> Callable[[Hit], tuple[Match, ...]]:
    """Makes the function that tells why an entry matched a query, best first, forms in the reader's language first.

    `heard` tells how folded Han characters sound in Japanese, in morae.
    """
    question = Question(query, heard)

    def is_foreign(form: WrittenForm) -> bool:
        return not form.lang.startswith(reader[:2] or "?")

    def explain(hit: Hit) -> tuple[Match, ...]:
        matches: list[Match] = []
        for part in PARTS:
            if len(matches) < ENOUGH:
                matches.extend(_in_part(question, sorted(getattr(hit, part), key=is_foreign), part))
        return tuple(matches)

    def _in_part(question: Question, forms: list[WrittenForm], part: str) -> list[Match]:
        graded: list[tuple[int, bool, Match]] = []
        for form in forms:
            match = _in_windows(question, form, part, near=near)
            if match is not None:
                graded.append((match[0], is_foreign(form), match[1]))
            if sum(each[:2] == (0, False) for each in graded) == ENOUGH:
                break
        return [match for *_, match in sorted(graded, key=lambda each: each[:2])]

    return explain


def _in_windows(question: Question, form: WrittenForm, part: str, *, near: bool) -> tuple[int, Match] | None:
    """As `matched`; a long text is looked through a stretch at a time, up to the first that matches."""
    if len(form.text) <= _WINDOW:
        return _matched(question, form, part, near=near)
    for start in range(0, min(len(form.text), _MOST_TEXT), _WINDOW):
        grade_and_match = _matched(question, _stretch(form, start, start + _WINDOW + query.LONGEST_QUERY), part)
        if grade_and_match is not None:
            spans = tuple((start + first, start + last) for first, last in grade_and_match[1].spans)
            return grade_and_match[0], Match(form, part, spans, grade_and_match[1].why)
    return None


def _stretch(form: WrittenForm, start: int, end: int) -> WrittenForm:
    words = [(first - start, last - start, morae) for first, last, morae in japanese_sounds.unpacked(form.sounds)]
    inside = japanese_sounds.within(tuple(words), 0, end - start)
    return WrittenForm(form.lang, form.text[start:end], form.readings, japanese_sounds.packed(inside))


def matched(
    query: str, form: WrittenForm, part: str, *, near: bool = False, heard: Heard = _unheard
) -> tuple[int, Match] | None:
    """How well and why one form matched (0 is best); None when it did not."""
    return _matched(Question(query, heard), form, part, near=near)


def _matched(question: Question, form: WrittenForm, part: str, *, near: bool = False) -> tuple[int, Match] | None:
    for grade, attempt in enumerate((_as_written, _by_reading, _by_words, _by_synonym)):
        spans_and_reason = attempt(question, form)
        if spans_and_reason is not None:
            return grade, Match(form, part, spans_and_reason[0], spans_and_reason[1])
    if near:
        spans = _shared(question.pieces, form)
        letters = "".join(piece.chars for piece in question.pieces if piece.words)
        message = NEARLY if letters and _one_slip(letters, form) else SIMILAR
        return 9, Match(form, part, spans, _reason(message, question.query, form, spans))
    return None


def _reason(message: str, query: str, form: WrittenForm, spans: Iterable[Span], **values: object) -> Reason:
    marked = " … ".join(form.text[start:end] for start, end in spans) or form.text
    if len(marked) > _FOUND_LENGTH:
        marked = marked[: _FOUND_LENGTH - 1] + "…"
    return Reason(message, query=query.strip(), found=marked, **values)


def _as_written(question: Question, form: WrittenForm) -> SpansAndReason | None:
    """Every piece of the query stands in the form once both are folded."""
    query = question.query
    spans: list[Span] = []
    for piece in question.pieces:
        places = _places(piece, form)
        if not places:
            return None
        spans.extend(places)
    merged = _merged(spans)
    written = [form.text[start:end] for start, end in merged]
    if query.strip() in form.text:
        message = SAME
    elif len(merged) == 1:
        message = _difference(query, written[0])
    else:
        message = WORDS if all(text in query for text in written) else FOLDED
    return merged, _reason(message, query, form, merged)


def _difference(query: str, written: str) -> str:
    ours, theirs = "".join(p.chars for p in fold(query)), "".join(p.chars for p in fold(written))
    if any(is_han(char) for char in ours) and ours == theirs:
        return CHARACTERS
    return INITIAL_SOUND if any(is_hangul(char) for char in ours) else FOLDED


def _places(piece: Stretch, form: WrittenForm) -> list[Span]:
    spans: list[Span] = []
    for other in folded(form.text):
        if piece.words or piece.chars.isdecimal():
            if other.words == piece.words and other.chars == piece.chars:
                spans.append((other.starts[0], other.ends[-1]))
            elif not other.words and piece.chars.isdecimal():
                spans.extend(_within(piece.chars, other))
        elif not other.words:
            spans.extend(_within(piece.chars, other))
    return spans


def _within(chars: str, piece: Stretch) -> list[Span]:
    spans, at = [], piece.chars.find(chars)
    while at >= 0:
        spans.append((piece.starts[at], piece.ends[at + len(chars) - 1]))
        at = piece.chars.find(chars, at + 1)
    return spans


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(set(spans)):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _by_reading(question: Question, form: WrittenForm) -> SpansAndReason | None:
    """The query, taken as sounds, stands in a reading of the form: one on record first, else an automatic one."""
    for reading in form.readings:
        if phonetics.is_heard_in(reading, question.pieces, question.ways):
            whole = ((0, len(form.text)),)
            return whole, _reason(GIVEN, question.query, form, whole, reading=reading.text)
    given = {reading.lang.split("-")[0] for reading in form.readings}
    own = form.lang.split("-")[0]
    for language in sorted(("ja", "ko", "zh"), key=lambda each: each != own):
        if language in given or not question.ways[language]:
            continue
        for sounds in phonetics.sounds_of(form, language, question.script):
            for way in question.ways[language]:
                at = phonetics.place_of(way, sounds.codes)
                if at >= 0:
                    spans = ((sounds.spans[at][0], sounds.spans[at + len(way) - 1][1]),)
                    return spans, _reason(AUTOMATIC, question.query, form, spans)
    return None


def _by_words(question: Question, form: WrittenForm) -> SpansAndReason | None:
    """Each word of the query matches in its own way."""
    word_matches = [_matched(word, form, "") for word in question.words]
    if not any(word_matches):
        return None
    spans = _merged(span for each in word_matches if each for span in each[1].spans)
    if all(word_matches):
        best = max((each for each in word_matches if each), key=lambda each: each[0])
        return spans, best[1].why
    return spans, _reason(PARTLY, question.query, form, spans)


def _by_synonym(question: Question, form: WrittenForm) -> SpansAndReason | None:
    for other in question.in_other_words:
        spans_and_reason = _as_written(other, form) or _by_reading(other, form)
        if spans_and_reason is not None:
            return spans_and_reason[0], _reason(SYNONYM, question.query, form, spans_and_reason[0])
    return None


def _shared(pieces: tuple[Stretch, ...], form: WrittenForm) -> tuple[Span, ...]:
    """The pairs of characters and the words a form shares with the query."""
    spans: list[Span] = []
    for piece in pieces:
        for at in range(0 if piece.words else len(piece.chars) - 1):
            for other in folded(form.text):
                if not other.words:
                    spans.extend(_within(piece.chars[at : at + 2], other))
    return _merged(spans)


def _one_slip(letters: str, form: WrittenForm) -> bool:
    return spelled_nearly(letters, {piece.chars for piece in fold(form.text) if piece.words})
