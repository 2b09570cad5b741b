"""Parts of addresses that both the public pages and the desk have."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class Number(IntConverter):
    """A number that every database has room for; a greater one leads to no page."""

    regex = "[0-9]{1,18}"


register_converter(Number, "number")
