"""Whole cases over the packed law: what is filled in later never leaves the bounds; order, later law and needs mean nothing."""

import dataclasses
import json
from datetime import date
from functools import cache
from itertools import product
from random import Random
from time import perf_counter

from screening import load_case, load_packs, screen
from screening.law.load import LoadedLaw, load_law
from screening.law.model import Period
from screening.rules.prepared import prepare
from screening.rules.results import RANK
from screening.truth import Truth
from tests.conformance.random_cases import case
from tests.prove.proof import Progress, Proof
from tests.prove.shrinking import smallest_case

FREE = 3
"""So many unknown yes / no facts of a case are filled in, each of them both ways."""
CHAIN = 6
"""So many unknown yes / no facts are added one after the other."""
DRAWS = 20
"""So often a smaller case is tried before it counts as one on which nothing fails."""
LATER = Period(start=date(2030, 1, 1))


def proof_of(check, many, seed, *, quiet=True):
    """The proof that a check holds for random cases; it counts screenings that were compared."""
    what, against = CHECKS[check]
    proof = Proof(what, against, "screenings")
    progress = Progress(what, many, quiet=quiet)
    started, packs, number = perf_counter(), load_packs(), 0
    while proof.how_many < many:
        drawn = f"{seed} {number}"
        given = case(Random(drawn), packs)  # noqa: S311 - a seed, no secret
        for same, text in check(given, _again(drawn), packs) if given.get("charges") else ():
            proof.how_many += 1
            if not same:
                proof.differs(lambda text=text, given=given: _smallest(check, given, text, packs))
        number += 1
        progress.at(proof.how_many)
    proof.timed(started)
    return proof


def _again(drawn):
    return Random(f"{drawn} again")  # noqa: S311 - a seed, no secret


def _smallest(check, given, text, packs):
    """The disagreement on the least case on which some draw of the check still fails."""

    def failing(fewer):
        draws = (check(fewer, _again(draw), packs) for draw in range(DRAWS)) if fewer.get("charges") else ()
        return next((said for draw in draws for same, said in draw if not same), None)

    least = smallest_case(given, failing)
    return f"{failing(least) or text}\n  case {json.dumps(least, ensure_ascii=False)}"


def completions(given, rng, packs):
    """Three unknown facts of a case are filled in every way: no bound is left."""
    free, before = unknown_items(given, rng, packs, FREE), screened(given, packs)
    for values in product(("yes", "no"), repeat=len(free)) if free else ():
        answers = list(zip(free, values, strict=True))
        yield _inside(before, screened(answered(given, answers), packs), answers)


def chains(given, rng, packs):
    """Facts are added one after the other: bounds only narrow."""
    answers, before = [], screened(given, packs)
    for item in unknown_items(given, rng, packs, CHAIN):
        answers.append((item, rng.choice(("yes", "no"))))
        after = screened(answered(given, answers), packs)
        yield _inside(before, after, answers)
        before = after


def settlings(given, rng, packs):
    """What would settle a finding, once answered so, settles it as was said."""
    before = screened(given, packs)
    by_fact = _askable(before, given, packs)
    offered = [
        (i, finding.protection, one)
        for i, charge in enumerate(before.charges)
        for finding in charge.findings
        for one in finding.would_settle
        if all(part.fact in by_fact for part in one.facts)
    ]
    for i, protection, one in rng.sample(offered, min(len(offered), FREE)):
        answers = [(by_fact[part.fact], "yes" if part.holds else "no") for part in one.facts]
        after = screened(answered(given, answers), packs).charges[i]
        now = next(finding.result for finding in after.findings if finding.protection == protection)
        yield now is one.then, f"{protection}: {one.then} was said, {now} came of {_words(answers)}"


def orders(given, rng, packs):
    """Charges, responses, keys and packs in another order change nothing."""
    turned = {key: given[key] for key in rng.sample(list(given), len(given))}
    turned["charges"] = rng.sample(given["charges"], len(given["charges"]))
    answers = list(given.get("responses", {}).items())
    turned["responses"] = dict(rng.sample(answers, len(answers)))
    names = rng.sample(list(packs.law), len(packs.law))
    other = dataclasses.replace(packs, law={name: packs.law[name] for name in names})
    yield _unordered(screened(given, packs)) == _unordered(screened(turned, other)), "another order"


def later_law(given, rng, packs):
    """A later version of every protection changes no earlier answer."""
    before, after = screened(given, packs), screened(given, _packs_with_later_law())
    same = [bounds(one) for one in before.charges] == [bounds(one) for one in after.charges]
    yield same and before.judged.flag == after.judged.flag, "later law"


