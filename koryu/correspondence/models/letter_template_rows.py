"""Word templates of an institution for its letters: each version as it was uploaded, and which one is in use."""

from typing import ClassVar

from django.db import models

from koryu.values.moments import MomentField


class LetterTemplateRow(models.Model):
    """A version of an institution's own template for a kind of letter in a language, or in two (`ja`, `zh-Hans+ja`).

    Versions are kept: letters name the one they were made with. Where none is in use, letters have the layout that
    comes with Koryu.
    """

    institution = models.CharField(max_length=500)
    kind = models.CharField(max_length=20)
    langs = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    body = models.BinaryField()
    digest = models.CharField(max_length=71)
    in_use = models.BooleanField(default=False)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "correspondence_template"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "kind", "langs", "version"], name="correspondence_template_once"
            ),
            models.UniqueConstraint(
                fields=["institution", "kind", "langs"],
                condition=models.Q(in_use=True),
                name="correspondence_template_in_use",
            ),
        ]
