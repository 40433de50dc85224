"""A whole case: our findings, bounds, questions and services beside bare verdicts from cel-expr-python."""

from bench.cases import ANSWERS, CHARGES, POOL, STATE, pool
from bench.cel_terms import codes_asked, compiled, plain, verdict
from bench.rows import Floor, Row, best
from screening import Case, Packs, load_packs, screen
from screening.conditions import All, Condition
from screening.dates import DateRange, age_range
from screening.explanation.facts import FactWords
from screening.explanation.not_considered import not_considered
from screening.explanation.sentences import charge_sentence
from screening.law.words import ElementKind
from screening.questionnaire.responses import facts_from
from screening.rules.charge import matter_of
from screening.rules.facts import is_disputed, possible_birth
from screening.rules.prepared import PreparedProtection
from screening.rules.screen import FEDERAL, Judged, judge
from screening.services import needs_from, offer

ROUNDS = 8
READER = "prosecutor"
OURS = "judge, needs and offers"
CEL = "cel-expr-python, bare verdicts"
ALIKE = "cel-expr-python, only the trees we evaluate"
PERSONAL = (ElementKind.AGE, ElementKind.VICTIM_STATUS)

Facts = list[dict[str, object]]


def assess(case: Case, packs: Packs) -> Judged:
    """What `screen` does, without its sentences."""
    judged = judge(case, packs.law, packs.questionnaire, reader=READER)
    born = possible_birth(case, disputed=is_disputed(judged.facts))
    needs = needs_from(judged.facts.person, packs.needs, stated=case.needs)
    age = age_range(born, DateRange(case.as_of, case.as_of))
    offer(needs, packs.directory, as_of=case.as_of, age=age, place=case.place)
    return judged


def run() -> list[Row]:
    packs, cases = load_packs(), pool()
    state, federal = packs.law[STATE], packs.law[FEDERAL]
    whole = [_tree(one) for pack in (state, federal) for one in pack.protections]
    alike = [_tree(one) for one in state.protections] + [_tree(one, PERSONAL) for one, _ in federal.general]
    every, evaluated = compiled(whole), compiled(alike)
    rows = [row for case in cases for row in _facts(case, packs, whole)]
    judged = [assess(case, packs) for case in cases]
    screened = [screen(case, packs, reader=READER) for case in cases]
    words = FactWords(packs.questionnaire)

    def say() -> None:
        for case, one in zip(cases, judged, strict=True):
            for charge in one.charges:
                charge_sentence(charge, words)
                not_considered(case, charge, one, packs)

    def traces() -> None:
        for one in screened:
            for charge in one.charges:
                for finding in charge.findings:
                    one.trace(charge.id, finding.protection)

    seen = best(
        {
            OURS: lambda: [assess(case, packs) for case in cases],
            CEL: lambda: [verdict(program, row) for row in rows for program in every],
            ALIKE: lambda: [verdict(program, row) for row in rows for program in evaluated],
            "judge": lambda: [judge(case, packs.law, packs.questionnaire, reader=READER) for case in cases],
            "words": say,
            "traces of every finding": traces,
            "screen, all of it": lambda: [screen(case, packs, reader=READER) for case in cases],
            "the result as plain values": lambda: [one.to_dict() for one in screened],
        },
        ROUNDS,
    )
    return [
        *_rows(seen, len(every), len(evaluated)),
        _agreement(packs, rows, whole[: len(state.protections)]),
    ]


def _rows(seen: dict[str, float], every: int, evaluated: int) -> list[Row]:
    each = {name: seconds / POOL * 1000 for name, seconds in seen.items()}
    ours = each[OURS]
    size = f"{ANSWERS} answers, {CHARGES} charges"
    return [
        Row(f"assessment: {OURS} ({size})", ours, "ms", CEL, ours / each[CEL], Floor("≤", 1)),
        Row("assessment: the same", ours, "ms", ALIKE, ours / each[ALIKE]),
        Row(f"assessment: {CEL}, {every} expressions a charge", each[CEL], "ms"),
        Row(f"assessment: {ALIKE}, {evaluated} a charge", each[ALIKE], "ms"),
        *(Row(f"assessment: {name}", each[name], "ms", OURS, each[name] / ours) for name in list(each)[3:]),
    ]


def _tree(one: PreparedProtection, kinds: tuple[ElementKind, ...] = tuple(ElementKind)) -> Condition:
    return All(tuple(part.tree for part in one.elements if part.kind in kinds))


def _facts(case: Case, packs: Packs, trees: list[Condition]) -> Facts:
    """The facts of each charge as CEL reads them, made from ours; making them is not timed."""
    codes = codes_asked(trees)
    base = facts_from(case, packs.questionnaire, reader=READER)
    pack = packs.law[STATE]
    return [plain(matter_of(case, charge, pack, base).facts, codes) for charge in case.charges]


def _agreement(packs: Packs, rows: Facts, trees: list[Condition]) -> Row:
    """How often CEL's verdict of the state's provisions is that of our trees, so that like is timed with like."""
    programs, pack, same, count = compiled(trees), packs.law[STATE], 0, 0
    at = iter(rows)
    for case in pool():
        base = facts_from(case, packs.questionnaire, reader=READER)
        for charge in case.charges:
            values, row = pack.evaluate(matter_of(case, charge, pack, base).facts), next(at)
            for one, program in zip(pack.protections, programs, strict=True):
                same += verdict(program, row) == min(values[part.top] for part in one.elements)
                count += 1
    return Row(f"assessment: CEL says what our trees say ({STATE})", 100 * same / count, "%")
