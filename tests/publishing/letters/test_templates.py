"""Templates filled with values: the same words as the letters that Koryu lays out, whatever Word has split; no more."""

import random
import re
from copy import deepcopy
from typing import Any, Final

import pytest
from lxml import etree

from koryu.ingest.word.template_file import template_problems
from koryu.publishing.letters.blocks import FilledPart, FilledRow, LetterFilling, LetterPages, LetterRun, marked_values
from koryu.publishing.letters.letter_runs import RunMaker
from koryu.publishing.letters.make import make_letter
from koryu.publishing.letters.sent_tables import sent_tables
from koryu.publishing.letters.templates.check_fields import findings_in
from koryu.publishing.letters.templates.fill_word import filled_template
from koryu.publishing.letters.templates.filling import filling_of
from koryu.publishing.letters.templates.own_layout import filled_pages, filled_word, layout_of, shipped_template
from koryu.publishing.letters.templates.sample_exchange import sample_identity, sample_source
from koryu.publishing.letters.templates.template_fields import fields_of
from koryu.values.reason import Refused
from koryu.wording.letters.letter_kinds import LANGS, LETTER_KINDS
from koryu.wording.letters.template_words import FIELD_NAMES, field_called_by, field_name
from scripts import letter_fields
from tests.docx import W, changed, packed, parts_of, text_of

HOST: Final = "library.example"
EVERY: Final = [
    (kind.code, langs)
    for kind in LETTER_KINDS.values()
    for langs in [*((tag,) for tag in LANGS), *([("zh-Hans", "ja")] if kind.both else [])]
]
SAYS: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def letter(kind: str, langs: tuple[str, ...], template: bytes | None = None) -> LetterPages:
    layout = layout_of(template, "digest") if template else None
    return make_letter(kind, langs, sample_source(langs[0]), sample_identity(HOST), layout=layout).pages


def lines(pages: LetterPages) -> list[str]:
    """What a letter says, line by line; the cells of a row with a bar between them."""
    said: list[str] = []
    for block in pages.blocks:
        match block.block:
            case "pair":
                said.append(f"{_text(block.label)} {_text(block.value)}")
            case "table":
                said += ["|".join(map(_text, row)) for row in ([block.heads] if block.heads else [])]
                said += ["|".join(map(_text, row.cells)) for row in block.rows]
            case "sign":
                said += map(_text, block.lines)
            case "space":
                continue
            case _:
                said.append(_text(block.runs))
    return [line.strip() for each in said for line in each.split("\n") if line.strip()]


def _text(runs: Any) -> str:
    return "".join(run.text for run in runs)


@pytest.mark.parametrize(("kind", "langs"), EVERY)
def test_the_shipped_layout_as_a_template_says_what_the_letter_says(kind: str, langs: tuple[str, ...]) -> None:
    template = shipped_template(kind, langs, "ko")
    own = letter(kind, langs, template)
    *said, foot = lines(own)
    assert said == lines(letter(kind, langs))
    assert foot.startswith(own.reference)
    # Nothing is said against it, and every value lies where the screen has it.
    assert findings_in(template, kind=kind, langs=langs, reader="ko") == ()
    document = etree.fromstring(parts_of(filled_word(own, template, host=HOST))["word/document.xml"])
    marks = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    assert marks == [value.mark for value in marked_values(own)]
    assert len({mark.get(f"{W}id") for mark in document.iter(f"{W}bookmarkStart")}) == len(marks)
    assert "{{" not in text_of(filled_word(own, template, host=HOST))


def test_the_same_pages_make_the_same_bytes_and_a_list_is_sent_as_one() -> None:
    template = shipped_template("participants", ("ja",), "ja")
    own = letter("participants", ("ja",), template)
    again = filled_pages(LetterPages.model_validate(own.model_dump(mode="json")), template)
    assert again == own
    assert filled_word(again, template, host=HOST) == filled_word(own, template, host=HOST)
    shipped = list(sent_tables(letter("participants", ("ja",))))
    assert [each.table for each in sent_tables(own)] == [each.table for each in shipped]


@pytest.mark.parametrize(("kind", "langs"), EVERY)
def test_every_field_has_a_value_and_every_value_a_field(kind: str, langs: tuple[str, ...]) -> None:
    pages = letter(kind, langs, shipped_template(kind, langs, "ja"))
    assert pages.filling
    rows = {code for parts in pages.filling.lists.values() for part in parts for row in part.rows for code in row.cells}
    known = fields_of(kind, two=len(langs) > 1)
    headings = {code for code, field in known.items() if field.is_heading}
    assert {*pages.filling.fields, *rows, *headings} == known.keys()


