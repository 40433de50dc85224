"""Words that pages need beside those of a report: steps of the bounds scale, counts, stages, sides of the record."""

from dataclasses import dataclass

from screening.explanation.terms import AS_CERTAIN, RESULTS, listed, sentence
from screening.questionnaire.gate import Gate
from screening.rules.finding import ChargeResult
from screening.rules.results import BY_RANK, RANK, Result

SCALE = (Result.NONE_FOUND, *(BY_RANK[rank] for rank in sorted(BY_RANK)))
"""The eight steps of the bounds scale, least protective first."""

CELLS = {
    "certain": "certain now",
    "possible": "still possible",
    "unread": "not read whole",
    "out": "not open",
}
CELL_MARKS = {"certain": "\u25a0", "possible": "\u25a8", "unread": "\u2026", "out": "\u25a1"}

STAGES = {
    "stop": "Stop",
    "arrest": "Arrest",
    "custody_intake": "Custody intake",
    "investigation": "Investigation",
    "charging": "Charging decision",
    "plea": "Plea",
    "trial": "Trial",
    "sentencing": "Sentencing",
    "post_conviction": "After conviction",
}
STATUSES = {
    "considered": "being considered",
    "arrested": "arrested for it",
    "charged": "accused in court",
    "adjudicated": "found delinquent",
    "convicted": "convicted",
}
ANSWERS = {
    "yes": "Yes",
    "no": "No",
    "not_known": "Not known",
    "not_asked": "Not asked",
    "declined": "Did not want to answer",
    "not_applicable": "Does not arise",
}
OTHER_ANSWERS = ("not_asked", "declined", "not_applicable")
"""Answers that stand a step back from yes, no and not known."""

KNOWERS = {
    "officer": "the officer",
    "records": "records",
    "device": "a phone or other device",
    "prosecutor": "the prosecutor's file",
    "court": "the court's file",
    "child_welfare": "child welfare",
    "health": "a health record",
    "advocate": "an advocate",
    "defense": "the defense",
    "person": "the young person, through counsel or an advocate",
}
ASKERS = {
    "officer": "an officer",
    "prosecutor": "someone from the prosecutor's office",
    "system_advocate": "an advocate who works for police or court",
    "community_advocate": "a community advocate",
    "forensic_interviewer": "a forensic interviewer",
}
GIVEN = {
    "person.born": "The date of birth, best from a birth record",
    "date": "The day of the act",
}
POINTS = {
    "person.born": "date of birth",
    "date": "day of the act",
    "section": "section",
    "class": "class of the offense",
    "grade": "grade",
    "mode": "how the person took part",
    "status": "status of the charge",
    "stage": "stage",
    "as_of": "day of screening",
}
ASSUMED = {
    "victim_status": "the person is a victim as each law defines it",
    "nexus": "the act is tied to that as each law asks",
    "conditions": "the further conditions of each law are met",
}
MARKS_OF_HELP = {
    "non_punitive": "non-punitive",
    "reduced": "less harm, the case goes on",
    "punitive": "punitive",
}
TRIED = "Nothing that is entered here is kept: the page answers and forgets."
WAITING = "How many questions still matter is shown again once the points are mended."
SIDES = {
    "toward": "Points toward protection",
    "other_way": "Points the other way",
    "open": "Recorded, and pointing neither way",
}
FINDING_MARKS = {
    Result.CANNOT_TELL: "unknown",
    Result.DOES_NOT_APPLY: "no",
    Result.WAS_AVAILABLE: "no",
    Result.LAW_NOT_ESTABLISHED: "unknown",
    Result.NONE_FOUND: "no",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of the scale for one charge: its name and whether it is certain, possible, unread or out."""

    name: str
    state: str

    @property
    def words(self) -> str:
        """The state in words, for readers that see no pattern."""
        return CELLS[self.state]


def scale_cells(charge: ChargeResult) -> tuple[Cell, ...]:
    """The eight steps for one charge. *None found* is certain only where the whole class was searched; steps above the
    best that is possible are *not read whole* where the law of the class is not complete."""
    low, high = RANK[charge.at_least], RANK[charge.at_most]
    searched = charge.at_least is charge.at_most is Result.NONE_FOUND
    nobody_read = charge.at_most is Result.LAW_NOT_ESTABLISHED

    def state(rank: int) -> str:
        if rank == low and (rank or searched):
            return "certain"
        if rank > high or (rank == 0 and nobody_read):
            return "out" if charge.law_complete else "unread"
        return "possible" if rank > low or rank == high or (rank == 0 and low == 0) else "out"

    return tuple(Cell(RESULTS[step.value], state(rank)) for rank, step in enumerate(SCALE))


def scale_sentences(charge: ChargeResult) -> tuple[tuple[str, str], ...]:
    """The scale in words: what is certain, what is still possible, and where nobody has read on; each with the state of
    the cells it speaks of (`nothing` where no cell is certain)."""
    low, high = RANK[charge.at_least], RANK[charge.at_most]
    if charge.at_most is Result.LAW_NOT_ESTABLISHED:
        return (("unread", "Nothing is certain, because this law was not read."),)
    searched = charge.at_least is charge.at_most is Result.NONE_FOUND
    certain = AS_CERTAIN[charge.at_least.value] if low or searched else "nothing"
    lines = [("certain" if low or searched else "nothing", sentence(f"Certain now: {certain}"))]
    if high > low:
        lines.append(("possible", sentence(f"Still possible: up to {AS_CERTAIN[charge.at_most.value]}")))
    if high < RANK[Result.BARRED] and not charge.law_complete:
        lines.append(("unread", "Beyond that, the law was not read whole."))
    return tuple(lines)


def short_result(charge: ChargeResult) -> str:
    """A charge in a few words, for a bar at the foot of a small screen: "At least a defense, at most a bar"."""
    low, high = RANK[charge.at_least], RANK[charge.at_most]
    if charge.at_least is charge.at_most or charge.result is not Result.CANNOT_TELL:
        return RESULTS[charge.result.value]
    top = f"at most {AS_CERTAIN[charge.at_most.value]}"
    if not low:
        return f"Nothing certain yet, {top}"
    return f"At least {AS_CERTAIN[charge.at_least.value]}" + (f", {top}" if high > low else "")


def still_open(results: int, flag: int) -> str:
    """How many questions can still change anything."""
    if not results and not flag:
        return "No further answer can change these results. What is open may stay open."
    parts = [f"{results} {_questions(results)} can still change a result"] if results else []
    more = "more " if results else ""
    parts += (
        [f"{flag} {more}{_questions(flag)} can change only the first line about trafficking"] if flag else []
    )
    return sentence(listed(parts)) + " The rest may stay open."


def _questions(number: int) -> str:
    return "question" if number == 1 else "questions"


def gate_sentences(gate: Gate) -> tuple[str, ...]:
    """Why the questions to the young person are open or closed, and what the law of the place still asks for."""
    lines = [gate.why]
    if gate.missing:
        cited = f" ({listed(list(gate.citations))})" if gate.citations else ""
        lines.append(sentence(f"The law here also asks that {listed(list(gate.missing))}{cited}"))
    elif gate.open and gate.citations:
        lines.append(sentence(f"It rests on {listed(list(gate.citations))}"))
    return tuple(lines)


def known_by(who: tuple[str, ...]) -> str:
    """Who could know a fact, the young person last."""
    words = [KNOWERS[one] for one in sorted(who, key=lambda one: one == "person") if one in KNOWERS]
    return sentence(f"Could know: {listed(words, 'or')}") if words else ""
