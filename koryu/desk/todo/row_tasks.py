"""Private rows that are deleted soon: for the heads and officers of the institution whose they are. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from koryu.archive.queries import Line
from koryu.desk.todo.step_tasks import exchange_subject
from koryu.desk.todo.tasks import Section, Task
from koryu.planning.queries.schedules import WorkKept
from koryu.values.reason import N_, Reason

_GO: Final = N_("Private rows are deleted")
_HOW_MANY: Final = N_("%(n)s rows. If you still need them, say why and until when.")


def row_tasks(kept: WorkKept, *, lines: Iterable[Line]) -> Iterator[Task]:
    """A task for each exchange of which private rows are deleted soon."""
    known = {line.uri: line for line in lines if line.kind == "exchange"}
    for exchange, at in kept.at.items():
        if at.go:
            count, day = at.go
            yield Task(
                section=Section.MINE,
                about=replace(exchange_subject(exchange, known.get(exchange), {}), page="exchange-arrangements"),
                does=_GO,
                besides=(Reason(_HOW_MANY, n=count),),
                due=day.isoformat(),
            )
