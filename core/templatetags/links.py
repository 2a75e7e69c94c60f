"""Template tags for links that may lead outside government (core/links.py)."""

from django import template

from core import links

register = template.Library()

register.filter("outbound", links.outbound)
register.filter("is_external", links.is_external)
