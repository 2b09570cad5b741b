"""Keeping an office's own Word templates: each version stays, one of them is in use, or the layout that comes along.

What may be in one is asked by whoever reads the file; these verbs ask who keeps it.
"""

from django.db.models import Max

from koryu.correspondence import models
from koryu.correspondence.actions.letter_actions import check_writes
from koryu.correspondence.rules.template_rules import SHIPPED, template_fails, versions_fail
from koryu.files.rules import name_to_keep
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger.actions import locked
from koryu.seals.digests import digest
from koryu.values.reason import Reason, Refused, or_refuse


def keep_template(*, institution: str, kind: str, langs: str, name: str, body: bytes, by: str, at: str) -> int:
    """Keep another version of a template, and return its number; it is not in use yet. The same bytes are one version.

    The bytes must have been looked through: nothing here reads them.
    """
    check_writes(institution, by)
    or_refuse(template_fails(kind, langs))
    # Of two who upload at once, the second counts on from the first.
    with locked():
        rows = models.LetterTemplateRow.objects.filter(institution=institution, kind=kind, langs=langs)
        known = rows.filter(digest=digest(body)).first()
        if known is not None:
            return known.version
        count = rows.count()
        or_refuse(versions_fail(count))
        row = models.LetterTemplateRow.objects.create(
            institution=institution,
            kind=kind,
            langs=langs,
            version=(rows.aggregate(last=Max("version"))["last"] or 0) + 1,
            name=name_to_keep(name),
            body=body,
            digest=digest(body),
            by=by,
            at=at,
        )
    return row.version


def use_template(*, institution: str, kind: str, langs: str, version: int, by: str, at: str) -> None:
    """Make letters of a kind in these languages with this version from now on; 0 is the layout that comes with Koryu.

    What was submitted before stays as it was.
    """
    check_writes(institution, by)
    or_refuse(template_fails(kind, langs))
    with locked():
        rows = models.LetterTemplateRow.objects.filter(institution=institution, kind=kind, langs=langs)
        wanted = rows.filter(version=version).first() if version != SHIPPED else None
        if version != SHIPPED and wanted is None:
            raise Refused(Reason("There is no such version of the template."))
        was = rows.filter(in_use=True).first()
        if (was.version if was else SHIPPED) == version:
            return
        rows.filter(in_use=True).update(in_use=False)
        said = {"by": by, "at": at, "institution": institution, "letters": kind, "languages": langs}
        if wanted is None:
            write(Change.TEMPLATE_NOT_IN_USE, **said)
            return
        rows.filter(pk=wanted.pk).update(in_use=True)
        write(Change.TEMPLATE_IN_USE, **said, version=version)
