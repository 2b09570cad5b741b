"""What is done with a template: a file uploaded and looked through, a version taken into use, the shipped one again."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.correspondence import actions
from koryu.correspondence.rules.template_rules import SHIPPED
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.letters.own_template_files import langs_of
from koryu.desk.letters.own_template_pages import template_page
from koryu.desk.letters.own_template_view import looked_through
from koryu.ingest.word.template_file import LARGEST_TEMPLATE
from koryu.institutions import rules as roles
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.wording.languages import active_reader


@staff
def upload(request: HttpRequest, me: CurrentUser, /, kind: str, langs: str) -> HttpResponse:
    """Look a file through, and keep it as another version if nothing stands against it; all that does is told."""
    tags = langs_of(me, kind, langs)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:letter-template", kwargs={"kind": kind, "langs": langs}))
    try:
        or_refuse(roles.may_draft(role=me.role))
        name, body = _uploaded(request.FILES.get("template"))
        findings = looked_through(body, kind=kind, langs=tags, reader=active_reader().tag)
        if any(each.stops for each in findings):
            return template_page(request, me, kind, tags, findings=findings, name=name, status=409)
        version = actions.keep_template(
            institution=me.institution,
            kind=kind,
            langs=langs,
            name=name,
            body=body,
            by=me.username,
            at=clock.now(),
        )
    except Refused as refused:
        return template_page(request, me, kind, tags, problem=refused.reason, status=409)
    messages.success(request, _("The template was kept. Look at it, and use it from now on if it is right."))
    kept = {"kind": kind, "langs": langs, "version": version}
    return HttpResponseRedirect(reverse("desk:letter-template-version", kwargs=kept))


@staff
def use(request: HttpRequest, me: CurrentUser, /, kind: str, langs: str, version: int) -> HttpResponse:
    """Make letters with this version from now on; with the layout that comes with Koryu where it is 0."""
    tags = langs_of(me, kind, langs)
    page = reverse("desk:letter-template", kwargs={"kind": kind, "langs": langs})
    if request.method != "POST":
        return HttpResponseRedirect(page)
    try:
        actions.use_template(
            institution=me.institution, kind=kind, langs=langs, version=version, by=me.username, at=clock.now()
        )
    except Refused as refused:
        return template_page(request, me, kind, tags, problem=refused.reason, status=409)
    messages.success(
        request,
        _("The template is in use from now on.") if version != SHIPPED else _("The layout of Koryu is in use again."),
    )
    return HttpResponseRedirect(page)


def _uploaded(file: "UploadedFile[Any] | None") -> tuple[str, bytes]:
    if file is None or not file.name:
        raise Refused(Reason("Choose a Word file (.docx)."))
    if (file.size or 0) > LARGEST_TEMPLATE:
        raise Refused(Reason("A template has at most %(most)s MB.", most=LARGEST_TEMPLATE // 1_000_000))
    return file.name, file.read()
