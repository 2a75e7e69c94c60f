"""App configuration of the room `themes`: the one standard theme."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "themes"
