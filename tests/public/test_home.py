"""The home page: its words say what the record is, whichever it is; what it picks out, it picks by date."""

import re
from typing import Any

import pytest
from django.test import Client

from koryu.consent import actions
from koryu.ingest.actions import load
from koryu.records.kinds import document_of
from tests.html import problems_of
from tests.made_up import data_set
from tests.site import LANGUAGES, Site
from tests.world import AT, COMPILER, NDL, NLC, give_voice, put_on_record, uri

KILOBYTES = 60
LONG = "Exchange of libraries and of those who work in them " * 8


def words(body: str) -> str:
    main = body[body.index("<main") : body.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))


def home(language: str = "en") -> str:
    answer = Client().get(f"/{language}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_of_the_shipped_record_is_sound_and_small(site: Site, language: str) -> None:
    body = site.get(f"/{language}/").body
    assert problems_of(body) == []
    assert len(body.encode()) <= KILOBYTES * 1000


def test_it_says_since_when_between_whom_and_how_much(site: Site) -> None:
    said = words(site.get("/en/").body)
    assert "National Diet Library, National Library of China, National Library of Korea and 5 others send" in said
    assert "The first programme on record began in 1981." in said
    assert "On record: 12 programmes, 58 exchanges, 57 papers given, 22 agreements." in said


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_record_says_so_and_how_it_begins(language: str) -> None:
    body = home(language)
    assert problems_of(body) == []
    assert 'href="/desk/"' in body[body.index("<main") : body.index("</main>")]
    assert "<table" not in body


@pytest.mark.django_db
def test_of_sixty_programmes_those_that_began_first_have_a_row_and_the_rest_a_link() -> None:
    load([data_set(programmes=60, exchanges=1, big=False)], at=AT)
    body = home()
    (picture,) = re.findall(r'<table class="lanes".*?</table>', body, re.DOTALL)
    assert picture.count('<th scope="row"') == 12
    assert len(body.encode()) <= KILOBYTES * 1000
    assert "all 60" in words(body)
    timeline = Client().get("/en/timeline/").content.decode()
    assert timeline.count('<th scope="row"><div>') == 60
    assert problems_of(timeline) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title",
    [
        {"en": LONG[:400]},
        {"en": "Bibliothekszusammenarbeit" * 16},
        {"ja": "国立国会図書館（こくりつこっかいとしょかん）の業務交流《ごうむこうりゅう》"},
        {"ar": "برنامج الزيارات المتبادلة بين المكتبات"},
        {"en": 'A "quoted" <b>title</b> & more'},
    ],
)
def test_a_title_of_any_sort_stands_on_the_home_page_and_in_the_timeline(
    title: dict[str, str], tmp_path: Any, settings: Any
) -> None:
    settings.HOME = tmp_path
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    programme = uri("programme/p")
    members = [{"id": "n", "institution": NDL}, {"id": "c", "institution": NLC}]
    for record, content in (
        (programme, {"kind": "programme", "type": "joint meeting series", "institutions": members, "since": "1999"}),
        (
            uri("exchange/e"),
            {
                "kind": "exchange",
                "form": "visit",
                "event": {"state": "held"},
                "institutions": [NDL, NLC],
                "programmes": [{"id": "p", "programme": programme, "number": "第3"}],
                "dates": [{"id": "d", "scope": "exchange", "date": "2001"}],
            },
        ),
    ):
        document = document_of({**content, "title": title, "sources": [{"id": "page", "work": uri("work/page")}]})
        actions.record(institution=COMPILER, record=record, document=document, by="head", at=AT)
    for path in ("/en/", "/ja/timeline/", "/en/timeline/2001/"):
        assert problems_of(Client().get(path).content.decode()) == []
