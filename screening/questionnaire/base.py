"""What every model of a questionnaire pack shares: frozen, closed to unknown keys, conditions read as trees."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from screening.conditions import Condition, ConditionReader

Words = Annotated[str, Field(min_length=1)]


class Model(BaseModel):
    """Frozen, and refuses unknown keys: a misspelt key in a pack is a fault, never silence."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", str_strip_whitespace=True)


def _read_condition(value: object) -> object:
    if not isinstance(value, str | list | Mapping):
        return value
    reader = ConditionReader()
    node = reader.read(value, "")
    if reader.faults:
        raise ValueError("; ".join(str(fault) for fault in reader.faults))
    return node


Test = Annotated[Condition, BeforeValidator(_read_condition)]
"""A condition over facts as packs write it; see `screening.conditions`."""
