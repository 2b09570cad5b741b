"""Forged exported records, further: what stood beside or over what, in which order, of which kind, erased by whom.

`before` is what came of each when the table was written.
"""

from functools import partial
from typing import Any

import pytest

from koryu.consent.rules.exported import FORMAT
from koryu.consent.rules.verification import verify
from koryu.institutions import queries as institutions
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.doors.attacks import Attack, Attacks, came_of, is_refused, name_of
from tests.doors.forging import Made, agreed, bundle, concluded, made, sealed, worded
from tests.world import (
    COMPILER,
    LETTER,
    NDL,
    NLC,
    NLK,
    NO,
    Act,
    exchange,
    give_voice,
    programme,
    sourced,
    uri,
)

pytestmark = pytest.mark.django_db
FORGED = Attacks()
NOTE = Text.of(en="ours says June")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)


def verified(exported: dict[str, Any]) -> Act:
    return partial(verify, exported, keys=institutions.keys())


@pytest.mark.parametrize("tried", FORGED, ids=name_of)
def test_what_is_forged_is_refused_with_a_sentence_that_says_where(tried: Attack) -> None:
    is_refused(tried)


def both(**more: Any) -> Made:
    return made(exchange(NDL, NLC, **more))


# One line of versions


@FORGED.tried(before="accepted")
def a_second_first_version_is_agreed() -> Act:
    first, other = both(), both(title="Other")
    return verified(bundle(first, other, entries=[agreed(first, NDL, NLC), agreed(other, NLC, NDL)]))


@FORGED.tried(before="accepted")
def a_stranger_s_second_first_version_is_agreed_by_itself() -> Act:
    first, other = both(), made(exchange(NLK))
    return verified(bundle(first, other, entries=[agreed(first, NDL, NLC), agreed(other, NLK)]))


@FORGED.tried(before="accepted")
def one_version_has_two_successors() -> Act:
    first = both()
    next_ = [made(exchange(NDL, NLC, title=title), parent=first) for title in ("One", "Two")]
    entries = [agreed(first, NDL, NLC), agreed(next_[0], NDL, NLC), agreed(next_[1], NLC, NDL)]
    return verified(bundle(first, *next_, entries=entries))


@FORGED.tried(before="accepted")
def something_is_recorded_over_what_was_agreed() -> Act:
    first = both()
    second = made(sourced(exchange(NDL, NLC, title="Recorded")), parent=first)
    return verified(bundle(first, second, entries=[agreed(first, NDL, NLC), sealed(COMPILER, "recorded", second)]))


def test_what_is_recorded_beside_what_was_agreed_never_stands() -> None:
    """Before: “recorded”, and so a stranger's recording stood over what was agreed."""
    first, second = both(), made(sourced(exchange(NDL, NLC, title="Recorded")))
    exported = bundle(first, second, entries=[agreed(first, NDL, NLC), sealed(NLK, "recorded", second)])
    try:
        assert verify(exported, keys=institutions.keys()).standing == "agreed"
    except Refused:
        return


@FORGED.tried(before="accepted")
def a_recorder_replaces_another_s_version() -> Act:
    first = made(sourced(exchange(NDL, NLC)))
    second = made(sourced(exchange(NDL, NLC, title="Mine")), parent=first)
    entries = [sealed(COMPILER, "recorded", first), sealed(NLK, "recorded", second)]
    return verified(bundle(first, second, entries=entries))


@FORGED.tried(before="accepted")
def a_recorder_drops_an_owner_another_recorder_named() -> Act:
    first, second = made(sourced(exchange(NDL, NLC))), made(sourced(exchange(NDL)))
    entries = [sealed(COMPILER, "recorded", first), sealed(NLK, "recorded", second)]
    return verified(bundle(first, second, entries=entries))


@FORGED.tried(before="accepted")
def something_is_recorded_that_rests_on_nothing() -> Act:
    first = both()
    return verified(bundle(first, entries=[sealed(COMPILER, "recorded", first)]))


@FORGED.tried(before="accepted")
def the_versions_stand_in_the_wrong_order() -> Act:
    first = both()
    second = made(exchange(NDL, NLC, title="Second"), parent=first)
    return verified(bundle(second, first, entries=[agreed(first, NDL, NLC), agreed(second, NLC, NDL)]))


@FORGED.tried(before="accepted")
def a_successor_is_concluded_before_what_it_replaces() -> Act:
    first = both()
    second = made(exchange(NDL, NLC, title="Second"), parent=first)
    return verified(bundle(first, second, entries=[agreed(second, NLC, NDL), agreed(first, NDL, NLC)]))


@FORGED.tried(before="accepted")
def a_version_is_there_twice() -> Act:
    first = both()
    return verified(bundle(first, first, entries=[agreed(first, NDL, NLC)]))


