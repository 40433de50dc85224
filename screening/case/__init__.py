"""The case file `case.v1`: one shape for the command line, the API, scenario tests and training vignettes."""

from screening.case.model import (
    ASSUMABLE,
    RESERVED_IDS,
    STATUS_OF_STAGE,
    Case,
    Charge,
    Clash,
    Cleared,
    ItemShape,
    Person,
    Place,
    Response,
    Value,
    Vocabulary,
)
from screening.case.parsing import parse_case
from screening.case.schema import case_schema
from screening.case.words import Answer, ItemKind, Mode, OffenseClass, Source, Stage, Status

__all__ = [
    "ASSUMABLE",
    "RESERVED_IDS",
    "STATUS_OF_STAGE",
    "Answer",
    "Case",
    "Charge",
    "Clash",
    "Cleared",
    "ItemKind",
    "ItemShape",
    "Mode",
    "OffenseClass",
    "Person",
    "Place",
    "Response",
    "Source",
    "Stage",
    "Status",
    "Value",
    "Vocabulary",
    "case_schema",
    "parse_case",
]
