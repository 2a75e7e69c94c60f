"""Addresses of this room that no column answers to; each exists in Chinese and under /en/."""

from django.urls import path

from guides import results_files
from guides.pages import files

urlpatterns = [
    path("<slug:column>.csv", results_files.results_csv, name="results_csv"),
    path("g/<slug:code>", files.short_address, name="guide_short"),
    path("<slug:column>/<slug:code>.pdf", files.pdf, name="guide_pdf"),
    path("<slug:column>/<slug:code>.jsonld", files.linked_data, name="guide_data"),
]
