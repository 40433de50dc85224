"""Where the service keeps things: tables, and the questions put to them as functions."""
