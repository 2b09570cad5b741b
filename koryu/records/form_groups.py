"""The questions by which the fields of every kind are grouped in a form."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from koryu.values.reason import N_


class FormGroup(StrEnum):
    """One question of a form, in the order in which they are asked."""

    WHAT = "what"
    WHEN = "when"
    WHO = "who"
    ABOUT = "about"
    UNDER = "under"
    SAID = "said"


# How each is asked, as a message to be translated.
QUESTIONS: Final[Mapping[FormGroup, str]] = {
    FormGroup.WHAT: N_("What it is"),
    FormGroup.WHEN: N_("When and where"),
    FormGroup.WHO: N_("Who"),
    FormGroup.ABOUT: N_("Theme and content"),
    FormGroup.UNDER: N_("What it belongs to"),
    FormGroup.SAID: N_("Sources and open points"),
}
