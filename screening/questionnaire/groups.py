"""The schema of indicators.yaml: grouped observations, and the written reason behind every threshold."""

from typing import Literal, Self

from pydantic import Field, model_validator

from screening.conditions import Condition
from screening.questionnaire.base import Model, Test, Words


class IndicatorRow(Model):
    """One observation; it is present where its condition over facts is yes."""

    id: Words
    label: Words
    when: Test


class Group(Model):
    """Observations of one kind. Present when one of them is; strong always, under a condition, or never."""

    id: Words
    label: Words
    strong: bool = False
    strong_when: Test | None = None
    why: Words
    indicators: tuple[IndicatorRow, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_way_of_being_strong(self) -> Self:
        if self.strong and self.strong_when is not None:
            raise ValueError("a group is strong always or under a condition, not both")
        return self

    def tests(self) -> tuple[Condition, ...]:
        """The conditions of the indicators, then the one that makes the group strong, if any."""
        strong = () if self.strong_when is None else (self.strong_when,)
        return (*(row.when for row in self.indicators), *strong)


class CountReason(Model):
    """How many groups are needed where none is strong, and why."""

    count: int = Field(ge=2)
    why: Words


class ShareReason(Model):
    """The least share of the Part 1 items behind the flag that must be known before *none recorded* is said."""

    percent: int = Field(ge=1, le=100)
    why: Words


class Accusation(Model):
    """The observation that a charge itself makes about someone who may be under 18."""

    label: Words
    why: Words


class FlagRules(Model):
    """The file indicators.yaml."""

    indicators: Literal["v1"]
    version: Words
    two_groups: CountReason
    minimum_share: ShareReason
    accusation: Accusation
    groups: tuple[Group, ...] = Field(min_length=1)

    def tests(self) -> tuple[Condition, ...]:
        """The conditions of all groups in order: a group's indicators, then its test of strength where it has one."""
        return tuple(test for group in self.groups for test in group.tests())
