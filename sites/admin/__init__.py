"""What the group adds to Wagtail's admin, a module for each subject; `sites/wagtail_hooks.py` loads them."""
