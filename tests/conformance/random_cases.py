"""Cases drawn from a seed over everything that the shipped packs know: sections in many spellings, gaps, clashes, ranges."""

from datetime import date, timedelta

from screening.case import Mode, OffenseClass, Source, Stage, Status

AS_OF = date(2026, 11, 24)
UNKNOWNS = ("not_known", "not_asked", "declined", "not_applicable")
SOURCES = [source.value for source in Source]


def case(rng, packs):
    """One case file that no executor refuses."""
    as_of = AS_OF - timedelta(days=rng.choice((0, 0, 0, 30, 400, 2000)))
    born = _birth(rng, as_of)
    charges = [
        _charge(rng, packs, f"c{i + 1}", as_of, born) for i in range(rng.choice((0, 1, 1, 1, 1, 2, 2, 3)))
    ]
    shape = {
        "case": "v1",
        "as_of": as_of.isoformat(),
        "stage": rng.choice([stage.value for stage in Stage]),
        "person": _person(rng, as_of, born),
        "charges": charges,
        "responses": _responses(rng, packs, charges, as_of),
        "noticed": _noticed(rng, as_of),
        "needs": rng.sample([kind.code.value for kind in packs.needs.kinds], rng.choice((0, 0, 1, 3))),
        "place": _place(rng, packs),
        "assume": {
            kind: rng.choice(("yes", "no"))
            for kind in ("victim_status", "nexus", "conditions")
            if rng.random() < 0.15
        },
    }
    return {
        key: value for key, value in shape.items() if value and not (key == "stage" and rng.random() < 0.2)
    }


def _birth(rng, as_of):
    """The first and last day of birth that are possible, or None: nothing is known."""
    if rng.random() < 0.15:
        return None
    first = as_of - timedelta(days=rng.randint(11 * 365, 24 * 365))
    if rng.random() < 0.1:
        first = date(rng.choice((2004, 2008, 2012)), 2, 29)
    return first, first + timedelta(days=rng.choice((0, 0, 0, 200, 1500)))


def _person(rng, as_of, born):
    if born is None:
        return {}
    if rng.random() < 0.2:
        age = as_of.year - born[0].year - 1
        return {
            "age_on": {
                "date": as_of.isoformat(),
                "from": max(age - rng.randint(0, 2), 0),
                "to": age + rng.randint(0, 2),
            }
        }
    return {"born": _days(rng, *born)}


def _days(rng, first, last):
    if first == last and rng.random() < 0.8:
        return first.isoformat()
    ends = {"from": first.isoformat(), "to": last.isoformat()}
    if rng.random() < 0.1:
        del ends[rng.choice(("from", "to"))]
    return ends


def _charge(rng, packs, name, as_of, born):
    jurisdiction = rng.choice([*packs.law, *packs.law, "US-KS"])
    shape = {"id": name, "jurisdiction": jurisdiction}
    if jurisdiction in packs.law and rng.random() < 0.8:
        shape["section"], entry = _section(rng, packs.law[jurisdiction])
        if entry.grades and rng.random() < 0.3:
            shape["grade"] = _spelled(rng, rng.choice(entry.grades).grade)
    if "section" not in shape or rng.random() < 0.2:
        shape["class"] = rng.choice([one.value for one in OffenseClass])
    if rng.random() < 0.85:
        shape["date"] = _offense_date(rng, as_of, born)
    if rng.random() < 0.5:
        shape["mode"] = rng.choice([mode.value for mode in Mode])
    if rng.random() < 0.6:
        shape["status"] = rng.choice([status.value for status in Status])
    return shape


def _section(rng, pack):
    entry = rng.choice(pack.index.catalog.offenses)
    text = entry.section
    if entry.former and rng.random() < 0.5:
        text = rng.choice(entry.former).section
    if rng.random() < 0.15:
        text = rng.choice(
            [one.section.number for rule in pack.protections for one in rule.tests.listed if one.section]
            or [text]
        )
    return rng.choice(
        (text, text, text, _spelled(rng, text), f"{text}({rng.choice('abc12')})", f"9{text}")
    ), entry


def _spelled(rng, text):
    return rng.choice(
        (
            text.upper(),
            text.replace("§", "section"),
            f"§ {text}",
            text.replace("-", " "),
            text.replace("-", "\u2013"),
            text.split("(", 1)[0] or text,
            f"s.{text}",
        )
    )


def _offense_date(rng, as_of, born):
    earliest = max(born[1] if born else date(2005, 1, 1), date(2005, 1, 1))
    last = as_of - timedelta(days=rng.choice((0, 1, 90, 600, 2500)))
    last = max(last, min(earliest, as_of))
    first = max(last - timedelta(days=rng.choice((0, 0, 0, 30, 900))), min(earliest, last))
    return _days(rng, first, last)


def _responses(rng, packs, charges, as_of):
    items = list(packs.questionnaire.items.values())
    chosen = rng.sample(items, rng.choice((0, 3, 10, 25, 60)))
    answers = {}
    for item in chosen:
        if not item.per_charge:
            answers[item.id] = _answer(rng, item, as_of)
        elif charges:
            about = rng.sample(charges, rng.randint(1, len(charges)))
            answers[item.id] = {charge["id"]: _answer(rng, item, as_of) for charge in about}
    return answers


def _answer(rng, item, as_of):
    if rng.random() < 0.12:
        return [_with_source(rng, item, as_of) for _ in range(rng.randint(1, 3))]
    return _with_source(rng, item, as_of) if rng.random() < 0.6 else _value(rng, item, as_of)


def _with_source(rng, item, as_of):
    shape = {"value": _value(rng, item, as_of), "source": rng.choice(SOURCES)}
    if rng.random() < 0.2:
        shape["cleared"] = {"by": "counsel", "dated": as_of.isoformat()}
    if rng.random() < 0.2:
        shape |= {"dated": as_of.isoformat(), "note": "p. 3, \u201cas told\u201d"}
    return shape


def _value(rng, item, as_of):
    if rng.random() < 0.12:
        return rng.choice(UNKNOWNS)
    match item.kind.value:
        case "bool":
            return rng.choice(("yes", "yes", "yes", "no", "no", True))
        case "number":
            low = rng.randint(0, 30)
            return rng.choice((low, {"from": low, "to": low + 5}, {"from": low}, {"to": low}))
        case "date":
            return _days(rng, as_of - timedelta(days=rng.randint(0, 900)), as_of)
        case "code":
            return rng.choice(sorted(item.codes))
    return rng.sample(sorted(item.codes), rng.randint(1, len(item.codes)))


def _noticed(rng, as_of):
    time = rng.choice(("", "", "T22:10", "T00:05:59", "T23:59Z", "T08:30-05:00"))
    return f"{as_of.isoformat()}{time}" if rng.random() < 0.5 else None


def _place(rng, packs):
    if rng.random() < 0.4:
        return None
    states = sorted({*packs.law, *packs.directory.states, "US-KS"})
    place = {"state": rng.choice(states)} if rng.random() < 0.9 else {}
    if rng.random() < 0.6:
        place["county"] = rng.choice(("Alder", "alder county", "Davidson", "Polk"))
    return place