@FORGED.tried(before="accepted")
def an_entry_is_there_twice() -> Act:
    first = both()
    entry = agreed(first, NDL, NLC)
    return verified(bundle(first, entries=[entry, entry]))


@FORGED.tried(before="accepted")
def a_withdrawn_version_is_concluded() -> Act:
    first = both()
    entries = [sealed(NDL, "proposed", first), sealed(NDL, "withdrawn", first), agreed(first, NDL, NLC)]
    return verified(bundle(first, entries=entries))


@FORGED.tried(before="accepted")
def a_declined_version_is_concluded() -> Act:
    first = both()
    entries = [sealed(NLC, "declined", first, reason=worded(NO)), agreed(first, NDL, NLC)]
    return verified(bundle(first, entries=entries))


@FORGED.tried(before="accepted")
def a_version_is_declined_after_it_was_concluded() -> Act:
    first = both()
    return verified(bundle(first, entries=[agreed(first, NDL, NLC), sealed(NLC, "declined", first, reason=worded(NO))]))


# Remarks


@FORGED.tried(before="refused: entries[1].version: the version it refers to is missing")
def a_remark_is_on_a_version_that_is_not_there() -> Act:
    first, other = both(), both(title="Other")
    entries = [agreed(first, NDL, NLC), sealed(NLC, "checked", other)]
    return verified(bundle(first, entries=entries))


@FORGED.tried(before="accepted")
def a_recorder_checks_its_own_statement() -> Act:
    first = made(sourced(exchange(NDL, NLC)))
    entries = [sealed(COMPILER, "recorded", first), sealed(COMPILER, "checked", first)]
    return verified(bundle(first, entries=entries))


@FORGED.tried(before="accepted")
def a_remark_comes_before_what_it_remarks_on() -> Act:
    first = both()
    return verified(bundle(first, entries=[sealed(NLK, "checked", first), agreed(first, NDL, NLC)]))


# What headers and formats say


@FORGED.tried(before="refused: versions[0]: The header and the content do not name the same kind and owners.")
def the_header_names_fewer_owners_than_the_content() -> Act:
    first = made(exchange(NDL, NLC), owners=(NDL,))
    return verified(bundle(first, entries=[agreed(first, NDL)]))


@FORGED.tried(before="refused: versions[0]: The header and the content do not name the same kind and owners.")
def the_header_says_another_kind_than_the_content() -> Act:
    first = made(exchange(NDL, NLC), kind="programme", schema_name="koryu/programme/1")
    return verified(bundle(first, entries=[agreed(first, NDL, NLC)], kind="programme"))


@FORGED.tried(before="accepted")
def the_record_says_another_kind_than_its_versions() -> Act:
    first = both()
    return verified(bundle(first, entries=[agreed(first, NDL, NLC)], kind="programme"))


@FORGED.tried(before="accepted")
def the_record_changes_its_kind_on_the_way() -> Act:
    first = both()
    second = made(programme(NDL, NLC), parent=first)
    return verified(bundle(first, second, entries=[agreed(first, NDL, NLC), agreed(second, NDL, NLC)]))


@FORGED.tried(before="refused: versions[0]: The header and the content do not name the same kind and owners.")
def the_header_names_a_schema_that_nobody_knows() -> Act:
    first = made(exchange(NDL, NLC), schema_name="koryu/exchange/999")
    return verified(bundle(first, entries=[agreed(first, NDL, NLC)]))


@FORGED.tried(before="refused: versions[0].header.record: expected exchange/e, found exchange/other")
def a_version_is_of_another_record() -> Act:
    first = made(exchange(NDL, NLC), record=uri("exchange/other"))
    return verified(bundle(first, entries=[agreed(first, NDL, NLC)]))


@FORGED.tried(before="refused: entries[1].record: expected exchange/e, found exchange/other")
def an_entry_is_of_another_record() -> Act:
    first = both()
    strange = sealed(NLC, "checked", first, record=uri("exchange/other"))
    return verified(bundle(first, entries=[agreed(first, NDL, NLC), strange]))


@FORGED.tried(before="refused: versions[0].content: expected sha256:…, found sha256:…")
def the_content_is_that_of_another_version() -> Act:
    first, other = both(), both(title="Other")
    swapped = first.exported(content=other.content, salt=other.salt)
    return verified(bundle(swapped, entries=[agreed(first, NDL, NLC)]))


@pytest.mark.parametrize("named", ["koryu/bundle/999", "koryu/bundle", "", "KORYU/BUNDLE/1"])
def test_a_format_that_is_not_known_is_refused(named: str) -> None:
    """Before: each was refused."""
    first = both()
    came = came_of(verified(bundle(first, entries=[agreed(first, NDL, NLC)], format=named)))
    assert came.startswith("refused: ")


# Withheld


