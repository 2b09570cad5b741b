"""The instructions at the desk: short, the same in every language, and in the words of the buttons they name."""

import ast
import re
from pathlib import Path

import pytest
from django.test import Client

from koryu.desk.help.topics import TOPICS, Instructions, instructions, pieces
from koryu.wording.languages import LANGUAGES
from tests.desk.people import person
from tests.html import problems_of
from tests.world import COMPILER, NDL, NLC, give_voice, put_on_record

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).parents[2] / "koryu"
MOST = 12


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)


def named_in(text: Instructions) -> list[list[str]]:
    """What each sentence names, by its English message."""
    return [sorted(words for words, is_named in pieces(sentence) if is_named) for sentence in text.sentences]


def messages_shown() -> set[str]:
    """Every message that a page of the desk can show."""
    templates = "\n".join(path.read_text(encoding="utf-8") for path in (HOUSE / "templates").rglob("*.html"))
    shown = set(re.findall(r'_\("([^"]+)"', templates))
    for path in (HOUSE / "desk").rglob("*.py"):
        shown |= {
            str(ast.literal_eval(node.args[0]))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("N_", "_")
            and isinstance(node.args[0], ast.Constant)
        }
    return shown


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_is_short_and_the_same_in_every_language(topic: str) -> None:
    texts = instructions()[topic]
    assert set(texts) == set(LANGUAGES)
    assert {slug: len(text.sentences) <= MOST for slug, text in texts.items()} == dict.fromkeys(LANGUAGES, True)
    assert {slug: (len(text.steps), named_in(text)) for slug, text in texts.items()} == dict.fromkeys(
        LANGUAGES, (len(texts["en"].steps), named_in(texts["en"]))
    )


def test_every_button_that_is_named_is_one_that_is_shown() -> None:
    named = {words for topic in TOPICS for sentence in named_in(instructions()[topic]["en"]) for words in sentence}
    assert named - messages_shown() == set()


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_page_of_help_is_sound_and_leads_to_the_others(language: str) -> None:
    client, stranger = person("reader", (NDL, "reader"), language=language), Client()
    stranger.cookies["koryu-language"] = language
    for path in ("/desk/help/", *(f"/desk/help/{topic}/" for topic in TOPICS)):
        page = client.get(path)
        html = page.content.decode()
        assert (page.status_code, problems_of(html)) == (200, [])
        assert problems_of(stranger.get(path).content.decode()) == []
        assert [topic for topic in TOPICS if f'href="/desk/help/{topic}/"' not in html and topic not in path] == []
    assert client.get("/desk/help/no-such-topic/").status_code == 404


def test_whoever_cannot_sign_in_is_led_to_what_helps() -> None:
    assert 'href="/desk/help/sign-in/"' in Client().get("/desk/account/login/").content.decode()
    assert Client().get("/desk/help/sign-in/").status_code == 200


def test_help_is_one_link_away_from_every_page_and_leads_to_the_topic_of_the_page() -> None:
    client = person("officer", (NDL, "officer"))
    for page, topic in (("", "todo"), ("drafts/", "draft"), ("people/", "people"), ("outbox/", "outbox")):
        assert f'href="/desk/help/{topic}/"' in client.get(f"/desk/{page}").content.decode()
