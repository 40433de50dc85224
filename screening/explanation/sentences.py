"""Sentences about a charge and its findings: what stands, what is still possible, and what would decide it."""

from collections.abc import Callable, Mapping
from datetime import date

from screening.explanation.facts import FactWords, day_words
from screening.explanation.terms import AS_CERTAIN, CLASSES, MODES, RESULTS, STEPS, listed, sentence
from screening.rules.finding import ByCase, ChargeResult, Finding, Settles
from screening.rules.results import RANK, Result

AUTHORITY = {"secondary": "described by another source, text not seen"}


def charge_sentence(charge: ChargeResult, words: FactWords) -> str:
    """The one sentence on top of a charge: what is certain, what is possible, and the shortest way to know."""
    parts = [_stands(charge)]
    if charge.at_most is not charge.at_least and RANK[charge.at_most] > RANK[charge.at_least]:
        parts.append(_possible(charge, words))
    if charge.at_least is not Result.BARRED and not charge.law_complete:
        parts.append(_incomplete(charge))
    return " ".join(part for part in parts if part)


def _stands(charge: ChargeResult) -> str:
    certain = [one for one in charge.findings if one.result is charge.at_least]
    others = dict.fromkeys(
        one.result for one in charge.findings if RANK.get(one.result, 0) and one.result is not charge.at_least
    )
    if charge.at_least is Result.BARRED or charge.at_least is Result.PRESUMPTIVELY_BARRED:
        return f"{RESULTS[charge.at_least.value]}: the person {bars_words(certain)} ({_cited(certain)})."
    if charge.at_least is Result.NONE_FOUND:
        if charge.at_most is Result.NONE_FOUND:
            return "None found: the text was searched for this class of offense and no provision protects the person here."
        return "Nothing is certain yet."
    if charge.at_least is Result.LAW_NOT_ESTABLISHED:
        if charge.at_most is Result.LAW_NOT_ESTABLISHED:
            return (
                "Law not established: nobody has read enough of this law to say whether a protection exists."
            )
        return "Nothing is certain yet."
    also = f", and also {listed([AS_CERTAIN[one.value] for one in others])}" if others else ""
    certainty = "" if charge.at_least is charge.at_most else "At least "
    return sentence(f"{certainty}{AS_CERTAIN[charge.at_least.value]}{also} ({_cited(certain)})")


def _possible(charge: ChargeResult, words: FactWords) -> str:
    best = [
        one
        for one in charge.would_settle
        if one.then is charge.at_most or RANK[one.then] == RANK[charge.at_most]
    ]
    top = AS_CERTAIN[charge.at_most.value]
    if not best and any(one.more_needed and one.gives is charge.at_most for one in charge.findings):
        return sentence(f"At most {top}; that would take more than four further facts")
    if not best:
        return sentence(
            f"At most {top}; the law itself is open on a point that would decide it"
            if charge.open_law
            else f"At most {top}"
        )
    return (
        f"{sentence(f'At most {top}')} {settles_sentence(min(best, key=lambda one: len(one.facts)), words)}"
    )


def _incomplete(charge: ChargeResult) -> str:
    if charge.at_most is Result.LAW_NOT_ESTABLISHED:
        return ""
    return "The law for this class of offense was not read whole, so more may exist."


def settles_sentence(one: Settles, words: FactWords) -> str:
    """A counterfactual: "Would become barred if it is shown that …"."""
    shown = listed([words.setting(part) for part in one.facts])
    if one.then is Result.DOES_NOT_APPLY:
        return sentence(f"Would fall away if it is shown that {shown}")
    return sentence(f"Would become {RESULTS[one.then.value].lower()} if it is shown that {shown}")


def case_sentence(one: ByCase, words: FactWords) -> str:
    """One case of a split: "under 18 at the act: barred"."""
    when = listed([words.held(piece) for piece in one.when if piece])
    if one.result is Result.CANNOT_TELL:
        low, high = AS_CERTAIN[one.at_least.value], AS_CERTAIN[one.at_most.value]
        if RANK[one.at_least]:
            return sentence(f"{when}: at least {low}, at most {high}")
        return sentence(f"{when}: {high}, if the rest is shown")
    return sentence(f"{when}: {RESULTS[one.result.value].lower()}")


def bars_words(findings: list[Finding]) -> str:
    """What may not be done, from the steps that the bars name: "may not be arrested or prosecuted"."""
    steps = dict.fromkeys(step for one in findings for step in one.bars)
    done = [STEPS[step] for step in STEPS if step in steps]
    return f"may not be {listed(done, 'or')}" if done else "is not criminally liable"


def _cited(findings: list[Finding]) -> str:
    return "; ".join(dict.fromkeys(f"{one.citation}{_grade(one)}" for one in findings))


def _grade(one: Finding) -> str:
    notes = [AUTHORITY[one.confidence]] if one.confidence in AUTHORITY else []
    notes += ["assumed"] if one.assumed else []
    notes += ["presumed"] if one.presumed else []
    return f" [{', '.join(notes)}]" if notes else ""


def finding_heading(one: Finding) -> str:
    """A finding in one line: result, title, citation and how well the law is known."""
    return f"{RESULTS[one.result.value]}: {one.title} ({one.citation}{_grade(one)})"


def point_sentence(point: Mapping[str, object]) -> str:
    """A plain point said before the findings: how section, class, mode, status and dates were read."""
    kind = str(point["point"])
    return sentence(_POINTS[kind](point))


def _limits(point: Mapping[str, object]) -> str:
    low, high = point.get("from"), point.get("under")
    return " and ".join([f"{low} or over"] * bool(low) + [f"under {high}"] * bool(high))


def _liability(point: Mapping[str, object]) -> str:
    return f"{MODES[str(point['mode'])]}: {point['section']}. {point['says']}"


_POINTS: dict[str, Callable[[Mapping[str, object]], str]] = {
    "does_not_reach_age": lambda p: (
        f"this section does not reach this age: it asks for a person {_limits(p)} ({p['citation']})"
    ),
    "may_not_reach_age": lambda p: (
        f"this section asks for a person {_limits(p)} ({p['citation']}), and the age is not clear"
    ),
    "unknown_class": lambda p: (
        f"section {p['section']} is in no catalogue here, so its class is unknown; check the number"
    ),
    "class_not_established": lambda p: (
        f"the class of section {p['section']} was not confirmed, so it counts as unknown"
    ),
    "former_section": lambda p: f"section {p['section']} is a former number of {p['now']}",
    "class_clash": lambda p: (
        f"the class given ({CLASSES[str(p['given'])]}) differs from the catalogue "
        f"({listed([CLASSES[str(one)] for one in _strings(p['catalogued'])])}); "
        "the catalogue is used"
    ),
    "mode_left_out": lambda _: "how the person took part was left out; it is read as doing the act",
    "no_offense_date": lambda _: (
        "no date of the act is given, so any day up to the day of screening is possible"
    ),
    "status_stage_clash": lambda p: (
        f"the status given ({p['status']}) does not fit the stage ({str(p['stage']).replace('_', ' ')}); the status is used"
    ),
    "liability": _liability,
    "repealed": lambda p: (
        f"section {p['section']} was repealed on {day_words(date.fromisoformat(str(p['on'])))}"
    ),
    "not_packed": lambda p: f"the law of {p['jurisdiction']} is not in this product yet",
}


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []
