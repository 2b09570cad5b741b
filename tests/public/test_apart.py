"""What others say of a record stands apart from what belongs to it; what others recorded of it stands beside it."""

import re
from typing import Any

import pytest
from django.test import Client

from koryu.consent import actions
from koryu.records.kinds import document_of
from koryu.wording.languages import LANGUAGES
from tests.html import problems_of
from tests.world import AT, COMPILER, NAL, NDL, NLC, NLK, WORK, House, give_voice, library, put_on_record, uri

pytestmark = pytest.mark.django_db
MEMORANDUM = uri("agreement/m")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NAL, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL)
    title = {"en": "Memorandum", "ja": "覚書", "zh-Hans": "备忘录", "ko": "양해각서", "source": "en"}
    content: dict[str, Any] = {"kind": "agreement", "type": "memorandum of understanding", "title": title}
    version = House(NDL, MEMORANDUM).propose(document_of(content | {"institutions": [NDL, NLC]}))
    House(NLC, MEMORANDUM).accept(version)


def outcome(of: str, title: str) -> str:
    """What came of it, as one institution tells it; returns its version."""
    content = {
        "kind": "outcome",
        "type": "agreement made",
        "title": {"en": title},
        "kept_by": of,
        "took_form_in": [{"id": "m", "record": MEMORANDUM}],
    }
    return House(of, uri(f"outcome/of-{of[-3:]}")).propose(document_of(content))


def record_anew(by: str, **more: Any) -> None:
    """The record of NLK, recorded by the compiler before, as another institution tells it; or as it tells it now."""
    document = document_of(library(NLK).content() | more)
    actions.record(institution=by, record=NLK, document=document, by="head", at=AT)


def page_of(address: str, language: str = "en") -> str:
    answer = Client().get(f"/{language}/{address}/")
    assert answer.status_code == 200
    return answer.content.decode()


def section(page: str, name: str) -> str:
    """A section of a page in words, from its heading to its end; '' where there is none."""
    found = re.findall(rf'<section [^>]*aria-labelledby="{name}".*?</section>', page, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", "".join(found))).strip()


def test_what_strangers_say_of_a_record_stands_apart_from_what_its_own_institutions_say() -> None:
    outcome(NDL, "As one of its own tells it")
    outcome(NAL, "As a stranger tells it")
    page = page_of("agreement/m")
    apart = section(page, "apart")
    assert apart.startswith(
        "Statements by others None of the institutions of this record takes part in these statements"
    )
    assert "As a stranger tells it" in apart
    assert "As one of its own tells it" not in apart
    assert page.count("As one of its own tells it") == page.count("As a stranger tells it") == 1


def test_what_one_of_its_own_institutions_disputes_goes_apart() -> None:
    version = outcome(NDL, "As one of its own tells it")
    assert section(page_of("agreement/m"), "apart") == ""
    actions.check(version=version, **House(NLC, uri("outcome/of-ndl")).said)
    assert section(page_of("agreement/m"), "apart") == ""
    more = House(NLC, uri("outcome/of-ndl")).said
    actions.account_differs(version=version, note=library(NLC).title, **more)
    assert "As one of its own tells it" in section(page_of("agreement/m"), "apart")


def test_what_another_has_recorded_stands_beside_it_and_says_in_which_fields_it_differs() -> None:
    assert section(page_of("institution/nlk"), "recorders") == ""
    record_anew(NDL, title={"en": "Otherwise"}, sources=[{"id": "other", "work": WORK}])
    page = page_of("institution/nlk")
    assert section(page, "recorders").startswith("Recorded differently by others")
    assert re.search(r"22 November 2026 differs in: Title$", section(page, "recorders"))
    assert "Otherwise" not in page


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_both_are_sound_in_every_language(language: str) -> None:
    outcome(NAL, "As a stranger tells it")
    record_anew(COMPILER, open=[{"id": "o", "field": "founded", "note": {"en": "Not known"}}])
    record_anew(NDL, title={"en": "Otherwise"})
    for address, name in (("agreement/m", "apart"), ("institution/nlk", "recorders")):
        page = page_of(address, language.lower())
        assert (bool(section(page, name)), problems_of(page)) == (True, [])
