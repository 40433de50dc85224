"""The words of a result, their order from least to most protective, and which word a mechanism gives."""

from enum import StrEnum

from screening.law.words import Mechanism


class Result(StrEnum):
    """What a protection means for a charge, and each end of a charge's bounds (semantics 1, least protective first)."""

    LAW_NOT_ESTABLISHED = "law_not_established"
    NONE_FOUND = "none_found"
    RELIEF_AFTER_CONVICTION = "relief_after_conviction"
    MITIGATION = "mitigation"
    DEFENSE_AVAILABLE = "defense_available"
    DIVERSION_OPEN = "diversion_open"
    DIVERSION_REQUIRED = "diversion_required"
    PRESUMPTIVELY_BARRED = "presumptively_barred"
    BARRED = "barred"
    CANNOT_TELL = "cannot_tell"
    DOES_NOT_APPLY = "does_not_apply"
    WAS_AVAILABLE = "was_available"


RANK: dict[Result, int] = {
    Result.LAW_NOT_ESTABLISHED: 0,
    Result.NONE_FOUND: 0,
    Result.RELIEF_AFTER_CONVICTION: 1,
    Result.MITIGATION: 2,
    Result.DEFENSE_AVAILABLE: 3,
    Result.DIVERSION_OPEN: 4,
    Result.DIVERSION_REQUIRED: 5,
    Result.PRESUMPTIVELY_BARRED: 6,
    Result.BARRED: 7,
}
BY_RANK: dict[int, Result] = {rank: result for result, rank in RANK.items() if rank}

GIVES: dict[Mechanism, Result] = {
    Mechanism.EXCLUSION: Result.BARRED,
    Mechanism.IMMUNITY: Result.BARRED,
    Mechanism.MANDATORY_DIVERSION: Result.DIVERSION_REQUIRED,
    Mechanism.DISCRETIONARY_DIVERSION: Result.DIVERSION_OPEN,
    Mechanism.AFFIRMATIVE_DEFENSE: Result.DEFENSE_AVAILABLE,
    Mechanism.MITIGATION: Result.MITIGATION,
    Mechanism.VACATUR: Result.RELIEF_AFTER_CONVICTION,
}


class Role(StrEnum):
    """Where a protection stands for a charge at its stage: inside the bounds, or in one of the lists beside them."""

    BOUNDS = "bounds"
    ROUTE = "route"
    LATER_RELIEF = "later_relief"
    WAS_AVAILABLE = "was_available"
    PRESUMPTION = "presumption"
    HIDDEN = "hidden"
    OUT = "out"
