"""People, the sheet: one row is one member of an institution's participation, in order of rank."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from koryu.sheets.rows import people_checks
from koryu.sheets.rows.name_cells import NameCell, ReadingCell
from koryu.sheets.rows.people_checks import ListedMember
from koryu.sheets.rows.role_cells import RolesCell, YesNoCell
from koryu.sheets.rows.row_sheet import CellMark, CellReader, Column, RowSheet, items_of, kept_text
from koryu.sheets.rows.text_cells import BodyCell, PostsCell, TextCell
from koryu.values.reason import N_

_ROLES_BY_HEAD: Final = {
    "en": "role roles",
    "ja": "役割 役 備考",
    "zh-Hans": "备注 角色 团内职务 團內職務 代表团职务 身份 備註 备考",
    "ko": "역할 비고 담당 역활",
}
_COLUMNS: Final = (
    Column(
        key="name",
        cell=NameCell(),
        called=N_("Full name"),
        path="printed",
        by_language=True,
        kinds=("person",),
        heads={
            "en": "name full_name english_name name_in_english romanised_name",
            "ja": "氏名 名前 お名前 御氏名 姓名（漢字） 参加者氏名",
            "zh-Hans": "姓名 中文姓名 名字 姓名（中文） 人员 成员",
            "ko": "성명 이름 성함 한글성명 성명(한글) 한글",
        },
    ),
    Column(
        key="reading",
        cell=ReadingCell(),
        called=N_("Reading"),
        path="printed",
        by_language=True,
        heads={
            "ja": "ふりがな フリガナ よみ 読み 読み方 よみがな カナ 氏名カナ 氏名(カナ) かな",
            "zh-Hans": "拼音 汉语拼音 姓名拼音 漢語拼音 读音",
            "ko": "로마자 영문성명 영문명 성명(영문) 영문",
            "en": "reading pronunciation pinyin furigana",
        },
    ),
    Column(
        key="post",
        cell=PostsCell("post"),
        called=N_("Post"),
        path="posts",
        width="l",
        by_language=True,
        heads={
            "en": "post position title job_title",
            "ja": "職名 役職 職位 肩書 肩書き 役職名 官職",
            "zh-Hans": "职务 职位 职称 職務 職稱 职务/职称 职务职称 行政职务",
            "ko": "직위 직급 직책 직위/직급 직급(직위) 직위(직급) 직명",
        },
    ),
    Column(
        key="unit",
        cell=PostsCell("unit"),
        called=N_("Unit"),
        path="posts",
        width="l",
        by_language=True,
        heads={
            "en": "unit department division section affiliation office",
            "ja": "所属 部署 所属部署 部局 課 部課 所属課 所属部局",
            "zh-Hans": "部门 所在部门 處室 处室 科室 單位部門 所属部门 單位 部門 工作部门 单位及部门",
            "ko": "소속 부서 소속부서 부서명 과 소속과",
        },
    ),
    Column(
        key="body",
        cell=BodyCell(),
        called=N_("Of another institution"),
        path="posts",
        kinds=("institution",),
        heads={
            "en": "body institution organisation organization",
            "ja": "機関 所属機関 機関名 館名",
            "zh-Hans": "单位 机构 工作单位 單位名稱 机构名称",
            "ko": "기관 기관명 소속기관",
        },
    ),
    Column(key="roles", cell=RolesCell(), called=N_("Roles"), path="roles", heads=_ROLES_BY_HEAD, stops=True),
    Column(
        key="counted",
        cell=YesNoCell("counted", default=True),
        called=N_("Counts as one of them"),
        path="counted",
        width="s",
        heads={"en": "counted", "ja": "人数 計上", "zh-Hans": "计入 計入", "ko": "포함 정원"},
        stops=True,
    ),
    Column(
        key="remark",
        cell=TextCell("remark"),
        called=N_("Remarks"),
        path="remark",
        width="l",
        by_language=True,
        heads={
            "en": "remark remarks note notes",
            "ja": "備考 摘要 注記",
            "zh-Hans": "备注 備註 说明 備考",
            "ko": "비고 참고 메모",
        },
    ),
)
# What delegation lists hold besides, and is kept nowhere: see `koryu.sheets.rows.pasted_columns`.


def listed_members(content: Mapping[str, Any], reader: CellReader) -> tuple[ListedMember, ...]:
    """The members of a participation, finished or not, as the checks know them."""
    return tuple(_members(content, reader))


def _members(content: Mapping[str, Any], reader: CellReader) -> Iterator[ListedMember]:
    for item in items_of(PEOPLE, content):
        person, roles = item.get("person"), item.get("roles")
        known = kept_text(reader.names.get(person)) if isinstance(person, str) else {}
        yield ListedMember(
            row=item["id"],
            person=person if isinstance(person, str) else "",
            forms={**known, **kept_text(item.get("printed"))},
            roles=tuple(map(str, roles)) if isinstance(roles, list) else (),
            counted=item.get("counted") is not False,
            has_post=bool(item.get("posts")),
        )


def _checks(content: Mapping[str, Any], reader: CellReader, known: Mapping[str, Any]) -> Iterator[CellMark]:
    """What is known besides: see `people_marks`."""
    side, size = content.get("side"), content.get("size_stated")
    yield from people_checks.people_marks(
        listed_members(content, reader),
        hosting=side == "hosting",
        agreed=known.get("agreed", size if isinstance(size, int) else None),
        elsewhere=known.get("elsewhere", {}),
        interpreter_from_host=bool(known.get("interpreter_from_host")),
    )


PEOPLE: Final = RowSheet(
    kind="participation",
    path="members",
    called=N_("List of people"),
    columns=_COLUMNS,
    keyed_by=("name", "reading"),
    checks=(_checks,),
)
