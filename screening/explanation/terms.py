"""Fixed words for results, mechanisms, steps, stages and sources, each with its meaning in plain language."""

RESULTS = {
    "barred": "Barred",
    "presumptively_barred": "Presumptively barred",
    "diversion_required": "Diversion required",
    "diversion_open": "Diversion open",
    "defense_available": "Defense available",
    "mitigation": "Mitigation",
    "relief_after_conviction": "Relief after conviction",
    "none_found": "None found",
    "law_not_established": "Law not established",
    "cannot_tell": "Cannot tell yet",
    "does_not_apply": "Does not apply",
    "was_available": "Was available before judgment",
}

MEANINGS = {
    "barred": "the law closes this case at the steps named",
    "presumptively_barred": "the law closes this case unless a presumed fact is disproved",
    "diversion_required": "the law sends the case out of court to services",
    "diversion_open": "someone named in the law may send the case out of court",
    "defense_available": "the law gives an answer to the accusation, to be raised and shown as it says",
    "mitigation": "the law asks for a lesser outcome",
    "relief_after_conviction": "the record can be cleared or sealed",
    "none_found": "the text was searched and no provision was found",
    "law_not_established": "nobody has read enough of this law to say",
    "cannot_tell": "it depends on facts or law that are still open",
    "does_not_apply": "at least one element is ruled out",
    "was_available": "open before judgment, no longer now",
}

AS_CERTAIN = {
    "barred": "a bar",
    "presumptively_barred": "a presumptive bar",
    "diversion_required": "a required diversion",
    "diversion_open": "a diversion that may be granted",
    "defense_available": "a defense",
    "mitigation": "mitigation",
    "relief_after_conviction": "relief after conviction",
    "none_found": "no protection in the text as searched",
    "law_not_established": "nothing certain, as the law was not established",
}

STEPS = {
    "arrest": "arrested",
    "detention": "detained",
    "charge": "accused formally",
    "prosecution": "prosecuted",
    "adjudication": "adjudicated delinquent",
    "conviction": "convicted",
    "sentence": "sentenced",
}

MECHANISMS = {
    "exclusion": "exclusion (the law says that this person cannot commit it)",
    "immunity": "immunity (the law closes one or more steps of a case)",
    "mandatory_diversion": "required diversion (the law sends the case out of court)",
    "discretionary_diversion": "diversion that may be granted",
    "affirmative_defense": "defense (an answer to the accusation)",
    "mitigation": "mitigation (a lesser outcome)",
    "vacatur": "clearing of the record",
    "presumption": "presumption (taken as so until disproved)",
}

TRUTHS = {"yes": "yes", "no": "no", "unknown": "not known", "presumed": "presumed"}
MARKS = {"yes": "\u25cf", "no": "\u25cb", "unknown": "\u25d0", "presumed": "\u25d5"}

MODES = {
    "principal": "did the act",
    "accomplice": "helped in the act",
    "conspiracy": "agreed to the act",
    "attempt": "attempted the act",
    "solicitation": "asked another to do the act",
}

CLASSES = {
    "prostitution": "prostitution",
    "prostitution_buying": "buying sex",
    "cse": "commercial sexual exploitation",
    "sex_trafficking": "sex trafficking",
    "labor_trafficking": "labor trafficking",
    "other": "other",
    "status": "status offense",
    "misdemeanor": "misdemeanor",
    "nonviolent_felony": "non-violent felony",
    "violent_felony": "violent felony",
}

SOURCES = {
    "observed": "seen by the officer",
    "record": "a record",
    "device": "a phone or other device",
    "third_party": "another person",
    "own_statement": "the person's own words",
    None: "source not given",
}

CONFIDENCE = {
    "primary": "the text was seen",
    "secondary": "described by another source; the text itself was not seen",
    "recall": "not confirmed",
}

FLAGS = {
    "indicators_present": "Indicators of trafficking are present",
    "possible": "Trafficking is possible",
    "not_enough_recorded": "Not enough is recorded to say",
    "none_recorded": "No indicator is recorded so far",
}

FLAG_MEANINGS = {
    "indicators_present": "Treat the person as someone who may have been harmed: protection and review come first.",
    "possible": "Something recorded points that way. Protection and review come first.",
    "not_enough_recorded": "Too few questions have an answer. This says nothing about the person.",
    "none_recorded": "This describes what was written down. It does not describe what happened to the person.",
}

WHO = {
    "law_enforcement": "Law enforcement",
    "prosecutor": "Prosecutor",
    "court": "Court",
    "child_welfare": "Child welfare agency",
    "any": "Whoever it reaches",
}

GOALS = {
    "2.5": "prostitution",
    "2.6": "status offenses, misdemeanors and non-violent felonies",
    "2.7": "trafficking and sexual exploitation offenses",
    "2.8": "violent felonies",
    "2.10": "clearing of records",
}

SAID_FIRST = ("does_not_reach_age", "may_not_reach_age")
"""Points that stand above the sentence of a charge."""

RESTS_ON_ACCUSATION = (
    "This rests on the accusation itself: a person under 18 in a commercial sex act is a victim by federal definition "
    "(22 U.S.C. 7102)."
)
LOOK_FIRST = (
    "The file speaks of recruiting or errands for others, and nobody has looked into whether the person was sold too. "
    "Look into that before anything is decided."
)
WITHHELD_ONE = "1 of the person's own answers is withheld here until it is cleared."
WITHHELD_MORE = "of the person's own answers are withheld here until they are cleared."
NOT_RESOLVED = "Not resolved further: too many cases. The bounds hold, but they may be wider than need be."
NOT_ADVICE = "This is decision support for lawyers, officers and advocates. It is not legal advice and decides nothing."


def listed(words: list[str], last: str = "and") -> str:
    """Words joined as in a sentence: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
