"""Everything that a screening is made with: law, questionnaire and services, loaded together and checked as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from screening.case import Vocabulary
from screening.errors import Fault, PackError
from screening.law.alternatives import SHIPPED as SHIPPED_ALTERNATIVES
from screening.law.alternatives import Alternative, load_alternatives
from screening.law.load import load_law
from screening.law.model import Block
from screening.questionnaire.load import load_questionnaire
from screening.questionnaire.model import Questionnaire
from screening.rules.prepared import PreparedPack, prepare
from screening.services import Directory, NeedVocabulary, load_directory, load_needs

_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM "
    "NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
JURISDICTIONS = frozenset({"US", "GB-EAW", *(f"US-{state}" for state in _STATES.split(" "))})
"""Jurisdictions that a case may name (ISO 3166-2); one without a pack is *law not established*, never an error."""


@dataclass(frozen=True)
class Packs:
    """All packs, ready to screen with."""

    law: Mapping[str, PreparedPack]
    blocks: tuple[Block, ...]
    questionnaire: Questionnaire
    directory: Directory
    needs: NeedVocabulary
    alternatives: tuple[Alternative, ...]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that a case file may use with these packs."""
        return Vocabulary(
            items=self.questionnaire.vocabulary_items(),
            jurisdictions=JURISDICTIONS | frozenset(self.law),
            states=frozenset(self.directory.states),
            needs=frozenset(kind.code.value for kind in self.needs.kinds),
        )


def load_packs(folder: Path | str | None = None) -> Packs:
    """The packs shipped with the package, or an office's own.

    `folder` may hold `law/`, `questionnaire/` and `services/`; what it leaves out is taken as shipped. Raises PackError
    with every fault: file, line, path, what was expected and the nearest right word.
    """
    if folder is None:
        return _shipped()
    root = Path(folder)
    if not root.is_dir():
        raise PackError(
            [
                Fault(
                    "",
                    "there is no such folder of packs",
                    "a folder with law/, questionnaire/ or services/",
                    file=str(root),
                )
            ]
        )
    if not any((root / name).is_dir() for name in ("law", "questionnaire", "services")):
        raise PackError(
            [
                Fault(
                    "",
                    "this folder holds no packs",
                    "a folder with law/, questionnaire/ or services/",
                    file=str(root),
                )
            ]
        )
    return _load(root)


@cache
def _shipped() -> Packs:
    return _load(None)


def _load(root: Path | None) -> Packs:
    loaded, blocks = load_law(_own(root, "law"))
    law: dict[str, PreparedPack] = {}
    faults: list[Fault] = []
    for name, one in sorted(loaded.items()):
        try:
            law[name] = prepare(one)
        except (ValueError, KeyError) as error:
            faults.append(Fault("", str(error), file=one.file))
    if faults:
        raise PackError(faults)
    services = _own(root, "services")
    own_alternatives = (root / "law" / "alternatives.yaml") if root else SHIPPED_ALTERNATIVES
    return Packs(
        law=law,
        blocks=blocks,
        questionnaire=load_questionnaire(_own(root, "questionnaire")),
        directory=load_directory(
            file for file in sorted(services.glob("*.yaml")) if file.name != "needs.yaml"
        )
        if services
        else load_directory(),
        needs=load_needs(services / "needs.yaml")
        if services and (services / "needs.yaml").is_file()
        else load_needs(),
        alternatives=load_alternatives(
            own_alternatives if own_alternatives.is_file() else SHIPPED_ALTERNATIVES
        ),
    )


def _own(root: Path | None, name: str) -> Path | None:
    return root / name if root and (root / name).is_dir() else None
