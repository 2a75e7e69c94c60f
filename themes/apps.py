"""The one standard theme: public templates, static files and design tokens."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "themes"
