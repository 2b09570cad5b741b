"""Times of the day as people type them into a timetable, in any of the four languages: from when, until when.

`10-1130`, `午前10時～11時半`, `上午9:00-9:45`, `오후 2시`, `14:00 45'`, `1400-`, `2330-0030 +1`.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from koryu.values.reason import N_, Reason, Refused

_DAY: Final = 24 * 60
_MOST: Final = 60
_MORNING: Final = "am a.m. 午前 上午 早上 早晨 오전 아침".split()
_AFTERNOON: Final = "pm p.m. 午後 下午 晚上 傍晚 夜 오후 저녁 밤".split()
_HALVES: Final = "|".join(re.escape(word) for word in (*_MORNING, *_AFTERNOON, "中午"))
_TIME: Final = (
    rf"(?P<half{{0}}>{_HALVES})?\s*(?:(?P<noon{{0}}>正午|noon|정오)|"
    r"(?P<hour{0}>\d{{1,2}})(?:\s*[:.h]\s*(?P<minute{0}>\d{{2}})|\s*[時时点點시]\s*(?:(?P<words{0}>\d{{1,2}})\s*[分분]?|(?P<past{0}>半|반))?"
    r"|(?P<tight{0}>\d{{2}})(?!\d))?)"
    r"\s*(?P<after{0}>a\.?m\.?|p\.?m\.?)?"
)
_FIRST, _LAST = (_TIME.format(side) for side in "12")
_JOINT: Final = r"\s*(?:-|~|から|より|到|至|부터|에서|to|until)\s*"
_LENGTH: Final = (
    r"(?P<length>\d{1,3})\s*(?:'|′|’|min(?:utes?|s?)?\.?|分鐘|分钟|分間|分|분간|분|m)|"
    r"(?P<hours>\d{1,2}(?:\.5)?)\s*(?:h|hours?|時間|小时|小時|시간)(?P<and>半|반)?"
)
_NEXT: Final = r"(?P<next>\+\s*(?P<days>\d)|翌日?|次日|익일|다음\s*날|next day)"
_WHOLE: Final = re.compile(
    rf"(?:from )?{_FIRST}(?P<joint>{_JOINT})?"
    rf"(?:(?:\s*\(?(?:{_LENGTH})\)?)|(?:(?<=[-~])|(?<=から)|(?<=到)|(?<=至)|(?<=부터)|(?<=에서)|(?<=より)|(?<=\s))(?P<before>翌日?|次日|익일|다음\s*날)?\s*{_LAST})?"
    rf"\s*(?:まで|까지|止|为止)?\s*{_NEXT}?"
)
_WRITE: Final = N_("“%(typed)s” is not understood as a time; write it like 10:00-11:30, 14:00 or 14:00 45'.")
_NO_SUCH: Final = N_("There is no %(time)s: hours go from 0 to 24, minutes from 0 to 59.")
_TWELVE: Final = N_("“%(typed)s” may be noon or midnight; write 12:00 or 0:00.")


@dataclass(frozen=True)
class TypedHours:
    """From when, and until when where that is known, as `HH:MM`; how many days later it ends."""

    start: str
    end: str = ""
    days: int = 0

    @property
    def ends_before_it_starts(self) -> bool:
        return bool(self.end) and not self.days and self.end < self.start

    def __str__(self) -> str:
        """As a cell shows it, which is read back as the same."""
        if not self.end:
            return f"{self.start}–" if self.start else ""
        return f"{self.start}–{self.end}" + (f" +{self.days}" if self.days else "")


BACKWARDS: Final = Reason("Ends before it starts; for the next day write +1.")


def hours_typed(typed: str) -> TypedHours:
    """What was typed as hours; raises Refused with a sentence that says how they are written, or what is wrong."""
    text = _plain(typed)
    match = _WHOLE.fullmatch(text) if len(typed) <= _MOST else None
    if match is None:
        raise Refused(Reason(_WRITE, typed=typed.strip()[:_MOST]))
    start = _minutes(match, "1", typed)
    if start >= _DAY:
        raise _no_such(f"{match['hour1']}:{start % 60:02}")
    end, days = _end(match, start, typed)
    return TypedHours(
        _clock(start), "" if end is None else _clock(end % _DAY), days if end is None else days + end // _DAY
    )


def _plain(typed: str) -> str:
    text = "".join(letter for letter in typed if unicodedata.category(letter) != "Cf")
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[〜∼˜]", "~", re.sub(r"[‐‑−–—―ー‒]+", "-", text))
    return re.sub(r"\s+", " ", text).strip().rstrip("。、")


def _end(match: re.Match[str], start: int, typed: str) -> tuple[int | None, int]:
    """(the minute of the day on which it ends, how many days later); a length may run over midnight."""
    days = int(match["days"] or 1) if match["next"] or match["before"] else 0
    if match["length"] or match["hours"]:
        length = (
            int(match["length"]) if match["length"] else int(float(match["hours"]) * 60 + (30 if match["and"] else 0))
        )
        return start + length, days
    if not (match["hour2"] or match["noon2"]):
        if days:
            raise Refused(Reason(_WRITE, typed=typed.strip()))
        return None, 0
    end = _minutes(match, "2", typed, half=_half(match, "1"), after=start)
    return end, days


def _minutes(match: re.Match[str], side: str, typed: str, *, half: str = "", after: int = 0) -> int:
    """The minute of the day. A second time without its half of the day is in that of the first, or later."""
    if match[f"noon{side}"]:
        return 12 * 60
    hour = int(match[f"hour{side}"])
    past = 30 if match[f"past{side}"] else 0
    minute = int(match[f"minute{side}"] or match[f"words{side}"] or match[f"tight{side}"] or past)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise _no_such(f"{hour}:{minute:02}")
    said = _half(match, side)
    if hour == 12 and said == "morning":
        if match[f"after{side}"] and match[f"after{side}"].startswith("a"):
            return minute
        raise Refused(Reason(_TWELVE, typed=typed.strip()))
    if hour < 12 and said == "afternoon":
        hour += 12
    if not said and half and hour <= 12:
        later = [at for at in (hour, hour + 12) if at * 60 + minute > after and at < 24]
        hour = later[0] if later else hour
    return hour * 60 + minute


def _half(match: re.Match[str], side: str) -> str:
    word = match[f"half{side}"] or match[f"after{side}"] or ""
    if word in _MORNING:
        return "morning"
    return "afternoon" if word in _AFTERNOON or word == "中午" else ""


def _no_such(time: str) -> Refused:
    return Refused(Reason(_NO_SUCH, time=time))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
