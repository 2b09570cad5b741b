"""The addresses of a part of an exchange that is typed as sheets: its page, its lists as files, what is done there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, register_converter
from django.views.decorators.http import require_safe

from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.sheet.list_files import list_file
from koryu.desk.exchange.sheet.sheet_acts import act_on_sheet, begin_sheet
from koryu.desk.exchange.sheet.sheet_request import SheetPart
from koryu.publishing.spreadsheets import WRITERS


class ListForm:
    """How the names of files end in which lists go out."""

    regex = "|".join(WRITERS)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(ListForm, "listed")


def addresses_of(part: SheetPart[Any], *, files: bool = True) -> list[URLPattern]:
    """The addresses of this part; `files` where its lists go out as files too."""
    at, named, given = f"exchange/<str:slug>/{part.name}/", f"exchange-{part.name}", {"part": part}
    lists = [path(f"{at}list/<str:key>.<listed:form>", list_file, given, name=f"{named}-file")] if files else []
    begin = [path(f"{at}begin/", begin_sheet, given, name=f"{named}-begin")] if part.begins else []
    acts = path(f"{at}<row:number>/<str:act>/", act_on_sheet, given, name=f"{named}-act")
    return [path(at, part_page, given, name=named), *lists, *begin, acts]


@staff
@require_safe
def part_page(request: HttpRequest, me: CurrentUser, /, slug: str, part: SheetPart[Any]) -> HttpResponse:
    """The page of one part of one exchange."""
    return part.draw(part.page(request, me, slug))
