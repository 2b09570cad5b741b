"""The pages of instructions: the list of topics, and one of them. Open to everybody: they help in signing in, too."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koryu.desk.access import me_of
from koryu.desk.help.topics import instructions, pieces
from koryu.desk.render import render_page
from koryu.wording.languages import active_reader


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there are instructions for."""
    slug = active_reader().slug
    return _page(request, "desk/help.html", topics=[(topic, texts[slug]) for topic, texts in instructions().items()])


@require_safe
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic, step by step."""
    if topic not in instructions():
        raise Http404
    slug = active_reader().slug
    others = [(name, texts[slug].title) for name, texts in instructions().items() if name != topic]
    return _page(request, "desk/help_topic.html", text=instructions()[topic][slug], others=others)


def _page(request: HttpRequest, template: str, **shown: Any) -> HttpResponse:
    """In the frame of whoever has signed in; for others, without the ways through the desk."""
    if request.user.is_authenticated and not request.user.must_change_password:
        return render_page(request, me_of(request), template, pieces=pieces, **shown)
    return render(request, template, {"pieces": pieces, **shown})
