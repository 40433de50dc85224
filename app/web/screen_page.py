"""Puts the screening page together: form, topics, findings and faults, for a whole page or for its live parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.web.demo import demos
from app.web.fields import MOST_CHARGES, Form, case_mapping, places_of
from app.web.findings import View
from app.web.places import NAMES
from app.web.plan import PROSECUTOR
from app.web.questions import Openness, Topic, carried, changes_left, shown_charge, topics_for
from app.web.render import draw
from app.web.talk import Talk, talk_of
from screening import READERS, Case, CaseError, Fault, Packs, Screening, load_case, screen
from screening.questionnaire import PartName
from screening.services import NeedKind


@dataclass(frozen=True, slots=True)
class Mended:
    """A fault with the place on the page where it can be mended."""

    fault: Fault
    anchor: str | None


@dataclass(frozen=True)
class ScreenPage:
    """Everything one drawing of the page needs."""

    form: Form
    packs: Packs
    reader: str
    case: Case | None
    screening: Screening | None
    faults: tuple[Mended, ...]
    talk: Talk
    topics: tuple[Topic, ...]
    openness: Openness

    @property
    def view(self) -> View | None:
        """The findings, where the form could be read."""
        return View(self.screening, self.packs, self.form.started) if self.screening else None

    def values(self) -> dict[str, object]:
        """What the templates read."""
        results, flag = changes_left(self.topics, self.openness)
        return {
            "here": "screen",
            "form": self.form,
            "reader": self.reader,
            "readers": READERS,
            "demos": demos(),
            "faults": self.faults,
            "view": self.view,
            "talk": self.talk,
            "topics": self.topics,
            "carried": (*carried(self.form, self.topics), *self._needs_unseen()),
            "withheld_here": self._unseen(),
            "act": shown_charge(self.form),
            "left": (results, flag),
            "gate": self.packs.questionnaire.gate,
            "needs": self._needs(),
            "packed": [
                (code, pack.law.name)
                for code, pack in sorted(self.packs.law.items(), key=lambda row: row[1].law.name)
            ],
            "unpacked": [(code, name) for code, name in NAMES.items() if code not in self.packs.law],
            "states": [
                *NAMES.items(),
                *((code, name) for code, name in self.packs.directory.states.items() if code not in NAMES),
            ],
            "blank": False,
        }

    def _needs(self) -> list[NeedKind]:
        """The needs this reader may tick, those stated first in their own order, as the person gave it."""
        stated = self.form.many("need")
        seen = [kind for kind in self.packs.needs.kinds if self.reader != PROSECUTOR or not kind.health]
        return sorted(seen, key=lambda kind: stated.index(kind.code) if kind.code in stated else len(stated))

    def _needs_unseen(self) -> Iterator[tuple[str, str]]:
        seen = {kind.code.value for kind in self._needs()}
        yield from (("need", code) for code in self.form.many("need") if code not in seen)

    def _unseen(self) -> int:
        """How many answers the case holds that this view does not show."""
        own = {
            item.id
            for name in (PartName.PART2, PartName.ADVOCATE)
            for item in self.packs.questionnaire.part(name).items
        }
        shown = {
            one.item.id
            for topic in self.topics
            for group in topic.groups
            for one in (*group.front, *group.back)
        }
        return sum(item in own and item not in shown for item, _, _ in self.form.entries)


def screen_page(form: Form, packs: Packs, today: date, *, faults: tuple[Fault, ...] = ()) -> ScreenPage:
    """The page for a form. A form that cannot be read shows every fault and keeps all that was entered."""
    reader = next((one for one in (form.one("reader"), form.one("reader_now")) if one in READERS), PROSECUTOR)
    case, found = _read(form, packs, today)
    screening = screen(case, packs, reader=reader) if case and not faults else None
    talk = talk_of(form, case, packs)
    openness = Openness(form, packs, screening)
    topics = topics_for(form, packs, reader, openness, talk_open=talk.shown)
    return ScreenPage(
        form, packs, reader, case, screening, tuple(_mended(form, (*faults, *found))), talk, topics, openness
    )


def _read(form: Form, packs: Packs, today: date) -> tuple[Case | None, tuple[Fault, ...]]:
    if len(form.started) > MOST_CHARGES:
        message = f"{len(form.started)} charges are more than a page can show"
        return None, (
            Fault("charges", message, f"at most {MOST_CHARGES}; the command line and the API take more"),
        )
    try:
        return load_case(case_mapping(form, packs), today=today, packs=packs), ()
    except CaseError as error:
        return None, error.faults


def _mended(form: Form, faults: tuple[Fault, ...]) -> Iterator[Mended]:
    places = sorted(places_of(form), key=lambda row: -len(row[0]))
    for fault in faults:
        yield Mended(fault, next((anchor for start, anchor in places if fault.path.startswith(start)), None))


def live_parts(page: ScreenPage) -> Mapping[str, object]:
    """The parts that change while someone answers, drawn by the same templates as the page."""
    values = page.values()
    questions = [
        one for topic in page.topics for group in topic.groups for one in (*group.front, *group.back)
    ]
    parts = {
        "findings": "findings/all.html",
        "bar": "findings/bar.html",
        "topics": "form/topics.html",
        "faults": "form/faults.html",
    }
    if page.form.one("want"):
        parts["by-charge"] = "form/by_charge.html"
    return {
        "parts": {name: draw(template, values) for name, template in parts.items()},
        "states": {one.anchor: {"state": one.state, "most": one.settles_most} for one in questions},
        "changed": {}
        if page.view is None
        else {
            f"charge-result-{one.number}": f"{one.title}. {one.result.sentence}" for one in page.view.charges
        },
    }