def test_a_name_means_one_thing_in_whatever_language_it_is_typed() -> None:
    for code, names in FIELD_NAMES.items():
        for name in (*names, code, f" {names[0]} ", names[3].upper()):
            assert field_called_by(name) == code
        assert field_called_by(f"{names[1]}２") == f"{code} 2"
    assert field_called_by("宛名の氏名") is None


# -- filling, on a document of a few paragraphs


def document(*elements: str) -> bytes:
    """A template with these elements in its body."""
    parts = parts_of(shipped_template("invitation", ("ja",), "ja"))
    body = f'<w:document xmlns:w="{W[1:-1]}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    return packed({**parts, "word/document.xml": f"{body}<w:body>{''.join(elements)}</w:body></w:document>".encode()})


def p(*runs: str, look: str = "") -> str:
    """A paragraph of runs, each with the same look."""
    written = (f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{''.join(written)}</w:p>"


def tbl(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in cells)}</w:tbl>"


def run(text: str, lang: str = "ja", path: str = "") -> tuple[LetterRun, ...]:
    return (LetterRun(text=text, lang=lang, path=path),) if text else ()


FILLING: Final = LetterFilling(
    fields={
        "to.name": run("\ufa19尾 <健一> {{件名}} &amp;"),
        "to.post": run("館長"),
        "subject": run("一行目\n二行目"),
        "body": (*run("第一文"), *run("\n"), *run("第二文")),
        "their.number": (),
        "costs": run("何静", "zh-Hans", "tag:x cost.zh-Hans"),
        "reference": run("library.example · 7Q42M9A"),
    },
    lists={
        "invited": (
            FilledPart(
                heading=run("招へい者"),
                rows=(
                    FilledRow(path="tag:x members[a]", cells={"invited.name": run("何静"), "invited.post": ()}),
                    FilledRow(
                        path="tag:x members[b]", cells={"invited.name": run("王芳"), "invited.post": run("处长")}
                    ),
                ),
            ),
        ),
    },
)
PAGES: Final = LetterPages(
    kind="invitation",
    langs=("ja",),
    title="",
    number="7Q42M9A",
    reference="library.example · 7Q42M9A",
    blocks=(),
    filling=FILLING,
)


def filled(*elements: str) -> str:
    """What a template of these elements says, filled; paragraphs on lines of their own."""
    return text_of(filled_template(document(*elements), PAGES).word(host=HOST))


@pytest.mark.parametrize(
    ("elements", "says"),
    [
        ((p("{{宛先の職名}}"),), "館長"),
        ((p("{{addressee post}}／{{收件人职务}}／{{수신자 직위}}／{{to.post}}"),), "館長／館長／館長／館長"),
        ((p("{{ 宛先の 職名 }}"),), "館長"),
        ((p("｛｛宛先の職名｝｝"),), "館長"),
        # However Word has split it.
        ((p("あ{", "{宛先", "の職名}", "}い"),), "あ館長い"),
        ((p("{{宛先の職名}}{{宛先の職名}}"),), "館長館長"),
        # A value is text: what looks like a field, an element or an entity in it is none.
        ((p("{{宛先の氏名}}"),), "\ufa19尾 <健一> {{件名}} &amp;"),
        # What is empty goes, with the words beside it.
        ((p("番号：{{貴信の番号}}"), p("残る")), "残る"),
        ((p("{{宛先の職名}}[[（{{貴信の番号}}）]]"),), "館長"),
        ((p("{{宛先の職名}}[[（{{宛先の職名}}）]]"),), "館長（館長）"),
        ((p("［［番号{{貴信の番号}}］］残る"),), "残る"),
        ((tbl(("番号", "{{貴信の番号}}"), ("職名", "{{宛先の職名}}")),), "職名\n館長"),
        # Sentences become paragraphs like the one they stand in.
        ((p("{{本文}}"),), "第一文\n第二文"),
        ((p("文：{{本文}}"),), "文：第一文第二文"),
        # A row is repeated for each item.
        ((tbl(("氏名", "職名"), ("{{招へい者の氏名}}", "{{招へい者の職名}}")),), "氏名\n職名\n何静\n\n王芳\n处长"),
        ((p("{{招へい者の見出し}}"), tbl(("{{招へい者の氏名}}",))), "招へい者\n何静\n王芳"),
    ],
)
def test_fields_are_filled(elements: tuple[str, ...], says: str) -> None:
    assert filled(*elements) == says


