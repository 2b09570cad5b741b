"""To do: the front page of the desk."""

from django.http import HttpRequest, HttpResponse

from koryu.desk.access import Me, signed_in
from koryu.desk.frame import show


@signed_in
def todo(request: HttpRequest, me: Me) -> HttpResponse:
    """Whose turn it is."""
    return show(request, me, "desk/todo.html")
