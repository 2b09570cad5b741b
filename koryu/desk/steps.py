"""What joins two rooms in each round of `koryu tend`: planning says what is due, notices tell people of it."""

from datetime import date
from typing import Final

from koryu.notices.actions.remind import DueStep, remind
from koryu.planning.queries import exchanges_ahead as planning


def remind_of_steps(*, at: str, today: date) -> list[str]:
    """Remind people of the steps that are due; put aside reminders of what is done."""
    asked = [
        DueStep(
            institution=step.institution,
            exchange=step.exchange,
            title=step.title,
            slug=step.slug,
            what=step.what,
            due=step.due,
            stage=step.stage,
            key=step.key,
            taken_by=step.taken_by,
        )
        for step in planning.asked(today)
    ]
    reminded = remind(asked, at=at)
    counts = {
        "reminders of steps written.": reminded.written,
        "reminders of steps put aside: they are done.": reminded.passed,
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


STEPS: Final = (remind_of_steps,)
