"""One charge before its jurisdiction: findings, bounds, what stands beside them, and what would settle them."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from screening.case import Case, Charge
from screening.conditions import FactValue, Values
from screening.conditions.compiled import is_range
from screening.law.words import Confidence, ElementKind
from screening.questionnaire.responses import FactBase
from screening.rules.bounds import Bounds, Piece, bounds_of
from screening.rules.elements import (
    Grounds,
    References,
    element_outline,
    grounds_of,
    open_points,
    settles,
)
from screening.rules.facts import drawn_facts, is_disputed, moments_of
from screening.rules.finding import Beside, ByCase, ChargeResult, Finding
from screening.rules.prepared import PreparedPack, PreparedProtection
from screening.rules.reach import is_complete
from screening.rules.results import BY_RANK, GIVES, Result, Role
from screening.rules.said import points_said
from screening.rules.scope import question
from screening.rules.standing import Matter, Standing, roles_in, stand
from screening.truth import NO, UNKNOWN, YES, Truth


def matter_of(case: Case, charge: Charge, pack: PreparedPack, base: FactBase) -> Matter:
    """Everything that one charge brings before one pack."""
    clashing = frozenset(one.charge for one in case.clashes())
    return _matter(case, charge, pack, base, disputed=is_disputed(base), clashing=clashing)


def matters_of(
    case: Case, law: Mapping[str, PreparedPack], base: FactBase
) -> tuple[tuple[Charge, Matter], ...]:
    """Every charge whose jurisdiction is packed, before its own pack."""
    disputed, clashing = is_disputed(base), frozenset(one.charge for one in case.clashes())
    return tuple(
        (
            charge,
            _matter(case, charge, law[charge.jurisdiction], base, disputed=disputed, clashing=clashing),
        )
        for charge in case.charges
        if charge.jurisdiction in law
    )


def _matter(
    case: Case,
    charge: Charge,
    pack: PreparedPack,
    base: FactBase,
    *,
    disputed: bool,
    clashing: frozenset[str],
) -> Matter:
    offense, asked = question(pack, charge)
    moments = moments_of(case, charge, disputed=disputed)
    facts: dict[str, FactValue] = {**base.person, **base.charges.get(charge.id, {})}
    facts.update(moments.facts() or {})
    facts.update(drawn_facts(facts))
    facts.update(asked)
    facts["charge.status"] = frozenset({charge.status.value})
    facts["stage"] = frozenset({case.stage.value})
    roles = roles_in(pack, charge.status, case.stage)
    clash = charge.id in clashing
    return Matter(pack, charge, offense, charge.status, case.stage, facts, moments, case.assume, roles, clash)


def charge_result(matter: Matter, references: References, others: Iterable[PreparedPack]) -> ChargeResult:
    """The whole result for one charge; `others` are the packs that stand beside it and never enter its bounds."""
    pack, offense, charge = matter.pack, matter.offense, matter.charge
    values = pack.evaluate(matter.facts)
    by_role: dict[Role, list[Standing]] = {role: [] for role in Role}
    for one in pack.protections:
        by_role[matter.roles[one.rule.id]].append(stand(matter, one, values, matter.facts))
    counted = by_role[Role.BOUNDS]
    bounds = bounds_of(matter, values, counted)
    complete = is_complete(matter, by_role[Role.HIDDEN])
    findings = _findings(matter, by_role, values, grounds_of(matter, references))
    low, high = _word(bounds.at_least, complete=complete), _word(bounds.at_most, complete=complete)
    later = [one for one in by_role[Role.LATER_RELIEF] if _could_open_later(one)]
    return ChargeResult(
        id=charge.id,
        jurisdiction=charge.jurisdiction,
        section=charge.section,
        status=matter.status.value,
        mode=charge.mode.value,
        offense_class=_classes(matter),
        class_known=offense.class_known,
        result=joined(low, high),
        at_least=low,
        at_most=high,
        at_least_confidence=_weakest(one for one in counted if 0 < one.certain_rank == bounds.at_least),
        at_most_confidence=_weakest(one for one in counted if 0 < one.possible_rank == bounds.at_most),
        law_complete=complete,
        resolved=bounds.resolved,
        findings=findings,
        routes=tuple(_beside(one, pack) for one in by_role[Role.ROUTE] if one.verdict is not NO),
        later_relief=tuple(_beside(one, pack, later=True) for one in later),
        later_law=tuple(_beside(one, pack) for one in counted if is_later_law(one, matter)),
        beside=tuple(line for other in others for line in _other_side(matter, other)),
        evidence_rules=_evidence_rules(matter),
        open_law=_open_points_of_law(findings),
        by_cases=_by_cases(bounds, complete=complete),
        would_settle=tuple(
            one for finding in findings for one in finding.would_settle if _moves(one.then, low)
        ),
        said=points_said(matter),
        collateral=pack.law.collateral,
    )


def _open_points_of_law(findings: Iterable[Finding]) -> tuple[str, ...]:
    open_findings = [one for one in findings if one.result is Result.CANNOT_TELL]
    return tuple(
        dict.fromkeys(point for one in open_findings for part in one.elements for point in part.open_law)
    )


def joined(low: Result, high: Result) -> Result:
    """The one word for a pair of bounds: the same where equal, presumptive bars as they are, else *cannot tell*."""
    if low is high or (low is Result.PRESUMPTIVELY_BARRED and high is Result.BARRED):
        return low
    return Result.CANNOT_TELL


def _word(rank: int, *, complete: bool) -> Result:
    if rank:
        return BY_RANK[rank]
    return Result.NONE_FOUND if complete else Result.LAW_NOT_ESTABLISHED


def _classes(matter: Matter) -> tuple[str, ...]:
    options = [option for option in matter.offense.options if option.established]
    return tuple(
        sorted(
            {
                item.value
                for option in options
                for item in option.topics
                | (option.severities if len(option.severities) <= 2 else frozenset())
            }
        )
    )


_SHOWN = {YES: 0, UNKNOWN: 1, NO: 2}


def _findings(
    matter: Matter, by_role: dict[Role, list[Standing]], values: Values, grounds: Grounds
) -> tuple[Finding, ...]:
    rows = [(role, one) for role in (Role.BOUNDS, Role.WAS_AVAILABLE, Role.OUT) for one in by_role[role]]
    rows.sort(key=lambda row: (_SHOWN[row[1].verdict], -row[1].rank))
    return tuple([_finding(matter, role, one, values, grounds) for role, one in rows])


def _finding(matter: Matter, role: Role, one: Standing, values: Values, grounds: Grounds) -> Finding:
    protection, charge = one.protection, matter.charge.id
    seen = tuple([values[place] for place in protection.open_places])
    outline = _outline(matter.pack, role, one, seen, grounds.silent, grounds.question)
    elements = tuple(
        [
            element.resting_on(grounds.of(part))
            for element, part in zip(outline.elements, protection.elements, strict=True)
        ]
    )
    if one.verdict is not UNKNOWN or role is not Role.BOUNDS:
        return outline.about(charge, elements)
    found = open_points(one, values)
    more = found.yes.more or found.no.more
    settling, weights = settles(one, found, charge), tuple(found.weights.items())
    return outline.about(charge, elements, settling, weights, more_needed=more)


@lru_cache(maxsize=10_000)
def _outline(  # noqa: PLR0917 - what the finding of an entry depends on
    pack: PreparedPack, role: Role, one: Standing, seen: tuple[int, ...], silent: str, question: str
) -> Finding:
    """What is found for everyone for whom an entry stands so: `seen` are the values at its open places."""
    rule = one.protection.rule
    values = dict(zip(one.protection.open_places, seen, strict=True))
    return Finding(
        charge="",
        elements=tuple(element_outline(part, values, silent, question) for part in one.elements),
        would_settle=(),
        more_needed=False,
        weights=(),
        protection=rule.id,
        title=rule.title,
        mechanism=rule.mechanism.value,
        bars=tuple(step.value for step in rule.bars),
        result=_result(one, role),
        gives=GIVES[rule.mechanism],
        presumed=one.presumed,
        assumed=one.assumed,
        confidence=rule.confidence.value,
        citation=rule.citation,
        law_as_of=str(pack.law.checked),
        procedure=rule.procedure,
        notes=rule.notes,
        burden=_burden(one.protection),
        required_response=rule.required_response,
        sources=tuple(source.url for source in rule.sources),
        review=rule.review.status,
    )


def _result(one: Standing, role: Role) -> Result:
    if one.verdict is NO or role is Role.OUT:
        return Result.DOES_NOT_APPLY
    if one.verdict is UNKNOWN:
        return Result.CANNOT_TELL
    return Result.WAS_AVAILABLE if role is Role.WAS_AVAILABLE else BY_RANK[one.certain_rank]


def _burden(one: PreparedProtection) -> str | None:
    burden = one.rule.burden
    if burden is None:
        return None
    parts = [
        burden.says or "",
        f"raised by {burden.raises}" if burden.raises else "",
        f"shown by {burden.persuades}" if burden.persuades else "",
        f"standard: {burden.standard}" if burden.standard else "",
    ]
    return "; ".join(part for part in parts if part) or None


def _weakest(standings: Iterable[Standing]) -> str | None:
    found = {one.protection.rule.confidence for one in standings}
    return next((word.value for word in (Confidence.SECONDARY, Confidence.PRIMARY) if word in found), None)


def _beside(one: Standing, pack: PreparedPack, *, later: bool = False) -> Beside:
    considered = [
        part.truth for part in one.elements if not later or part.element.kind is not ElementKind.FORUM
    ]
    return _line(one.protection, pack, min(considered, default=YES))


def _could_open_later(one: Standing) -> bool:
    return all(part.truth is not NO or part.element.kind is ElementKind.FORUM for part in one.elements)


def is_later_law(one: Standing, matter: Matter) -> bool:
    """Whether only its start date keeps a protection from this act: it came later, and its text does not reach back."""
    start = one.protection.start
    if start is None or not matter.moments.offense[1] < start <= matter.moments.today:
        return False
    ruled_out = [part.element.kind for part in one.elements if part.truth is NO]
    return bool(ruled_out) and all(kind is ElementKind.PERIOD for kind in ruled_out)


def _other_side(matter: Matter, pack: PreparedPack) -> tuple[Beside, ...]:
    """Provisions of the other sovereign that could matter beside this charge; they never enter its bounds (semantics 7)."""
    values = pack.evaluate_person(matter.facts)
    return _lines(pack, tuple([values[top] for _, top in pack.general]))


@lru_cache(maxsize=5_000)
def _lines(pack: PreparedPack, truths: tuple[int, ...]) -> tuple[Beside, ...]:
    return tuple(
        _line(one, pack, truth) for (one, _), truth in zip(pack.general, truths, strict=True) if truth != NO
    )


@lru_cache(maxsize=5_000)
def _line(one: PreparedProtection, pack: PreparedPack, truth: int) -> Beside:
    rule = one.rule
    return Beside(
        rule.id,
        rule.title,
        rule.mechanism.value,
        rule.citation,
        pack.law.jurisdiction,
        _WORDS[truth],
        rule.confidence.value,
        GIVES[rule.mechanism].value if rule.mechanism in GIVES else None,
        str(rule.period.start) if rule.period.start else None,
    )


def _evidence_rules(matter: Matter) -> tuple[Mapping[str, object], ...]:
    values = matter.pack.evaluate_around(matter.facts)
    tops = [top for _, top in matter.pack.evidence_rules]
    return _rules(matter.pack, tuple([YES if top is None else values[top] for top in tops]))


@lru_cache(maxsize=5_000)
def _rules(pack: PreparedPack, truths: tuple[int, ...]) -> tuple[Mapping[str, object], ...]:
    return tuple(
        MappingProxyType(
            {
                "citation": rule.citation,
                "says": rule.says,
                "scope": rule.scope,
                "confidence": rule.confidence.value,
                "gate": rule.gate,
                "truth": _WORDS[truth],
            }
        )
        for (rule, _), truth in zip(pack.evidence_rules, truths, strict=True)
        if rule.confidence is not Confidence.RECALL and truth != NO
    )


_WORDS = tuple(truth.word for truth in Truth)


def _by_cases(bounds: Bounds, *, complete: bool) -> tuple[ByCase, ...]:
    return tuple(
        ByCase(
            tuple({"fact": piece.fact, **_held(piece)} for piece in one.pieces),
            joined(_word(one.at_least, complete=complete), _word(one.at_most, complete=complete)),
            _word(one.at_least, complete=complete),
            _word(one.at_most, complete=complete),
        )
        for one in bounds.cases
    )


def _held(piece: Piece) -> dict[str, object]:
    value = piece.value
    if is_range(value):
        if piece.fact.startswith("date."):
            return {
                "from": date.fromordinal(max(value[0], 1)).isoformat(),
                "to": date.fromordinal(value[1]).isoformat(),
            }
        return {"from": value[0], "to": value[1]}
    if isinstance(value, frozenset):
        return {"in": sorted(value)}
    return {"value": Truth(value).word if isinstance(value, int) else "unknown"}


def _moves(then: Result, low: Result) -> bool:
    return then is not Result.DOES_NOT_APPLY and then is not low
