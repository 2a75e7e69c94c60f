"""What can be done at the centres, and how."""
