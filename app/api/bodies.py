"""Reads a small JSON or YAML body into a model; every fault is named with its path."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from app.api.cases import read_given_map
from app.deps import CaseText
from app.errors import UnprocessableError
from screening.errors import Fault


class Body(BaseModel):
    """A body of the record: what is not in it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Given = TypeVar("Given", bound=Body)


def read_body(given: CaseText, shape: type[Given]) -> Given:
    """The body as a model. UnprocessableError names every fault, and never quotes what was sent."""
    try:
        return shape.model_validate(dict(read_given_map(given, "")))
    except ValidationError as error:
        faults = [
            Fault(".".join(map(str, one["loc"])), one["msg"])
            for one in error.errors(include_input=False, include_url=False)
        ]
        raise UnprocessableError("The body is refused.", faults=faults) from None
