"""Everything that a screening is made with: law, questionnaire and services, loaded together and checked as a whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
from screening.rules.prepared import PreparedPack, hide, prepare
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
    withdrawn: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that a case file may use with these packs."""
        return Vocabulary(
            items=self.questionnaire.vocabulary_items(),
            jurisdictions=JURISDICTIONS | frozenset(self.law),
            states=frozenset(self.directory.states),
            needs=frozenset(kind.code.value for kind in self.needs.kinds),
        )


def without(packs: Packs, entries: frozenset[tuple[str, str]]) -> Packs:
    """The same packs with entries of the law withdrawn, each named by jurisdiction and id: hidden as what nobody confirmed.

    Where such an entry could reach a charge, *none found* becomes *law not established* (semantics 8). An entry that no
    pack holds changes nothing.
    """
    hidden: dict[str, set[str]] = {}
    for jurisdiction, entry in entries:
        hidden.setdefault(jurisdiction, set()).add(entry)
    changed = {name: hide(packs.law[name], ids) for name, ids in hidden.items() if name in packs.law}
    return replace(packs, law=_Overlaid(changed, packs.law), withdrawn=entries)


class _Overlaid(Mapping[str, PreparedPack]):
    """The law with some packs changed; the others are prepared no earlier than before."""

    def __init__(self, changed: Mapping[str, PreparedPack], law: Mapping[str, PreparedPack]) -> None:
        self._changed, self._law = changed, law

    def __getitem__(self, name: str) -> PreparedPack:
        return self._changed[name] if name in self._changed else self._law[name]

    def __contains__(self, name: object) -> bool:
        return name in self._law

    def __iter__(self) -> Iterator[str]:
        return iter(self._law)

    def __len__(self) -> int:
        return len(self._law)


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
