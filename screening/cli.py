"""The commands that need no service: screen, questionnaire, law and offenses."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from textwrap import wrap
from typing import Annotated, BinaryIO, TypeVar

import typer

from screening import CaseError, PackError, Packs, load_case, load_packs, screen
from screening.check import check_law
from screening.errors import Fault, nearest
from screening.executors.bundle import bundle, canonical
from screening.executors.signing import SigningError, signed
from screening.explanation.law import coverage, describe_pack, law_rows, offense_rows
from screening.explanation.law_diff import diff_text, law_diff
from screening.explanation.questions import questionnaire_dict
from screening.explanation.report import report
from screening.questionnaire.load import load_questionnaire
from screening.questionnaire.reference import reference
from screening.reading import CASE_BYTES
from screening.rules.prepared import PreparedPack

app = typer.Typer(
    help="Case-screening decision support for victim-offender intersectionality.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain text: no boxes, nothing cut off on a narrow terminal or read aloud
    pretty_exceptions_enable=False,
)
law_app = typer.Typer(help="The packed law: list, show, check, coverage.", no_args_is_help=True)
offenses_app = typer.Typer(help="The offense catalogues.", no_args_is_help=True)
app.add_typer(law_app, name="law")
app.add_typer(offenses_app, name="offenses")

REFUSED = 2
ENDINGS = (".yaml", ".yml", ".json")
OWN_PARTS = ("law", "questionnaire", "services")


class Format(StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


class PlainFormat(StrEnum):
    """How a list or a description is written."""

    TEXT = "text"
    JSON = "json"


class Reader(StrEnum):
    """For whom a result is written."""

    PROSECUTOR = "prosecutor"
    OFFICER = "officer"
    ADVOCATE = "advocate"


W = TypeVar("W", bound=StrEnum)


def _one_of(kind: type[W]) -> Callable[[str], W]:
    def read(word: str) -> W:
        try:
            return kind(word.lower())
        except ValueError:
            near = nearest(word, kind)
            hint = f"; did you mean {near}?" if near else ""
            raise typer.BadParameter(f"{word} is not one of {', '.join(kind)}{hint}") from None

    return read


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        parser=_one_of(Format),
        metavar="text|json|jsonl",
        help="How to write results; jsonl: one a line.",
    ),
]
Plain = Annotated[
    PlainFormat,
    typer.Option("--format", parser=_one_of(PlainFormat), metavar="text|json", help="How to write it."),
]
ReaderOption = Annotated[
    Reader,
    typer.Option(
        parser=_one_of(Reader), metavar="prosecutor|officer|advocate", help="The words of one reader."
    ),
]


@app.callback()
def prepare_output() -> None:
    """Case-screening decision support for victim-offender intersectionality."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without § shows a mark, never an error


@app.command("screen")
def screen_command(
    cases: Annotated[list[str], typer.Argument(help="Case files, folders of them, or - for standard input.")],
    format_: FormatOption = Format.TEXT,
    reader: ReaderOption = Reader.PROSECUTOR,
    packs: Annotated[Path | None, typer.Option(help="A folder of packs instead of those shipped.")] = None,
) -> None:
    """Screen case files. Exit 0 when all were screened, 2 when any was refused."""
    loaded = _packs(packs)
    refused = False
    for name, source in _sources(cases):
        refused |= not _screen_one(name, source, loaded, format_, reader)
    raise typer.Exit(REFUSED if refused else 0)


def _screen_one(name: str, source: bytes | Fault, packs: Packs, format_: Format, reader: Reader) -> bool:
    try:
        if isinstance(source, Fault):
            raise CaseError([source])
        result = screen(load_case(source, today=_today(), packs=packs, file=name), packs, reader=reader.value)
    except CaseError as error:
        if format_ is Format.JSONL:
            print(_json({"file": name, "errors": [fault.to_dict() for fault in error.faults]}, indent=None))
        else:
            print(f"{name}: refused\n{error}", file=sys.stderr)
        return False
    if format_ is Format.TEXT:
        print(report(result, packs, width=min(_columns() or 78, 78)))
    else:
        print(_json(result.to_dict(), indent=2 if format_ is Format.JSON else None))
    return True


