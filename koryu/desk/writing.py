"""Ink at the desk: as everywhere, but a record's name leads to its page here, where something can be done with it."""

from django.urls import reverse

from koryu.archive.queries import Line
from koryu.ink.writing import Ink


class DeskInk(Ink):
    """How texts, names and dates are set on a page of the desk."""

    def page_of(self, line: Line) -> str:
        """The path of a record's page at the desk."""
        return record_page(line.uri)


def record_page(uri: str) -> str:
    """The path of the desk's page of the record with this URI."""
    return reverse("desk:record", kwargs={"uri": uri})