@FORGED.tried(before="refused: format: this is not an exported record: String should match pattern '^koryu/bundle/1$'")
def a_version_is_withheld_after_one_that_is_public() -> Act:
    first = both()
    second = made(exchange(NDL, NLC, title="Second"), parent=first)
    withheld = second.exported(salt=None, content=None, withheld="agreed")
    return verified(bundle(first, withheld, entries=[agreed(first, NDL, NLC)], format="koryu/bundle/2"))


@FORGED.tried(before="refused: format: this is not an exported record: String should match pattern '^koryu/bundle/1$'")
def a_withheld_version_has_its_content_with_it() -> Act:
    first = both()
    second = made(exchange(NDL, NLC, title="Second"), parent=first)
    withheld = first.exported(withheld="agreed")
    return verified(bundle(withheld, second, entries=[agreed(second, NDL, NLC)], format="koryu/bundle/2"))


@FORGED.tried(before="refused: format: this is not an exported record: String should match pattern '^koryu/bundle/1$'")
def what_follows_a_withheld_version_drops_an_owner_of_it() -> Act:
    first = both()
    second = made(exchange(NDL, title="Second"), parent=first)
    withheld = first.exported(salt=None, content=None, withheld="agreed")
    return verified(bundle(withheld, second, entries=[agreed(second, NDL)], format="koryu/bundle/2"))


def test_a_first_version_that_was_not_public_is_withheld_and_the_rest_verifies() -> None:
    """Before: refused, as that format was not known."""
    first = both()
    second = made(exchange(NDL, NLC, title="Second"), parent=first)
    withheld = first.exported(salt=None, content=None, withheld="agreed")
    exported = bundle(withheld, second, entries=[agreed(second, NDL, NLC)], format="koryu/bundle/2")
    assert came_of(verified(exported)) == "accepted"


def test_the_format_before_is_read_for_ever() -> None:
    assert FORMAT in ("koryu/bundle/1", "koryu/bundle/2")
    first = both()
    exported = bundle(first, entries=[agreed(first, NDL, NLC)], format="koryu/bundle/1")
    assert came_of(verified(exported)) == "accepted"


# Erased


def erased(institution: str, *versions: Made, contents: tuple[str, ...] = ()) -> dict[str, Any]:
    named = contents or tuple(one.header.content for one in versions)
    return sealed(institution, "erased", contents=named)


def bare(version: Made) -> dict[str, Any]:
    return version.exported(salt=None, content=None)


@FORGED.tried(before="refused: entries[1]: institution/nlk could not have it erased")
def a_listed_stranger_had_it_erased() -> Act:
    first = both()
    return verified(bundle(bare(first), entries=[agreed(first, NDL, NLC), erased(NLK, first)]))


@FORGED.tried(before="accepted")
def a_former_recorder_had_erased_what_was_agreed_later() -> Act:
    first = made(sourced(exchange(NDL, NLC)))
    second = made(exchange(NDL, NLC), parent=first)
    entries = [sealed(COMPILER, "recorded", first), agreed(second, NDL, NLC), erased(COMPILER, first, second)]
    return verified(bundle(bare(first), bare(second), entries=entries))


@FORGED.tried(before="accepted")
def it_was_erased_before_it_was_said() -> Act:
    first = both()
    return verified(bundle(bare(first), entries=[erased(NDL, first), agreed(first, NDL, NLC)]))


@FORGED.tried(before="accepted")
def what_was_erased_is_still_there() -> Act:
    first = made(exchange(NDL))
    return verified(bundle(first, entries=[agreed(first, NDL), erased(NDL, first)]))


@FORGED.tried(before="accepted")
def a_content_is_erased_that_is_none_of_this_record_s() -> Act:
    first = made(exchange(NDL))
    return verified(bundle(first, entries=[agreed(first, NDL), erased(NDL, contents=(LETTER,))]))


@FORGED.tried(before="refused: versions[0].content: it is missing, and no entry says that it was erased")
def a_content_is_left_out_and_another_one_erased() -> Act:
    first = made(exchange(NDL))
    second = made(exchange(NDL, title="Second"), parent=first)
    entries = [agreed(first, NDL), agreed(second, NDL), erased(NDL, second)]
    return verified(bundle(bare(first), second, entries=entries))


@FORGED.tried(before="accepted")
def an_owner_alone_had_erased_what_is_joint_without_saying_why() -> Act:
    first = both()
    return verified(bundle(bare(first), entries=[agreed(first, NDL, NLC), erased(NDL, first)]))


@FORGED.tried(before="refused: entries[1].version: the version it refers to is missing")
def a_conclusion_is_of_a_version_that_is_not_there() -> Act:
    first, other = both(), both(title="Other")
    said = [sealed(NDL, "proposed", other), sealed(NLC, "accepted", other)]
    return verified(bundle(first, entries=[agreed(first, NDL, NLC), concluded(NDL, other, *said)]))
