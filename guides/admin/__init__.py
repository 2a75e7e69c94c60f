"""What the catalogue adds to Wagtail's admin, a module for each subject; `guides/wagtail_hooks.py` loads them."""
