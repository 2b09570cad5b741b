"""What a newer edition of a template would change in a schedule that follows an older one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from koryu.planning.rules.schedule.schedule_steps import ScheduleStep


@dataclass(frozen=True, kw_only=True)
class TemplateRenewal:
    """The steps that would come, go, or be otherwise: of these as they are and as they would be.

    What was done or moved by hand is kept with its step; it is gone only with a step that goes.
    """

    come: tuple[ScheduleStep, ...] = ()
    go: tuple[ScheduleStep, ...] = ()
    changed: tuple[tuple[ScheduleStep, ScheduleStep], ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything would change."""
        return bool(self.come or self.go or self.changed)


def renewal(now: Sequence[ScheduleStep], then: Sequence[ScheduleStep]) -> TemplateRenewal:
    """The difference between two editions, step by step, as their codes name them."""
    before, after = {step.code: step for step in now}, {step.code: step for step in then}
    return TemplateRenewal(
        come=tuple(step for step in then if step.code not in before),
        go=tuple(step for step in now if step.code not in after),
        changed=tuple((before[step.code], step) for step in then if step.code in before and before[step.code] != step),
    )
