"""Addresses of this room that no column answers to; each exists in Chinese and under /en/."""

from django.urls import path

from guides import results_files

urlpatterns = [
    path("<slug:column>.csv", results_files.results_csv, name="results_csv"),
]
