"""Says which law a result did not consider, so that silence is never read as *nothing more exists*."""

from collections.abc import Iterator

from screening.explanation.terms import GOALS, sentence
from screening.packs import Packs
from screening.rules.finding import ChargeResult
from screening.rules.screen import FEDERAL, Judged


def not_considered(charge: ChargeResult, judged: Judged, packs: Packs) -> tuple[str, ...]:
    """The law that stands outside this charge's result, in sentences."""
    return tuple(_points(charge, judged, packs))


def _points(charge: ChargeResult, judged: Judged, packs: Packs) -> Iterator[str]:
    pack = packs.law.get(charge.jurisdiction)
    if pack is None:
        yield f"The whole law of {charge.jurisdiction}: it is not packed yet."
        return
    hidden = sum(one.rule.is_hidden for one in pack.protections)
    if hidden:
        yield f"{hidden} provision{'s' if hidden > 1 else ''} of {pack.law.name} that nobody has confirmed."
    for gap in pack.law.reach.not_established:
        yield sentence(
            f"Protections for {GOALS[gap.goal.value]} are not established: {gap.says[0].lower()}{gap.says[1:]}"
        )
    yield from pack.law.reach.open_questions
    yield from pack.law.reach.pending
    yield f"Changes of law after the text read: {pack.law.text_as_of}."
    if charge.jurisdiction == FEDERAL:
        beside = [one.law.name for one in judged.packs if one.law.jurisdiction != FEDERAL]
        yield (
            f"Of state law only {', '.join(beside)} stands beside this."
            if beside
            else "The law of any state: none is named in the case."
        )
    yield "Local policy, court rules, immigration law and the law of sealing juvenile records."
    if charge.status in ("considered", "arrested", "charged"):
        yield "Ordinary defenses such as duress, self-defense or lack of intent, where they are not listed."
