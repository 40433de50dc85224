"""One made-up rule of twelve conditions over twenty facts, its cases, and what is right for each of them."""

from random import Random

from screening.conditions import All, Any, Below, Condition, FactValue, From, In, Is, Not
from screening.truth import Truth

CASES = 2000
MISSING = 0.15
CLASSES = ("prostitution", "misdemeanor", "nonviolent_felony", "cse", "violent_felony", "status", "traffic")
COVERED = CLASSES[:4]
SHARES = {
    "commercial_sex": 0.7,
    "force": 0.25,
    "fraud": 0.2,
    "coercion": 0.4,
    "under_threat": 0.35,
    "third_party_control": 0.6,
    "own_profit": 0.2,
    "serious_injury": 0.1,
    **dict.fromkeys(
        ("debt_bondage", "documents_held", "branding", "prior_cps", "controller_present", "victim_reported"),
        0.3,
    ),
}
FACTS = (
    "jurisdiction",
    "offense_date",
    "charge_class",
    "statute",
    "age_at_offense",
    "runaway_count",
    *SHARES,
)
START = 20190701
GROWN = 18

Given = dict[str, object]

RULE: Condition = All(
    (
        In("jurisdiction", frozenset({"XX"})),
        From("offense_date", START),
        In("charge_class", frozenset(COVERED)),
        Not(Is("serious_injury")),
        Is("commercial_sex"),
        Any((Below("age_at_offense", GROWN), Is("force"), Is("fraud"), Is("coercion"))),
        Any((Is("under_threat"), All((Is("third_party_control"), Not(Is("own_profit")))))),
    )
)


def given_cases(count: int = CASES, seed: int = 42) -> list[Given]:
    """Cases as plain values; None where a fact is missing."""
    rng = Random(seed)  # noqa: S311 - the same cases in every run
    return [_given(rng) for _ in range(count)]


def _given(rng: Random) -> Given:
    row: Given = {
        "jurisdiction": "XX" if rng.random() < 0.8 else "YY",
        "offense_date": rng.randint(2015, 2025) * 10000 + rng.randint(1, 12) * 100 + rng.randint(1, 28),
        "charge_class": rng.choices(CLASSES, (0.3, 0.2, 0.2, 0.1, 0.1, 0.05, 0.05))[0],
        "statute": f"s-{rng.randint(0, 199)}",
        "age_at_offense": None if rng.random() < MISSING else rng.randint(12, 30),
        "runaway_count": rng.randint(0, 4),
    }
    for name, share in SHARES.items():
        row[name] = None if rng.random() < MISSING else rng.random() < share
    return row


def coded(row: Given) -> dict[str, FactValue]:
    """The same as facts for the executors of this house."""
    return {name: _coded(value) for name, value in row.items() if value is not None}


def _coded(value: object) -> FactValue:
    if isinstance(value, bool):
        return Truth.YES if value else Truth.NO
    return (value, value) if isinstance(value, int) else frozenset({str(value)})


def right(row: Given) -> bool | None:
    """What is right, by trying all that the missing facts could be: yes or no only where every try says so."""
    missing = [name for name in (*SHARES, "age_at_offense") if row[name] is None and name in _READ]
    seen = set()
    for number in range(2 ** len(missing)):
        tried = dict(row)
        for i, name in enumerate(missing):
            tried[name] = bool(number >> i & 1) if name != "age_at_offense" else (15, 25)[number >> i & 1]
        seen.add(_plain(tried))
    return seen.pop() if len(seen) == 1 else None


_READ = {
    "serious_injury",
    "commercial_sex",
    "age_at_offense",
    "force",
    "fraud",
    "coercion",
    "under_threat",
    "third_party_control",
    "own_profit",
}


def _plain(row: Given) -> bool:
    age = row["age_at_offense"]
    law = (
        row["jurisdiction"] == "XX"
        and _number(row["offense_date"]) >= START
        and row["charge_class"] in COVERED
    )
    means = _number(age) < GROWN or row["force"] or row["fraud"] or row["coercion"]
    nexus = row["under_threat"] or (row["third_party_control"] and not row["own_profit"])
    return bool(law and not row["serious_injury"] and row["commercial_sex"] and means and nexus)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def by_hand(row: Given) -> bool | None:
    """The verdict as a programmer would write it, leaving as soon as it is decided."""
    if row["jurisdiction"] != "XX" or row["offense_date"] < START or row["charge_class"] not in COVERED:
        return False
    injury, sold = row["serious_injury"], row["commercial_sex"]
    if injury is True or sold is False:
        return False
    age, threat = row["age_at_offense"], row["under_threat"]
    young = None if age is None else age < GROWN
    means = (young, row["force"], row["fraud"], row["coercion"])
    victim = True if True in means else None if None in means else False
    control, profit = row["third_party_control"], row["own_profit"]
    driven = (
        False if control is False or profit is True else None if control is None or profit is None else True
    )
    nexus = True if threat is True or driven is True else None if threat is None or driven is None else False
    if victim is False or nexus is False:
        return False
    return True if injury is False and sold and victim and nexus else None