def _sources(names: list[str]) -> Iterator[tuple[str, bytes | Fault]]:
    for name in names:
        if name == "-":
            yield name, _input()
        elif not name:
            yield name, Fault("", "no file is named", "a case file, a folder, or -")
        elif os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises where a folder above is closed to us
            yield from _folder(name)
        else:
            yield name, _file(name)


def _folder(name: str) -> Iterator[tuple[str, bytes | Fault]]:
    """The case files under a folder in order; what cannot be opened is refused, never passed over in silence."""
    closed: list[OSError] = []
    found = sorted(
        Path(base, file)
        for base, _, files in os.walk(name, onerror=closed.append)
        for file in files
        if file.lower().endswith(ENDINGS)
    )
    for error in closed:
        yield str(error.filename), _unreadable(error, str(error.filename))
    if not found and not closed:
        expected = "files ending in .yaml or .json"
        yield name, Fault("", "there is no case file in this folder", expected, file=name)
    yield from ((str(file), _file(str(file))) for file in found if file.is_file() or not file.exists())


def _file(name: str) -> bytes | Fault:
    try:
        with Path(name).open("rb") as stream:
            return _start(stream)
    except OSError as error:
        return _unreadable(error, name)


def _input() -> bytes | Fault:
    try:
        return _start(sys.stdin.buffer)
    except (OSError, AttributeError) as error:
        return _unreadable(error, "-")


def _start(stream: BinaryIO) -> bytes:
    """As much of a file as can be a case, and one byte more if it is longer: then it is refused as too large."""
    return stream.read(CASE_BYTES + 1)


def _unreadable(error: Exception, file: str) -> Fault:
    why = error.strerror if isinstance(error, OSError) and error.strerror else "there is nothing there"
    return Fault("", f"cannot be read: {why[0].lower()}{why[1:]}", "a case file", file=file)


def _packs(folder: Path | None = None) -> Packs:
    try:
        faults = _own_faults(folder) if folder else ()
        if faults:
            raise PackError(faults)
        return load_packs(folder)
    except PackError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(REFUSED) from None


def _own_faults(folder: Path) -> tuple[Fault, ...]:
    """What is wrong with an office's own packs, before anything is screened with them."""
    own = [name for name in OWN_PARTS if (folder / name).is_dir()]
    if folder.is_dir() and not own:
        near = str(folder.resolve().parent) if folder.resolve().name in OWN_PARTS else None
        return (
            Fault(
                "",
                "there are no packs here",
                "a folder with law/, questionnaire/ or services/",
                near,
                str(folder),
            ),
        )
    if "law" not in own:
        return ()
    asked = load_questionnaire(folder / "questionnaire") if "questionnaire" in own else None
    return check_law(folder / "law", questionnaire=asked)


def _packed(packs: Packs, jurisdiction: str) -> PreparedPack:
    """The pack of a jurisdiction, or the end of the command with the nearest one that is packed."""
    code = jurisdiction.upper()
    if code in packs.law:
        return packs.law[code]
    names = {pack.law.name: code for code, pack in packs.law.items()}
    near = nearest(jurisdiction, packs.law) or names.get(nearest(jurisdiction, names) or "")
    hint = f"; did you mean {near}?" if near else ""
    print(f"no pack for {jurisdiction}; packed are {', '.join(packs.law)}{hint}", file=sys.stderr)
    raise typer.Exit(REFUSED)


def _columns() -> int:
    """The width of the terminal, or 0 where the output goes elsewhere and COLUMNS is not set."""
    return shutil.get_terminal_size((0, 0)).columns


def _show(text: str) -> None:
    """Prints text, on a terminal without lines longer than it is wide."""
    width = max(_columns(), 30) if _columns() else 0
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        fits = not width or len(line) <= width
        parts = [line] if fits else wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)
        print("\n".join(parts))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the command line is where the day comes in; the rules take it as an argument


def _json(value: object, *, indent: int | None = 2) -> str:
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    return json.dumps(value, ensure_ascii=plain, indent=indent)


