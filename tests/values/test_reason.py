import pickle

import pytest

from koryu.values.reason import N_, Reason, Refused


def test_a_reason_reads_in_english_with_its_values_filled_in() -> None:
    assert str(Reason("%(who)s has accepted this", who="国立国会図書館")) == "国立国会図書館 has accepted this"


def test_a_reason_reads_in_the_readers_language() -> None:
    words = {"%(who)s has accepted this": "%(who)sは同意しています"}
    assert Reason("%(who)s has accepted this", who="NLK").in_words(words.__getitem__) == "NLKは同意しています"


def test_a_percent_sign_in_a_value_stays() -> None:
    assert str(Reason("%(value)s is no date, not 100%%", value="2006%d")) == "2006%d is no date, not 100%"


def test_reasons_are_equal_when_message_and_values_are() -> None:
    reason = Reason("%(a)s and %(b)s", a=1, b=2)
    assert reason == Reason("%(a)s and %(b)s", b=2, a=1)
    assert hash(reason) == hash(Reason("%(a)s and %(b)s", b=2, a=1))
    assert reason != Reason("%(a)s and %(b)s", a=1, b=3)
    assert reason != Reason("%(a)s or %(b)s", a=1, b=2)


def test_a_value_may_have_any_name() -> None:
    assert str(Reason("%(message)s, %(self)s", message="a", self="b")) == "a, b"


def test_a_reason_cannot_be_changed() -> None:
    reason = Reason("%(a)s", a=1)
    reason.values["a"] = 2
    assert reason.values == {"a": 1}
    with pytest.raises(AttributeError):
        reason.message = "other"  # type: ignore[misc]  # -- the point of the test


def test_a_reason_shows_how_to_write_it_again() -> None:
    assert repr(Reason("%(a)s", a=1)) == "Reason('%(a)s', a=1)"


def test_what_is_refused_carries_its_reason_even_to_another_process() -> None:
    refused = Refused(Reason("%(a)s", a=1))
    assert isinstance(refused, ValueError)
    assert str(refused) == "1"
    assert pickle.loads(pickle.dumps(refused)).reason == refused.reason


def test_marking_a_message_leaves_it_as_it_is() -> None:
    assert N_("about %(date)s") == "about %(date)s"
