"""The addresses at which somebody chooses a language and the institution they speak for."""

from django.urls import path

from koryu.desk.account import preferences

urlpatterns = [
    path("language/", preferences.language, name="language"),
    path("speak-for/", preferences.speak_for, name="speak-for"),
]
