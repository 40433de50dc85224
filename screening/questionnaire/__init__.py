"""The questionnaire: items and facts as data, responses into facts, and the gate before questions put to a person."""

from screening.questionnaire.gate import AskedBy, Circumstances, Gate, gate, notice
from screening.questionnaire.load import load_questionnaire
from screening.questionnaire.model import Fact, Item, Part, Questionnaire, Section
from screening.questionnaire.responses import Clash, Evidence, FactBase, facts_from
from screening.questionnaire.roles import RolePrompt, role_prompt
from screening.questionnaire.words import PartName, Reader

__all__ = [
    "AskedBy",
    "Circumstances",
    "Clash",
    "Evidence",
    "Fact",
    "FactBase",
    "Gate",
    "Item",
    "Part",
    "PartName",
    "Questionnaire",
    "Reader",
    "RolePrompt",
    "Section",
    "facts_from",
    "gate",
    "load_questionnaire",
    "notice",
    "role_prompt",
]
