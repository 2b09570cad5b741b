"""Papers, the sheet: one row is one paper, a draft for itself, of the institution whose list it is."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from koryu.sheets.rows.paper_cells import LabelCell, PaperTypeCell, TextStatusCell
from koryu.sheets.rows.paper_checks import ListedPaper, paper_marks
from koryu.sheets.rows.row_sheet import CellMark, CellReader, Column, RowSheet, items_of
from koryu.sheets.rows.speaker_cells import (
    SpeakersCell,
    as_listed,
    listed_as,
    names_of_speaker,
    speaker_shown,
    speaker_with_posts,
    speakers_in,
)
from koryu.sheets.rows.text_cells import TextCell
from koryu.values.reason import N_

# The list that is made of drafts for the sheet.
LISTED: Final = "papers"
_COLUMNS: Final = (
    Column(
        key="label",
        cell=LabelCell("label"),
        called=N_("Label"),
        path="label",
        width="s",
        heads={
            "en": "label code paper_no. paper_number",
            "ja": "記号 報告番号 区分表示 論文番号",
            "zh-Hans": "标示 代号 报告编号 报告序号 论文编号",
            "ko": "구분_표시 발표번호 기호",
        },
    ),
    Column(
        key="type",
        cell=PaperTypeCell(),
        called=N_("Kind"),
        path="type",
        heads={
            "en": "kind type",
            "ja": "種類 種別 区分",
            "zh-Hans": "类型 类别 报告类型 性质",
            "ko": "종류 구분 유형",
        },
        stops=True,
    ),
    Column(
        key="speakers",
        cell=SpeakersCell(),
        called=N_("Speakers"),
        path="speakers",
        width="l",
        heads={
            "en": "speaker speakers author authors presenter",
            "ja": "報告者 発表者 講演者 発表者名 報告者氏名 著者",
            "zh-Hans": "报告人 报告者 发言人 主讲人 演讲人 作者 报告人姓名 宣讲人",
            "ko": "발표자 보고자 강연자 저자",
        },
    ),
    Column(
        key="title",
        cell=TextCell("title"),
        called=N_("Title"),
        path="title",
        width="l",
        by_language=True,
        heads={
            "en": "title english_title title_in_english",
            "ja": "題名 題目 演題 タイトル 報告題目 テーマ 論題 標題",
            "zh-Hans": "题名 题目 报告题目 标题 主题 论文题目 发言题目 报告名称 英文题目 日文题目 中文题目",
            "ko": "제목 발표제목 주제 논제 발표주제",
        },
    ),
    Column(
        key="text",
        cell=TextStatusCell(),
        called=N_("Text"),
        path="wordings",
        by_language=True,
        heads={
            "en": "text full_text manuscript",
            "ja": "本文 原稿 全文 報告原稿",
            "zh-Hans": "正文 全文 稿件 报告稿 文稿",
            "ko": "본문 원고 전문",
        },
        stops=True,
        takes_files=True,
    ),
)


def listed_papers(
    content: Mapping[str, Any],
    reader: CellReader,
    *,
    sessions: Mapping[str, tuple[str, ...]],
) -> tuple[ListedPaper, ...]:
    """The papers of a list as the checks know them; `sessions` are the names of those that name them, by row.

    Where there is no list of people, nobody is missed in it.
    """
    return tuple(
        ListedPaper(
            row=item["id"],
            content=item,
            **_beside_lists(item, reader),
            sessions=sessions.get(item["id"], ()),
        )
        for item in items_of(PAPERS, content)
    )


def _beside_lists(item: Mapping[str, Any], reader: CellReader) -> dict[str, list[str]]:
    """What the lists of people say of the speakers of a paper: see `ListedPaper`."""
    strangers: list[str] = []
    namesakes: list[str] = []
    otherwise: list[str] = []
    for speaker in speakers_in(item) if reader.around.people else ():
        names = names_of_speaker(speaker, reader)
        if listed := as_listed(speaker, reader):
            otherwise.append(speaker_with_posts(listed, reader))
        elif names and listed_as(speaker, reader) is None:
            unclear = reader.around.all_known_by(names)
            (namesakes if unclear else strangers).append(speaker_shown(speaker, reader))
    return {"strangers": strangers, "namesakes": namesakes, "otherwise": otherwise}


def _checks(content: Mapping[str, Any], reader: CellReader, known: Mapping[str, Any]) -> Iterator[CellMark]:
    """What is known besides: see `listed_papers` and `paper_marks`."""
    yield from paper_marks(
        listed_papers(content, reader, sessions=known.get("sessions", {})),
        languages=known.get("languages", {}),
        has_timetable=bool(known.get("has_timetable")),
        titles_elsewhere=known.get("titles_elsewhere", {}),
    )


PAPERS: Final = RowSheet(
    kind="paper",
    path=LISTED,
    called=N_("List of papers"),
    columns=_COLUMNS,
    keyed_by=("title", "label"),
    checks=(_checks,),
    rows_are_drafts=True,
)
# What a translator sees of it: which paper it is, and the words.
PAPER_WORDS: Final = RowSheet(
    kind="paper",
    path=LISTED,
    called=N_("List of papers"),
    columns=tuple(column for column in _COLUMNS if column.key in ("label", "title")),
    keyed_by=("title", "label"),
    checks=(_checks,),
    rows_are_drafts=True,
)
