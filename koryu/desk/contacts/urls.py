"""The addresses of contacts."""

from django.urls import path

from koryu.desk.contacts import contact_pages, pages

urlpatterns = [
    path("contacts/", pages.contacts, name="contacts"),
    path("contacts/new/", contact_pages.new, name="contact-new"),
    path("contacts/<row:number>/", contact_pages.contact, name="contact"),
]