def test_a_value_looks_as_the_field_does_and_says_its_language() -> None:
    look = '<w:rFonts w:eastAsia="Meiryo"/><w:b/><w:color w:val="FF0000"/>'
    body = document(p("{{宛先の職名}} {{費用の負担}} {{件名}}", look=look))
    root = etree.fromstring(parts_of(filled_template(body, PAGES).word(host=HOST))["word/document.xml"])
    looks = {
        "".join(text.text or "" for text in each.iter(SAYS)): [
            (etree.QName(prop).localname, prop.get(f"{W}eastAsia")) for prop in each.find(f"{W}rPr")
        ]
        for each in root.iter(f"{W}r")
    }
    plain = [("rFonts", "Meiryo"), ("b", None), ("color", None)]
    assert looks["館長"] == [*plain, ("lang", "ja-JP")]
    # Another language than the letter's has a font that has its forms.
    assert looks["何静"] == [("rFonts", "SimSun"), ("b", None), ("color", None), ("lang", "zh-CN")]
    assert len(list(root.iter(f"{W}br"))) == 1


def test_the_reference_line_is_added_where_the_template_has_no_foot() -> None:
    body = document(p("{{宛先の職名}}"))
    parts = parts_of(body)
    bare = {name: part for name, part in parts.items() if name != "word/footer1.xml"}
    rels = re.sub(rb"<Relationship Id=.rIdFoot.[^>]*>", b"", bare["word/_rels/document.xml.rels"])
    written = parts_of(filled_template(packed({**bare, "word/_rels/document.xml.rels": rels}), PAGES).word(host=HOST))
    assert "library.example · 7Q42M9A" in written["word/koryuFooter.xml"].decode()
    assert "footerReference" in written["word/document.xml"].decode()
    assert "koryuFooter" in written["[Content_Types].xml"].decode()


# -- what is said of a template


def said(*elements: str, kind: str = "invitation", langs: tuple[str, ...] = ("ja",)) -> list[str]:
    """What stops a template of these elements."""
    told = findings_in(document(*elements), kind=kind, langs=langs, reader="ja")
    return [str(each.says) for each in told if each.stops]


@pytest.mark.parametrize(
    ("elements", "says"),
    [
        ((p("{{宛名の氏名}}"),), ["{{宛名の氏名}} is not known; did you mean {{宛先の氏名}}?"]),
        ((p("{{adressee name}}"),), ["{{adressee name}} is not known; did you mean {{addressee name}}?"]),
        ((p("{{収件人姓名}}"),), ["{{収件人姓名}} is not known; did you mean {{收件人姓名}}?"]),
        ((p("{{수신자성함}}"),), ["{{수신자성함}} is not known; did you mean {{수신자 성명}}?"]),
        ((p("{{☃}}"),), ["{{☃}} is not known."]),
        ((p("{{7*7}} {{config.items()}}"),), ["{{7*7}} is not known.", "{{config.items()}} is not known."]),
        ((p("{{時刻}}"),), ["{{時刻}} is not a field of this kind of letter."]),
        ((p("{{件名 2}}"),), ["{{件名 2}}: this template has one language, or this field only one."]),
        ((p("{{件名}"),), ["“{{件名}”: braces or brackets are opened and not closed."]),
        ((p("[[{{件名}}"),), ["“[[{{件名}}”: braces or brackets are opened and not closed."]),
        (
            (p("{{招へい者の氏名}}"),),
            ["{{招へい者の氏名}} belongs to a list: it must stand in the row of a table."],
        ),
        (
            (tbl(("{{招へい者の氏名}}", "{{午前の日程}}")),),
            ["Table 1: fields of two lists stand in one row."],
        ),
        (
            (tbl(("{{招へい者の氏名}}",), ("{{招へい者の職名}}",)),),
            ["Table 1: more than one row repeats; put all fields of the list into one row."],
        ),
        (
            (p("{{招へい者の見出し}}"), p("間"), tbl(("{{招へい者の氏名}}",))),
            ["{{招へい者の見出し}} must stand in the row of its list, or directly before the table."],
        ),
        (
            ('<w:p><w:ins w:author="x"><w:r><w:t>新</w:t></w:r></w:ins></w:p>',),
            ["The template holds tracked changes; accept or reject them in Word first."],
        ),
        ((p("{{件名}}"), tbl(("氏名",), ("{{招へい者の氏名}}",))), []),
    ],
)
def test_what_is_wrong_is_told_all_at_once(elements: tuple[str, ...], says: list[str]) -> None:
    assert said(*elements) == says
    # With everything else that is wrong.
    assert said(*elements, p("{{☃☃}}"))[-1] == "{{☃☃}} is not known."


