"""Measurements. `python -m tests.benchmarks` prints the machine, then one JSON object a line."""