def needs(given, rng, packs):
    """Needs, and items that establish no fact, change no finding and no flag."""
    free = {item.id: rng.choice(("yes", "no")) for item in _free_items(packs) if rng.random() < 0.3}
    wished = rng.sample([kind.code.value for kind in packs.needs.kinds], 3)
    helped = {**given, "needs": wished, "responses": {**given.get("responses", {}), **free}}
    before, after = screened(given, packs), screened(helped, packs)
    same = [one.to_dict() for one in before.charges] == [one.to_dict() for one in after.charges]
    yield same and before.judged.flag.state == after.judged.flag.state, f"{wished} {free}"


CHECKS = {
    completions: ("bounds of a whole case", "three unknowns filled in every way"),
    chains: ("bounds of a whole case", "facts added one by one"),
    settlings: ("would_settle of a whole case", "the facts answered so"),
    orders: ("result of a whole case", "charges, responses and packs reordered"),
    later_law: ("bounds and flag of a whole case", "a 2030 version of every protection"),
    needs: ("findings and flag of a whole case", "needs, and items that are no fact"),
}
"""Each check with what it holds against what, for the table."""


def screened(given, packs):
    """The screening of a case for the prosecutor."""
    return screen(load_case(given, packs=packs), packs)


def unknown_items(given, rng, packs, most):
    """Some items nobody answered whose fact no charge knows: first those of one set of facts that would settle a finding,
    then others that the law of some charge reads."""
    before = screened(given, packs)
    by_fact = _askable(before, given, packs)
    deciding = [
        {part.fact for part in one.facts}
        for charge in before.charges
        for one in charge.would_settle
        if all(part.fact in by_fact for part in one.facts)
    ]
    first = sorted(rng.choice(deciding)) if deciding else []
    others = sorted(set(by_fact) - set(first))
    chosen = [*first, *rng.sample(others, len(others))][:most]
    return [by_fact[fact] for fact in chosen]


def _askable(before, given, packs):
    """The items that could still establish a yes / no fact which the law of some charge reads, by that fact.

    A dispute about the age is not among them: it takes back what a birth date said. Nor is a fact of which anything was
    said: two sources that differ leave it unknown, whatever a third one says.
    """
    matters = before.judged.matters.values()
    rules = [rule for one in matters for rule in one.pack.protections]
    read = {fact for rule in rules for part in rule.elements for fact in part.facts} - {"age.disputed"}
    spoken_of = {packs.questionnaire.items[name].fact for name in given.get("responses", {})}
    return {
        item.fact: item
        for item in packs.questionnaire.items.values()
        if item.fact in read
        and item.kind.value == "bool"
        and item.part.value != "part2"
        and item.fact not in spoken_of
        and all(one.facts.get(item.fact, Truth.UNKNOWN) == Truth.UNKNOWN for one in matters)
    }


def _free_items(packs):
    return [
        item
        for item in packs.questionnaire.items.values()
        if not item.fact and item.kind.value == "bool" and not item.per_charge
    ]


def answered(given, answers):
    ids = [charge["id"] for charge in given["charges"]]
    more = {item.id: dict.fromkeys(ids, value) if item.per_charge else value for item, value in answers}
    return {**given, "responses": {**given.get("responses", {}), **more}}


def bounds(one):
    return RANK[one.at_least], RANK[one.at_most]


def _inside(before, after, answers):
    """Whether the bounds of every charge lie inside those before, and what was answered."""
    inside = all(
        bounds(one)[0] <= bounds(other)[0] <= bounds(other)[1] <= bounds(one)[1]
        for one, other in zip(before.charges, after.charges, strict=True)
    )
    return inside, _words(answers)


def _words(answers):
    return " ".join(f"{item.id}={value}" for item, value in answers)


def _unordered(result):
    """A result without the order of its lists; what stands beside a charge names the other charges in their order."""
    shape = result.to_dict()
    return {
        "charges": {one["id"]: {**one, "beside": None, "not_considered": None} for one in shape["charges"]},
        "flag": (shape["flag"]["state"], {one["id"] for one in shape["flag"]["indicators"]}),
        "duties": {(one["id"], one["state"], one["due"], *sorted(one["charges"])) for one in shape["duties"]},
        "next": {(one["item"], one["charge"], one["settles"]) for one in shape["next_items"]},
    }


@cache
def _packs_with_later_law():
    """The packs with a second version of every protection, dated 2030."""
    law, _ = load_law()
    packs = load_packs()
    return dataclasses.replace(packs, law={name: _extended(one) for name, one in law.items()})


def _extended(loaded):
    later = [
        one.model_copy(update={"id": f"{one.id}-later", "period": LATER}) for one in loaded.law.protections
    ]
    law = loaded.law.model_copy(update={"protections": (*loaded.law.protections, *later)})
    return prepare(LoadedLaw(law, loaded.offenses, loaded.digest, loaded.file))
