"""A whole screening as `screening.v1`: what the rules found, with services beside it, in the words of one place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from screening.case import Case, Source
from screening.dates import DateRange, age_range
from screening.explanation.facts import FactWords
from screening.explanation.not_considered import not_considered
from screening.explanation.sentences import charge_sentence
from screening.law.alternatives import Alternative, open_alternatives
from screening.packs import Packs
from screening.questionnaire.words import Viewer
from screening.rules.asking import NextItem
from screening.rules.facts import is_disputed, possible_birth
from screening.rules.finding import ChargeResult, DutyFinding
from screening.rules.screen import Judged, judge
from screening.rules.trace import trace
from screening.services import Need, Referrals, Why, may_be_minor, needs_from, offer

ENGINE = "0.1.0"
READERS = ("prosecutor", "officer", "advocate")
VIEWERS = {"prosecutor": Viewer.PROSECUTOR, "officer": Viewer.OFFICER, "advocate": Viewer.COMMUNITY_ADVOCATE}


@dataclass(frozen=True, slots=True)
class Screening:
    """The result of one screening for one reader; frozen, and the same for the same case and packs."""

    case: Case
    reader: str
    judged: Judged
    charges: tuple[ChargeResult, ...]
    alternatives: tuple[Alternative, ...]
    needs: tuple[Need, ...]
    referrals: Referrals
    packs: tuple[dict[str, str], ...]

    @property
    def duties(self) -> tuple[DutyFinding, ...]:
        """Duties due, then those that fall due if their trigger is shown."""
        return self.judged.duties

    @property
    def next_items(self) -> tuple[NextItem, ...]:
        """What to ask next, in order; empty where nothing can change."""
        return self.judged.next_items

    def trace(self, charge: str, protection: str) -> dict[str, object]:
        """The trace (`trace.v1`) of one finding: every condition with its truth. KeyError where there is no such finding."""
        return trace(self.judged.matters[charge], protection)

    def to_dict(self) -> dict[str, object]:
        """The screening as `screening.v1`, made of dict, list, str, int, float, bool and None."""
        return {
            "screening": "v1",
            "as_of": self.case.as_of.isoformat(),
            "reader": self.reader,
            "flag": self.judged.flag.to_dict(),
            "charges": [one.to_dict() for one in self.charges],
            "duties": [one.to_dict() for one in self.duties],
            "alternatives": [one.to_dict() for one in self.alternatives],
            "needs": [one.to_dict() for one in self.needs],
            "referrals": self.referrals.to_dict(),
            "next_items": [one.to_dict() for one in self.next_items],
            "look_first": self.judged.role_prompt.look_first,
            "withheld": self.judged.facts.withheld,
            "clashes": [{"fact": clash.fact, "charge": clash.charge} for clash in self.judged.facts.clashes],
            "assume": {kind: "yes" if value else "no" for kind, value in self.case.assume.items()},
            "packs": [dict(one) for one in self.packs],
            "engine": ENGINE,
        }


def screen(case: Case, packs: Packs, *, reader: str = "prosecutor", at: datetime | None = None) -> Screening:
    """Screens one case for one reader (`prosecutor`, `officer` or `advocate`).

    Missing information is a finding, never an error; ValueError only for a reader that does not exist. `at` is the time
    on the clock of the place, used for the hours of services alone. No referral fact reaches the rules, and no finding
    reaches the matching of services.
    """
    if reader not in READERS:
        raise ValueError(f"unknown reader {reader!r}; expected one of {', '.join(READERS)}")
    judged = judge(case, packs.law, packs.questionnaire, reader=reader)
    words = FactWords(packs.questionnaire)
    charges = tuple(
        replace(one, sentence=charge_sentence(one, words), not_considered=not_considered(one, judged, packs))
        for one in judged.charges
    )
    born = possible_birth(case, disputed=is_disputed(judged.facts))
    age = age_range(born, DateRange(case.as_of, case.as_of))
    needs = tuple(
        one
        for one in needs_from(_need_facts(case, judged, packs, reader), packs.needs, stated=case.needs)
        if _may_see(one, reader)
    )
    return Screening(
        case,
        reader,
        judged,
        charges,
        open_alternatives(packs.alternatives, case.stage, maybe_minor=may_be_minor(age)),
        needs,
        offer(needs, packs.directory, as_of=case.as_of, age=age, place=case.place, at=at),
        _stamps(judged, packs),
    )


def _need_facts(case: Case, judged: Judged, packs: Packs, reader: str) -> Mapping[str, object]:
    """What needs are drawn from: the facts this reader may see, and the advocate's items that feed no fact of law."""
    viewer = VIEWERS[reader]
    seen = {
        name: [
            one
            for one in case.responses[name]
            if reader == "advocate" or one.source is not Source.OWN_STATEMENT or one.cleared
        ]
        for name, item in packs.questionnaire.items.items()
        if item.fact is None and viewer in item.visible_to and name in case.responses
    }
    return {**judged.facts.person, **seen}


def _may_see(need: Need, reader: str) -> bool:
    """Health needs drawn from answers are the advocate's alone; a need that was stated is shown to whoever stated it."""
    return reader == "advocate" or not need.kind.health or need.why is Why.STATED


def _stamps(judged: Judged, packs: Packs) -> tuple[dict[str, str], ...]:
    law = [
        {
            "id": pack.law.jurisdiction,
            "version": pack.law.version,
            "digest": pack.digest,
            "text_as_of": pack.law.text_as_of,
        }
        for pack in judged.packs
    ]
    questionnaire: Mapping[str, str] = {
        "id": "questionnaire",
        "version": packs.questionnaire.version,
        "digest": packs.questionnaire.digest,
    }
    return (*law, dict(questionnaire))
