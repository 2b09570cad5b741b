"""The addresses at which somebody goes on with what they typed, and chooses a language and an institution."""

from django.urls import path

from koryu.desk.account import go_on, preferences

urlpatterns = [
    path("go-on/", go_on.go_on, name="go-on"),
    path("come-back/", go_on.signed_in_elsewhere, name="come-back"),
    path("language/", preferences.language, name="language"),
    path("speak-for/", preferences.speak_for, name="speak-for"),
]
