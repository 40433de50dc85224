"""Holds the rules against strangers and brute force, far beyond what every build does: `python -m tests.prove`."""
