"""The one Django app: all rooms share its tables and migrations."""

from django.apps import AppConfig


class Koryu(AppConfig):
    """Koryu as Django knows it."""

    name = "koryu"
    label = "koryu"
    verbose_name = "Koryu"
