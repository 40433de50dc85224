"""One rule, one case a call: our generated function beside expression engines and a function written by hand."""

from collections.abc import Callable, Mapping

from bench.cases import STATE, pool
from bench.rows import Floor, Row, best
from bench.rule_cases import RULE, Given, by_hand, coded, given_cases, right
from bench.rule_texts import FAILED, Verdict, cel_way, fhirpath_way, json_logic_way, zen_way
from screening import load_packs
from screening.conditions import FactValue, Values, compile_conditions
from screening.questionnaire.responses import facts_from
from screening.rules.charge import matter_of
from screening.rules.standing import Matter
from screening.rules.trace import trace

OURS = "our function, verdict and every value"
CEL = "cel-expr-python"
ROUNDS = 15
FEW = 200
"""Slow engines are timed on fewer cases in each round; agreement is counted on all."""

Way = tuple[Callable[[Given], Verdict], list[Given]]


def run() -> list[Row]:
    rows = given_cases()
    absent = [{name: value for name, value in row.items() if value is not None} for row in rows]
    evaluate, (top,) = compile_conditions([RULE])
    facts = [coded(row) for row in rows]
    others: dict[str, Way] = {
        "by hand, verdict only": (by_hand, rows),
        CEL: (cel_way(), absent),
        "zen-engine": (zen_way(), rows),
        "json-logic-qubit": (json_logic_way(), rows),
        "fhirpathpy": (fhirpath_way(), absent),
    }

    def ours() -> None:
        for one in facts:
            evaluate(one)[top]

    timed = {name: _loop(way, given[:FEW]) for name, (way, given) in others.items()}
    seen = best({OURS: ours, **timed}, ROUNDS)
    each = {name: seconds / (len(facts) if name == OURS else FEW) for name, seconds in seen.items()}
    truth = [right(row) for row in rows]
    verdicts: dict[str, list[Verdict]] = {
        OURS: [{2: True, 0: False}.get(evaluate(one)[top]) for one in facts],
        **{name: [way(row) for row in given] for name, (way, given) in others.items()},
    }
    found = [_speed(name, each) for name in each]
    found += [line for name, said in verdicts.items() for line in _agreement(name, said, truth)]
    return [*found, _trace_row()]


def _loop(way: Callable[[Given], Verdict], rows: list[Given]) -> Callable[[], None]:
    def go() -> None:
        for row in rows:
            way(row)

    return go


def _speed(name: str, each: Mapping[str, float]) -> Row:
    against, floor = (CEL, Floor("≥", 10)) if name == OURS else (OURS, None)
    return Row(f"rule: {name}", 1 / each[name], "cases/s", against, each[against] / each[name], floor)


def _agreement(name: str, said: list[Verdict], truth: list[bool | None]) -> list[Row]:
    """`wrong` is a yes or no that is not so; an error or an unknown where more was known is only lost."""
    pairs = list(zip(said, truth, strict=True))
    agrees = 100 * sum(one is right_one for one, right_one in pairs) / len(pairs)
    wrong = (
        100 * sum(one is not right_one and one not in (None, FAILED) for one, right_one in pairs) / len(pairs)
    )
    own = name == OURS
    return [
        Row(f"rule: {name}: agrees", agrees, "%", floor=Floor("≥", 100) if own else None),
        Row(f"rule: {name}: wrong", wrong, "%", floor=Floor("≤", 0) if own else None),
    ]


def _trace_row() -> Row:
    """Every trace of a real pack rebuilt from its stored values, against the one evaluation that gave them."""
    packs = load_packs()
    pack = packs.law[STATE]
    matters: list[tuple[Matter, Mapping[str, FactValue], Values]] = []
    for case in pool()[:10]:
        base = facts_from(case, packs.questionnaire, reader="prosecutor")
        matter = matter_of(case, case.charges[0], pack, base)
        matters.append((matter, matter.facts, pack.evaluate(matter.facts)))

    def evaluated() -> None:
        for _, facts, _ in matters:
            pack.evaluate(facts)

    def traced() -> None:
        for matter, _, values in matters:
            for one in pack.protections:
                trace(matter, one.rule.id, values)

    seen = best({"evaluated": evaluated, "traced": traced}, ROUNDS)
    return Row(
        f"rule: all {len(pack.protections)} traces of {STATE} from values",
        seen["traced"] / len(matters) * 1e6,
        "µs",
        "one evaluation of the pack",
        seen["traced"] / seen["evaluated"],
        Floor("≤", 25),
    )
