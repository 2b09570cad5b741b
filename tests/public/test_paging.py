"""Long lists on numbered pages."""

import pytest

from koryu.public.paging import LENGTH, PastTheEnd, part


def test_a_list_is_cut_into_pages_and_nothing_is_lost() -> None:
    items = list(range(2 * LENGTH + 1))
    pages = [part(items, number=number) for number in (1, 2, 3)]
    assert [one for page in pages for one in page.items] == items
    assert {page.last for page in pages} == {3}


def test_an_empty_list_is_one_empty_page() -> None:
    assert part([], number=1).last == 1


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_past_the_end_it_is_said_where_the_end_is(number: int) -> None:
    with pytest.raises(PastTheEnd) as raised:
        part([1, 2], number=number)
    assert raised.value.last == 1
