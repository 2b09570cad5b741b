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
