"""What was pasted from a page, made ready for the parser: what is left of it."""

import pytest

from koryu.sheets.whole_tags import with_whole_tags

PHONE = "<td style='mso-number-format:\"[<=99999999]\\#\"'>"


@pytest.mark.parametrize(
    ("html", "left"),  # None where all of it is left
    [
        ("<p>a</p>", None),
        ("a & b < c > d", "a & b &lt; c > d"),
        ('<td nowrap width=5 title="a > b">x</td>', None),
        (f"{PHONE}03-3581-2331</td>", None),
        ("<!DOCTYPE html><!--StartFragment--><b>x</b><!--[if gte mso 9]><i>y</i><![endif]-->", "<b>x</b>"),
        ("<![if !vml]><b>x</b><?xml:namespace prefix?>", "<b>x</b>"),
        ("<b>5' 3\"</b>", None),
        ("<b>x<!-- never closed <b>y</b>", "<b>x"),
        ('<b>x</b><td title="never closed>y', "<b>x</b>"),
        ("<b>x</b", "<b>x"),
        ("<3 <", "&lt;3 &lt;"),
        ("", ""),
    ],
)
def test_each_tag_is_whole_and_what_is_text_stays(html: str, left: str | None) -> None:
    assert with_whole_tags(html) == (html if left is None else left)