def test_a_small_file_costs_little_whatever_is_in_it() -> None:
    """Before: 15 kB of one wrong name took a minute and a half, and a paragraph of fields as long for each letter."""
    assert said(*[p("{{名前でない}}")] * 5_000).count("{{名前でない}} is not known.") == 1
    assert len(said(*(p(f"{{{{a{number}}}}}") for number in range(300)))) == 200
    assert "Reading this file takes too long. Nothing was taken from it." in said(p(*["{{件名}}"] * 800))


def test_what_is_good_to_know_stops_nothing() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('{{件名}}')}</w:txbxContent></w:pict></w:r></w:p>"
    told = findings_in(document(box), kind="invitation", langs=("ja",), reader="zh-Hans")
    assert not [each for each in told if each.stops]
    notes = [str(each.says) for each in told]
    assert "{{件名}} stands in a text box: it is filled, but will not come back from the partner’s file." in notes
    assert "{{费用承担}} is not in the template; such a letter should have it." in notes
    assert "{{管理编号}} is not in the template; it is added to the foot of the pages." not in notes
    assert "一行目二行目" in filled(box)


def test_names_of_a_second_language_are_for_what_both_have() -> None:
    assert field_name("member.name 2", "ko") == "성명 2"
    assert "member.name 2" in fields_of("participants", two=True)
    assert "member.no 2" not in fields_of("participants", two=True)
    assert "member.name 2" not in fields_of("participants")


def test_filling_needs_no_more_than_the_values_of_the_letter() -> None:
    source = sample_source("ja")
    pages = letter("papers", ("ja",))
    filling = filling_of(pages, source, (RunMaker("ja", source.lines),), sample_identity(HOST))
    assert LetterFilling.model_validate_json(filling.model_dump_json()) == filling


def test_a_template_may_say_more_than_the_layout_it_began_with() -> None:
    template = changed(shipped_template("invitation", ("ja",), "ja"), {"{{件名}}": "【件名】{{件名}}"})
    assert any(line.startswith("【件名】") for line in lines(letter("invitation", ("ja",), template)))


WRAPS: Final = ("sdt", "sdtContent", "txbxContent", "tc", "tr", "tbl", "p", "r", "hyperlink", "ins")
TEXTS: Final = ("{{", "}}", "{{氏名}}", "[[{{件名}}]]", "[[", "{{件名}}{{", "\u202e")


def jumbled(docx: bytes, chance: random.Random) -> bytes:
    """The file with some of its elements taken out, doubled, put elsewhere or called otherwise."""
    root = etree.fromstring(parts_of(docx)["word/document.xml"])
    for _ in range(chance.randint(1, 6)):
        elements = [each for each in root.iter(etree.Element) if each.getparent() is not None]
        element, other = chance.choice(elements), chance.choice(elements)
        match chance.randrange(5):
            case 0:
                element.getparent().remove(element)
            case 1:
                element.addnext(deepcopy(other))
            case 2:
                other.append(deepcopy(element))
            case 3:
                wrap = etree.Element(f"{W}{chance.choice(WRAPS)}")
                element.addprevious(wrap)
                wrap.append(element)
            case _:
                element.text = chance.choice(TEXTS)
    return packed({**parts_of(docx), "word/document.xml": etree.tostring(root)})


@pytest.mark.parametrize("kind", ["invitation", "programme"])
def test_whatever_a_file_is_put_together_of_it_is_filled_or_refused_with_a_sentence(kind: str) -> None:
    for seed in range(25):
        body = jumbled(shipped_template(kind, ("ja",), "ja"), random.Random(seed))
        try:
            template_problems(body)
        except Refused:
            continue
        findings_in(body, kind=kind, langs=("ja",), reader="ja")
        own = letter(kind, ("ja",), body)
        written = etree.fromstring(parts_of(filled_word(own, body, host=HOST))["word/document.xml"])
        marks = [mark.get(f"{W}name") for mark in written.iter(f"{W}bookmarkStart")]
        assert [value.mark for value in marked_values(own)] in (marks, [])


def test_the_page_of_fields_is_as_the_code_says() -> None:
    assert letter_fields.PAGE.read_text(encoding="utf-8") == letter_fields.page()
