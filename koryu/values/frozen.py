"""The base of every document and of its parts: a model that never changes and is written back as it was read."""

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo

from koryu.values.reason import N_, Reason, Refused

_ASKED = {
    "missing": N_("this must be given"),
    "extra_forbidden": N_("there is no such field"),
    "string_type": N_("a text was expected here"),
    "literal_error": N_("one of these was expected here: %(expected)s"),
    "enum": N_("one of these was expected here: %(expected)s"),
    "string_pattern_mismatch": N_("a text of this form was expected here: %(pattern)s"),
    "too_short": N_("at least %(min_length)s was expected here"),
    "int_parsing": N_("a whole number was expected here"),
    "greater_than_equal": N_("a number of at least %(ge)s was expected here"),
}


class Frozen(BaseModel):
    """A pydantic model that never changes, knows all its fields, and leaves texts as they came."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, str_strip_whitespace=False)

    def as_json(self) -> dict[str, Any]:
        """The JSON form, as it was given: a field that was left out stays out, so that its digest stays the same."""
        return self.model_dump(mode="json", exclude_unset=True)


def is_new(info: ValidationInfo) -> bool:
    """Whether a content is being written now: it was not stored before (`kept`), nor put into an entry (`said`)."""
    context = info.context or {}
    return not (context.get("kept") or context.get("said"))


def complaints(error: ValidationError) -> list[tuple[str, Reason]]:
    """What was wrong, as (path to the field with dots, reason) in the order of the fields."""
    return [(".".join(map(str, detail["loc"])), _reason(detail)) for detail in error.errors()]


def _reason(detail: Any) -> Reason:
    raised = detail.get("ctx", {}).get("error")
    if isinstance(raised, Refused):
        return raised.reason
    message = _ASKED.get(detail["type"], N_("something else was expected here"))
    return Reason(message, **detail.get("ctx", {})) if "%(" in message else Reason(message)
