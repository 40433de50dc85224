"""Responses other than arrest or prosecution, by stage, each marked for what it costs the person."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from screening.case import Stage
from screening.errors import Fault, PackError
from screening.law.load import read_model
from screening.law.model import Model, Words
from screening.reading import read_yaml

SHIPPED = Path(__file__).parent / "alternatives.yaml"


class Mark(StrEnum):
    """Whether anything punitive hangs on a response."""

    NON_PUNITIVE = "non_punitive"
    REDUCED = "reduced"
    PUNITIVE = "punitive"


class Alternative(Model):
    """One response, the stages at which it is open, and its mark."""

    id: Words
    says: Words
    mark: Mark
    minor_only: bool = False
    stages: tuple[Stage, ...] = Field(min_length=1)

    def to_dict(self) -> dict[str, object]:
        """As in `alternatives[]`."""
        return {"id": self.id, "says": self.says, "mark": self.mark.value}


class Alternatives(Model):
    """The file as a whole."""

    rows: tuple[Alternative, ...] = Field(min_length=1)


def load_alternatives(file: Path = SHIPPED) -> tuple[Alternative, ...]:
    """The responses, in the order of the file. Raises PackError with every fault."""
    document = read_yaml(file.read_bytes(), file=str(file))
    faults: list[Fault] = []
    found = read_model(Alternatives, document, {}, faults)
    if found is None:
        raise PackError(faults)
    return found.rows


def open_alternatives(
    rows: tuple[Alternative, ...], stage: Stage, *, maybe_minor: bool
) -> tuple[Alternative, ...]:
    """Those open at a stage, non-punitive ones first; what is for young people only is left out for a known adult."""
    order = {Mark.NON_PUNITIVE: 0, Mark.REDUCED: 1, Mark.PUNITIVE: 2}
    fitting = [one for one in rows if stage in one.stages and (maybe_minor or not one.minor_only)]
    return tuple(sorted(fitting, key=lambda one: order[one.mark]))
