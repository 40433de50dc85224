"""A whole case: our findings, bounds, questions and services beside bare verdicts from cel-expr-python."""

import gc
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from statistics import median
from time import process_time

from bench.cases import ANSWERS, CHARGES, STATE, case_file, read
from bench.cel_terms import Programs
from bench.rows import Floor, Row
from screening import Case, Packs, Screening, load_packs, screen
from screening.conditions import All, Condition, FactValue
from screening.dates import DateRange, age_range
from screening.explanation.facts import FactWords
from screening.explanation.not_considered import not_considered
from screening.explanation.sentences import charge_sentence
from screening.law.words import ElementKind
from screening.questionnaire.responses import facts_from
from screening.rules.charge import matters_of
from screening.rules.facts import is_disputed, possible_birth
from screening.rules.prepared import PreparedProtection
from screening.rules.screen import FEDERAL, Judged, judge
from screening.services import needs_from, offer

SEEN_BEFORE = 300
"""Cases screened before the clock starts, as in a service that has run for a while."""
ROUNDS = 9
EACH = 50
"""Cases of a round. No case is in two rounds, so nothing that is kept of a case helps the next one."""
READER = "prosecutor"
OURS = "judge, needs and offers"
CEL = "cel-expr-python, bare verdicts"
CEL_FACTS = "cel-expr-python, our facts at hand"
CEL_ALIKE = "cel-expr-python, only the trees we evaluate"
CEL_ANEW = "cel-expr-python, facts read anew by each expression"
PERSONAL = (ElementKind.AGE, ElementKind.VICTIM_STATUS)

Way = Callable[[], object]
Verdicts = Callable[[Mapping[str, FactValue]], list[int]]
Rounds = Mapping[str, Sequence[float]]


def assess(case: Case, packs: Packs) -> Judged:
    """What `screen` does, without its sentences."""
    judged = judge(case, packs.law, packs.questionnaire, reader=READER)
    born = possible_birth(case, disputed=is_disputed(judged.facts))
    needs = needs_from(judged.facts.person, packs.needs, stated=case.needs)
    age = age_range(born, DateRange(case.as_of, case.as_of))
    offer(needs, packs.directory, as_of=case.as_of, age=age, place=case.place)
    return judged


def run() -> list[Row]:
    packs = load_packs()
    state, federal = packs.law[STATE], packs.law[FEDERAL]
    whole = Programs(_tree(one) for pack in (state, federal) for one in pack.protections)
    alike = Programs(
        [_tree(one) for one in state.protections] + [_tree(one, PERSONAL) for one, _ in federal.general]
    )
    for seed in range(SEEN_BEFORE):
        assess(read(case_file(seed)), packs)
    rounds: dict[str, list[float]] = {}
    for number in range(ROUNDS):
        first = SEEN_BEFORE + number * EACH
        cases = [read(case_file(seed)) for seed in range(first, first + EACH)]
        for name, way in _ways(packs, cases, whole, alike).items():
            rounds.setdefault(name, []).append(_milliseconds(way))
    return [*_rows(rounds, len(whole), len(alike)), _agreement(packs)]


def _ways(packs: Packs, cases: Sequence[Case], whole: Programs, alike: Programs) -> dict[str, Way]:
    """Every way to be timed on cases that none has seen; ours goes first, so the others find no colder caches than it.

    A result is let go before the next case, as a service does.
    """
    ready = [_facts(case, packs) for case in cases]
    screened: list[Screening] = []

    def ours() -> None:
        for case in cases:
            assess(case, packs)

    def bare(verdicts: Verdicts) -> None:
        for case in cases:
            for facts in _facts(case, packs):
                verdicts(facts)

    def at_hand() -> None:
        for facts in chain.from_iterable(ready):
            whole.verdicts(facts)

    return {
        OURS: ours,
        CEL: lambda: bare(whole.verdicts),
        CEL_FACTS: at_hand,
        CEL_ALIKE: lambda: bare(alike.verdicts),
        CEL_ANEW: lambda: bare(whole.verdicts_one_by_one),
        "screen, all of it": lambda: screened.extend(screen(case, packs, reader=READER) for case in cases),
        "words": lambda: _say(screened, packs),
        "traces of every finding": lambda: _trace(screened),
        "the result as plain values": lambda: [one.to_dict() for one in screened],
    }


def _say(screened: Sequence[Screening], packs: Packs) -> None:
    words = FactWords(packs.questionnaire)
    for one in screened:
        for charge in one.charges:
            charge_sentence(charge, words)
            not_considered(charge, one.judged, packs)


def _trace(screened: Sequence[Screening]) -> None:
    for one in screened:
        for charge in one.charges:
            for finding in charge.findings:
                one.trace(charge.id, finding.protection)


def _milliseconds(way: Way) -> float:
    """Milliseconds of processor time a case, so that other work on the machine counts less; no way uses a second thread."""
    gc.collect()
    start = process_time()
    way()
    return (process_time() - start) * 1000 / EACH


def _rows(rounds: Rounds, every: int, alike: int) -> list[Row]:
    """Medians over the rounds; a ratio is the median of what it was in each round."""
    each = {name: median(took) for name, took in rounds.items()}
    over = {
        name: median(ours / took for ours, took in zip(rounds[OURS], rounds[name], strict=True))
        for name in rounds
    }
    size = f"{ANSWERS} answers, {CHARGES} charges"
    return [
        Row(f"assessment: {OURS} ({size})", each[OURS], "ms", CEL, over[CEL], Floor("≤", 1)),
        Row("assessment: the same", each[OURS], "ms", CEL_FACTS, over[CEL_FACTS]),
        Row("assessment: the same", each[OURS], "ms", CEL_ALIKE, over[CEL_ALIKE]),
        Row("assessment: the same", each[OURS], "ms", CEL_ANEW, over[CEL_ANEW]),
        Row(f"assessment: {CEL}, {every} expressions a charge", each[CEL], "ms"),
        Row(f"assessment: {CEL_FACTS}", each[CEL_FACTS], "ms"),
        Row(f"assessment: {CEL_ALIKE}, {alike} a charge", each[CEL_ALIKE], "ms"),
        Row(f"assessment: {CEL_ANEW}", each[CEL_ANEW], "ms"),
        *(Row(f"assessment: {name}", each[name], "ms", OURS, 1 / over[name]) for name in list(each)[5:]),
    ]


def _tree(one: PreparedProtection, kinds: tuple[ElementKind, ...] = tuple(ElementKind)) -> Condition:
    return All(tuple(part.tree for part in one.elements if part.kind in kinds))


def _facts(case: Case, packs: Packs) -> list[Mapping[str, FactValue]]:
    """The facts of each charge as the executors of this house read them, from the answers and charges of a case."""
    base = facts_from(case, packs.questionnaire, reader=READER)
    return [matter.facts for _, matter in matters_of(case, packs.law, base)]


def _agreement(packs: Packs) -> Row:
    """How often CEL's verdict of the state's provisions is that of our trees, so that like is timed with like."""
    pack = packs.law[STATE]
    programs = Programs(_tree(one) for one in pack.protections)
    same = count = 0
    for seed in range(EACH):
        for facts in _facts(read(case_file(seed)), packs):
            values = pack.evaluate(facts)
            for one, verdict in zip(pack.protections, programs.verdicts(facts), strict=True):
                same += verdict == min(one.truths(values))
                count += 1
    return Row(f"assessment: CEL says what our trees say ({STATE})", 100 * same / count, "%")
