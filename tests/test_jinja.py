"""The environment of the templates."""

import jinja2
import pytest
from django.template import engines
from django.urls import NoReverseMatch
from django.utils import translation


def rendered(source: str, **values: object) -> str:
    return engines["jinja2"].from_string(source).render(values)


def test_what_a_page_passes_is_escaped() -> None:
    assert rendered("{{ title }}", title="<b>交流</b>") == "&lt;b&gt;交流&lt;/b&gt;"


def test_a_name_that_nobody_passed_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        rendered("{{ titel }}")


def test_places_in_a_translated_sentence_are_filled_and_escaped() -> None:
    assert rendered("{% trans who='<i>' %}by {{ who }}{% endtrans %}") == "by &lt;i&gt;"


def test_words_are_those_of_the_language_active_now() -> None:
    # A word of Django's own catalogue, so that this does not change with ours.
    template = engines["jinja2"].from_string("{{ gettext('January') }}")
    with translation.override("ja"):
        assert template.render() == "1月"
    with translation.override("ko"):
        assert template.render() == "1월"


def test_a_page_that_does_not_exist_has_no_address() -> None:
    with pytest.raises(NoReverseMatch):
        rendered("{{ url('no-such-page') }}")


def test_what_cannot_be_seen_is_written_as_a_sign_and_what_runs_from_right_to_left_is_kept_apart() -> None:
    assert rendered("{{ name }} 2004", name="A\u202eDN") == "A[U+202E]DN 2004"
    assert rendered("{{ name }} 2004", name="المكتبة") == "\u2068المكتبة\u2069 2004"
    assert rendered('<input value="{{ name | raw }}">', name='A\u202eDN"') == '<input value="A\u202eDN&#34;">'
