"""One bilingual index over everything that the public may find."""
