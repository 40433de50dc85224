"""Condition trees and facts drawn from a seed, in the JSON form that every executor reads."""

from datetime import date

BOOLS = ("a.one", "a.two", "a.three", "a.four")
CODES = ("red", "green", "blue")
LIMITS = (12, 18, 21)
DAYS = ("2019-07-01", "2024-02-29", "2026-01-23")
DEEPEST = 4


def tree(rng, depth=0):
    """One tree of all ten kinds of node, as `to_json` writes it."""
    if depth >= DEEPEST or rng.random() < 0.3:
        return _leaf(rng)
    of = [tree(rng, depth + 1) for _ in range(rng.randint(1, 3))]
    counted = {"at_least": rng.randint(1, len(of)), "of": of}
    return rng.choice([{"all": of}, {"any": of}, {"not": of[0]}, counted])


def _leaf(rng):
    return rng.choice(
        [
            {"fact": rng.choice(BOOLS)},
            {"fact": rng.choice(BOOLS)},
            {"fact": "age.offense", rng.choice(("below", "from")): rng.choice(LIMITS)},
            {"fact": "date.offense", rng.choice(("before", "on_or_after")): rng.choice(DAYS)},
            {"fact": "b.code", "in": sorted(rng.sample(CODES, rng.randint(1, 2)))},
            {"fact": "b.codes", "has": rng.choice(CODES)},
            {"open": "not established"},
        ]
    )


def facts(rng):
    """Facts for such trees, some of them missing; dates as YYYY-MM-DD."""
    found = {name: rng.choice(("no", "unknown", "yes")) for name in BOOLS if rng.random() < 0.7}
    if rng.random() < 0.7:
        low = rng.randint(0, 30)
        found["age.offense"] = {"low": low, "high": low + rng.choice((0, 0, 3, 12))}
    if rng.random() < 0.7:
        start = rng.randint(date(2018, 1, 1).toordinal(), date(2026, 6, 1).toordinal())
        days = (start, start + rng.choice((0, 0, 40, 900)))
        found["date.offense"] = {
            key: date.fromordinal(day).isoformat() for key, day in zip(("low", "high"), days, strict=True)
        }
    if rng.random() < 0.7:
        found["b.code"] = {"possible": sorted(rng.sample(CODES, rng.randint(1, 3)))}
    if rng.random() < 0.7:
        sure = rng.sample(CODES, rng.randint(0, 1))
        found["b.codes"] = {
            "sure": sure,
            "possible": rng.choice([None, sorted({*sure, rng.choice(CODES)})]),
        }
    return found
