"""The pages of instructions: the list of topics, and one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.desk.access import CurrentUser, signed_in
from koryu.desk.help.topics import instructions, pieces
from koryu.desk.render import render_page
from koryu.wording.languages import active_reader


@signed_in
@require_safe
def index(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """What there are instructions for."""
    slug = active_reader().slug
    topics = [(topic, texts[slug]) for topic, texts in instructions().items()]
    return render_page(request, me, "desk/help.html", topics=topics, pieces=pieces)


@signed_in
@require_safe
def topic(request: HttpRequest, me: CurrentUser, /, topic: str) -> HttpResponse:
    """One topic, step by step."""
    if topic not in instructions():
        raise Http404
    slug = active_reader().slug
    return render_page(
        request,
        me,
        "desk/help_topic.html",
        topic=topic,
        text=instructions()[topic][slug],
        others=[(name, texts[slug].title) for name, texts in instructions().items() if name != topic],
        pieces=pieces,
    )
