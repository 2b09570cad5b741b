"""The questions by which the fields of every kind are grouped in a form."""

from enum import StrEnum

from koryu.values.reason import N_


class FormGroup(StrEnum):
    """One question of a form, in the order in which they are asked."""

    WHAT = N_("What it is")
    WHEN = N_("When and where")
    WHO = N_("Who")
    ABOUT = N_("Theme and content")
    UNDER = N_("What it belongs to")
    SAID = N_("Sources and open points")
