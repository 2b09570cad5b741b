from importlib import resources

import yaml

from koryu.search.folding import fold
from koryu.search.synonyms import alternatives


def test_a_term_leads_to_the_other_terms_of_its_group() -> None:
    assert alternatives(fold("人材")) == ["人才", "인재", "human resources"]
    assert alternatives(fold("Human Resources")) == ["人材", "人才", "인재"]


def test_a_term_inside_a_phrase_is_exchanged_in_its_place() -> None:
    assert alternatives(fold("人才育成")) == ["人材育成", "인재育成"]


def test_a_word_of_no_group_has_no_other_terms() -> None:
    assert alternatives(fold("動物園")) == []
    assert alternatives(()) == []


def test_every_group_speaks_all_four_languages_and_no_term_is_in_two() -> None:
    source = resources.files("koryu.search").joinpath("data/synonyms.yaml").read_text("utf-8")
    groups = yaml.load(source, Loader=yaml.BaseLoader)
    assert [group for group in groups if list(group) != ["ja", "zh-Hans", "ko", "en"] or not all(group.values())] == []
    terms = [(lang, term) for group in groups for lang, terms in group.items() for term in terms.split(" | ")]
    assert len(terms) == len(set(terms))
