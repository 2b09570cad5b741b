"""What is read is what is sealed: at the desk, on the public page, and in a mail."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from koryu.institutions import actions as people
from koryu.institutions.models import Account
from koryu.institutions.queries import Membership
from koryu.notices.actions.compose import Matter, written
from koryu.notices.rules import NoticeKind
from koryu.values.invisible import unseen
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.desk.people import person
from tests.world import AT, COMPILER, EXCHANGE, NDL, NLC, House, exchange, give_voice, put_on_record

pytestmark = pytest.mark.django_db
ARABIC = "زيارة المكتبة 2004"
TURNED = "The fee is 101\u202e yen\u202c, paid by NLC\U000e0041"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, COMPILER)


def body(page: Any) -> str:
    """A page without the marks by which, where there are no elements, a text is kept apart."""
    html: str = page.content.decode()
    return html.replace("\u2068", "").replace("\u2069", "")


def test_at_the_desk_nothing_unseen_is_shown_unsaid_and_what_runs_from_right_to_left_is_kept_apart() -> None:
    version = House(NDL).propose(exchange(NDL, NLC, title=ARABIC, notes={"en": TURNED}))
    officer = person("officer", (NLC, "officer"))
    for path in (f"/desk/record/{EXCHANGE}/", "/desk/"):
        page = body(officer.get(path))
        assert f"<bdi>{ARABIC}</bdi>" in page
        assert unseen(page) == ()
    record = body(officer.get(f"/desk/record/{EXCHANGE}/"))
    assert '101<span class="sign">U+202E</span> yen<span class="sign">U+202C</span>' in record
    assert 'NLC<span class="sign">U+E0041</span>' in record
    House(NLC).accept(version)
    page = body(Client().get("/en/exchange/", follow=True))
    assert f"<bdi>{ARABIC}</bdi>" in page
    assert unseen(page) == ()


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_in_a_mail_a_title_does_not_turn_the_words_around_it(language: str) -> None:
    matter = Matter(
        about=NoticeKind.AGREED,
        membership=Membership(
            username="mori", name="Mori", email="mori@example.org", language=language, institution=NLC, role="head"
        ),
        record=EXCHANGE,
        title=Text({"ar": ARABIC}),
        who=NDL,
        when="2026-11-22T09:00:00Z",
        key=("x",),
    )
    subject, text = written(matter, names={}, lines={})
    assert f"\u2068{ARABIC}\u2069" in subject
    assert f"\u2068{ARABIC}\u2069" in text
    assert "\u2068" not in written(replace(matter, title=Text({"ja": "訪問"})), names={}, lines={})[1]


@pytest.mark.parametrize("name", ["Mori\u202e", "\u200bMori", "Mori\U000e0041", "\u3164"])
def test_nobody_is_entered_under_a_name_that_is_not_what_it_looks_like(name: str) -> None:
    by = {"institution": NLC, "email": "", "language": "en", "role": "reader", "password": "", "by": "head"}
    with pytest.raises(Refused, match="cannot be seen"):
        people.enter_person(username="mori", name=name, at=AT, **by)
    with pytest.raises(Refused, match="cannot be seen"):
        people.enter(username="mori", name=name)
    assert not Account.objects.filter(username="mori").exists()
