"""A law of a few protections, made up of condition trees alone, and one charge before it."""

from dataclasses import replace
from datetime import date

from screening.case import Charge, Mode, OffenseClass, Stage, Status
from screening.law.catalog import resolve
from screening.law.load import LoadedLaw
from screening.law.model import Element, LawPack, LawReach, Period, Protection, Scope, Source
from screening.law.offenses_model import OffenseCatalog, OffenseEntry
from screening.law.words import BAR_MECHANISMS, Confidence, Goal, Match, Mechanism, Step
from screening.rules.facts import Moments
from screening.rules.prepared import prepare
from screening.rules.scope import scope_facts
from screening.rules.standing import Matter, role_of

SOURCE = Source(url="https://law.example", version="1", seen=Confidence.PRIMARY)
CATALOG = OffenseCatalog(
    jurisdiction="US-XX",
    cite_prefix="§",
    text_as_of="today",
    offenses=(
        OffenseEntry(
            section="1-1", name="Theft", classes=(OffenseClass.MISDEMEANOR,), confidence=Confidence.PRIMARY
        ),
    ),
)
USED = (
    Mechanism.IMMUNITY,
    Mechanism.MANDATORY_DIVERSION,
    Mechanism.AFFIRMATIVE_DEFENSE,
    Mechanism.MITIGATION,
)
DAY = date(2024, 6, 1).toordinal()


def matter(rules, known, moments=None, reach=None):
    """One charge on 1 June 2024 under a law of `rules`: pairs of a mechanism and a tree or several, its elements."""
    pack = prepare(LoadedLaw(_pack(rules, reach or LawReach()), CATALOG, "sha256:0", "pack"))
    charge = Charge("c1", "US-XX", "1-1", mode_given=True)
    offense = resolve(pack.index, "1-1", given=None, grade=None, on=None)
    when = moments or Moments((1, DAY), (DAY, DAY), DAY)
    every = {**(when.facts() or {}), **known, **scope_facts(pack, offense, Mode.PRINCIPAL)}
    roles = {one.rule.id: role_of(one, Status.CHARGED, Stage.CHARGING) for one in pack.protections}
    return Matter(pack, charge, offense, Status.CHARGED, Stage.CHARGING, every, when, {}, roles)


def at(one, moments):
    """The same charge with other days of birth and act."""
    return replace(one, moments=moments, facts={**one.facts, **(moments.facts() or {})})


def _pack(rules, reach):
    return LawPack(
        jurisdiction="US-XX",
        name="X",
        version="1",
        checked=date(2026, 1, 1),
        text_as_of="today",
        reach=reach,
        protections=tuple(protection(i, *rule) for i, rule in enumerate(rules)),
    )


def protection(number, mechanism, trees=(), **fields):
    """A protection `us-xx-<number>` whose elements are condition trees or whole elements; other fields as given."""
    elements = trees if isinstance(trees, list | tuple) else [trees]
    written = [one if isinstance(one, Element) else element(i, one) for i, one in enumerate(elements)]
    usual = {
        "goals": (Goal.MINOR_OFFENSES,),
        "bars": (Step.PROSECUTION,) if mechanism in BAR_MECHANISMS else (),
        "period": Period(start=date(2000, 1, 1)),
        "confidence": Confidence.PRIMARY,
    }
    return Protection(
        id=f"us-xx-{number}",
        title="t",
        citation=f"§ {number}",
        mechanism=mechanism,
        scope=Scope(match=Match.ANY),
        elements=tuple(written),
        sources=(SOURCE,),
        **(usual | fields),
    )


def element(number, tree, **fields):
    """An element that is one condition tree."""
    return Element(name=f"e{number}", says="e", test=tree, **fields)
