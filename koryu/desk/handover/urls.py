"""The addresses of handovers."""

from django.urls import path

from koryu.desk.handover import handover_pages

urlpatterns = [
    path("programme/<str:slug>/handover/", handover_pages.of_programme, name="handover-programme"),
    path("<str:kind>/<str:slug>/handover/file.pdf", handover_pages.as_file, name="handover-file"),
    path("partner/<str:slug>/handover/", handover_pages.of_partner, name="handover-institution"),
]
