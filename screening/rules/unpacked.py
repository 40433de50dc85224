"""A charge in a jurisdiction whose law is not packed yet: everything about it stays not established."""

from screening.case import Charge
from screening.rules.finding import ChargeResult
from screening.rules.results import Result


def unpacked_charge(charge: Charge) -> ChargeResult:
    """The result `law_not_established` with a given class kept as given; never read as *no protection*."""
    given = (charge.offense_class.value,) if charge.offense_class else ()
    return ChargeResult(
        id=charge.id,
        jurisdiction=charge.jurisdiction,
        section=charge.section,
        status=charge.status.value,
        mode=charge.mode.value,
        offense_class=given,
        class_known=bool(given),
        result=Result.LAW_NOT_ESTABLISHED,
        at_least=Result.LAW_NOT_ESTABLISHED,
        at_most=Result.LAW_NOT_ESTABLISHED,
        at_least_confidence=None,
        at_most_confidence=None,
        law_complete=False,
        resolved=True,
        findings=(),
        said=({"point": "not_packed", "jurisdiction": charge.jurisdiction},),
    )