@app.command("questionnaire")
def questionnaire_command(format_: Plain = PlainFormat.TEXT) -> None:
    """Print the questionnaire: every item with why it is asked, or the same as JSON."""
    questionnaire = _packs().questionnaire
    if format_ is PlainFormat.JSON:
        print(_json(questionnaire_dict(questionnaire)))
    else:
        _show(reference(questionnaire))


@app.command("bundle")
def bundle_command(
    key: Annotated[Path, typer.Option(help="The Ed25519 private key that signs it, a PEM file.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    packs: Annotated[Path | None, typer.Option(help="A folder of packs instead of those shipped.")] = None,
    format_: Plain = PlainFormat.TEXT,
) -> None:
    """Write law, questionnaire and services as one signed file for tablets; print its digest and the key to check it with."""
    try:
        made = signed(canonical(bundle(_packs(packs))), key.read_bytes())
        out.write_bytes(made.content)
    except (OSError, SigningError) as error:
        print(f"no bundle was written: {error}", file=sys.stderr)
        raise typer.Exit(REFUSED) from None
    said = {"digest": made.digest, "public_key": made.public_key}
    print(_json(said) if format_ is PlainFormat.JSON else f"{made.digest}\npublic key {made.public_key}")


@law_app.command("list")
def law_list(format_: Plain = PlainFormat.TEXT) -> None:
    """List the packed jurisdictions and their protections."""
    rows = law_rows(_packs())
    if format_ is PlainFormat.JSON:
        print(_json(rows))
        return
    for row in rows:
        held = f"{row['protections']} protections, {row['offenses']} sections"
        _show(f"{row['jurisdiction']:8} {row['name']}: {held}; checked {row['checked']}")


@law_app.command("show")
def law_show(jurisdiction: str, format_: Plain = PlainFormat.TEXT) -> None:
    """Show one jurisdiction: every protection with its elements, dates, authority and how well it is known."""
    shape = describe_pack(_packed(_packs(), jurisdiction))
    if format_ is PlainFormat.JSON:
        print(_json(shape.to_dict()))
    else:
        _show(shape.to_text())


@law_app.command("check")
def law_check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder with blocks.yaml, packs/ and offenses/; default: those shipped."),
    ] = None,
    format_: Plain = PlainFormat.TEXT,
) -> None:
    """Check law packs: file, line, path and the mend of every mistake. Exit 2 if there is any."""
    faults = check_law(folder, today=_today())
    if format_ is PlainFormat.JSON:
        print(_json({"faults": [fault.to_dict() for fault in faults]}))
    else:
        _show("\n".join(str(fault) for fault in faults) or "no fault found")
    raise typer.Exit(REFUSED if faults else 0)


@law_app.command("diff")
def law_diff_command(
    old: Annotated[Path, typer.Argument(help="A folder of law packs as they were.")],
    new: Annotated[
        Path | None, typer.Argument(help="A folder as they are now; default: those shipped.")
    ] = None,
    format_: Plain = PlainFormat.TEXT,
) -> None:
    """Say which jurisdictions, provisions and periods a change of packs touches."""
    try:
        rows = law_diff(old, new)
    except PackError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(REFUSED) from None
    if format_ is PlainFormat.JSON:
        print(_json(rows))
    else:
        _show(diff_text(rows))


@law_app.command("coverage")
def law_coverage(format_: Plain = PlainFormat.TEXT) -> None:
    """What a young person of 15 would have, by jurisdiction and class of offense, with everything assumed."""
    rows = coverage(_packs(), _today())
    if format_ is PlainFormat.JSON:
        print(_json(rows))
        return
    for row in rows:
        _show(
            f"{row['jurisdiction']:8} {row['class']:20} at least {row['at_least']}, at most {row['at_most']}"
        )


@offenses_app.command("find")
def offenses_find(
    text: str,
    within: Annotated[str, typer.Option("--in", help="A jurisdiction such as US-TN.")],
    format_: Plain = PlainFormat.TEXT,
) -> None:
    """Find sections by number, in any usual spelling, or by words of their name."""
    rows = offense_rows(_packed(_packs(), within), text)
    if format_ is PlainFormat.JSON:
        print(_json(rows))
        return
    for row in rows:
        _show(f"{row['section']}: {row['name']} ({row['classes_words']})")
    if not rows:
        _show("no section found; check the number, or try words of its name")
