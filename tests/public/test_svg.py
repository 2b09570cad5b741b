"""What is drawn: names in as many lines as there is room for."""

import pytest

from koryu.public.svg import set_in


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Mutual visit programme", 1000, ("Mutual visit programme",)),
        ("Mutual visit programme", 110, ("Mutual visit ", "programme")),
        ("国立国会図書館と韓国国会図書館", 120, ("国立国会図書館と", "韓国国会図書館")),
        ("図書館（東京）", 62, ("図書館", "（東京）")),
        ("국립중앙도서관 업무교류", 130, ("국립중앙도서관 ", "업무교류")),
        ("Librarianship", 10, ("Librarianship",)),
        ("A  B", 1000, ("A  B",)),
    ],
)
def test_a_name_is_divided_where_its_script_may_be(text: str, room: float, lines: tuple[str, ...]) -> None:
    assert set_in(text, room) == lines
    assert "".join(lines) == text
