"""The ways through the desk."""

from collections.abc import Mapping
from typing import Final

from koryu.values.reason import N_

# The pages named at the head of every page, in their order.
WAYS: Final[Mapping[str, str]] = {
    "todo": N_("To do"),
    "drafts": N_("Drafts"),
    "agreements": N_("Agreements"),
}
