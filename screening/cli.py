"""The commands that need no service: screen, questionnaire, law and offenses."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from screening import CaseError, PackError, Packs, load_case, load_packs, screen
from screening.check import check_law
from screening.errors import Fault, nearest
from screening.explanation.law import coverage, describe_pack, law_rows, offense_rows
from screening.explanation.law_diff import diff_text, law_diff
from screening.explanation.questions import questionnaire_dict
from screening.explanation.report import report
from screening.questionnaire.reference import reference

app = typer.Typer(
    help="Case-screening decision support for victim-offender intersectionality.",
    no_args_is_help=True,
    add_completion=False,
)
law_app = typer.Typer(help="The packed law: list, show, check, coverage.", no_args_is_help=True)
offenses_app = typer.Typer(help="The offense catalogues.", no_args_is_help=True)
app.add_typer(law_app, name="law")
app.add_typer(offenses_app, name="offenses")

REFUSED = 2


class Format(StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


class Reader(StrEnum):
    """For whom a result is written."""

    PROSECUTOR = "prosecutor"
    OFFICER = "officer"
    ADVOCATE = "advocate"


FormatOption = Annotated[Format, typer.Option("--format", help="text, json, or jsonl (one result a line).")]
Plain = Annotated[Format, typer.Option("--format", help="text or json.")]


@app.command("screen")
def screen_command(
    cases: Annotated[list[str], typer.Argument(help="Case files, folders of them, or - for standard input.")],
    format_: FormatOption = Format.TEXT,
    reader: Annotated[Reader, typer.Option(help="The words of one reader.")] = Reader.PROSECUTOR,
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
        print(report(result, packs))
    else:
        print(_json(result.to_dict(), indent=2 if format_ is Format.JSON else None))
    return True


def _sources(names: list[str]) -> Iterator[tuple[str, bytes | Fault]]:
    for name in names:
        path = Path(name)
        if name == "-":
            yield name, sys.stdin.buffer.read()
        elif path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".yml", ".json"))
            if not files:
                yield (
                    name,
                    Fault(
                        "",
                        "there is no case file in this folder",
                        "files ending in .yaml or .json",
                        file=name,
                    ),
                )
            yield from ((str(file), _bytes(file)) for file in files)
        else:
            yield name, _bytes(path)


def _bytes(path: Path) -> bytes | Fault:
    try:
        return path.read_bytes()
    except OSError as error:
        return Fault("", f"cannot be read: {error.strerror or 'no such file'}", "a case file", file=str(path))


def _packs(folder: Path | None = None) -> Packs:
    try:
        return load_packs(folder)
    except PackError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(REFUSED) from None


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the command line is where the day comes in; the rules take it as an argument


def _json(value: object, *, indent: int | None = 2) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


@app.command("questionnaire")
def questionnaire_command(format_: Plain = Format.TEXT) -> None:
    """Print the questionnaire: every item with why it is asked, or the same as JSON."""
    questionnaire = _packs().questionnaire
    print(
        _json(questionnaire_dict(questionnaire)) if format_ is not Format.TEXT else reference(questionnaire)
    )


@law_app.command("list")
def law_list(format_: Plain = Format.TEXT) -> None:
    """List the packed jurisdictions and their protections."""
    rows = law_rows(_packs())
    if format_ is not Format.TEXT:
        print(_json(rows))
        return
    for row in rows:
        held = f"{row['protections']} protections, {row['offenses']} sections"
        print(f"{row['jurisdiction']:8} {row['name']}: {held}; checked {row['checked']}")


@law_app.command("show")
def law_show(jurisdiction: str, format_: Plain = Format.TEXT) -> None:
    """Show one jurisdiction: every protection with its elements, dates, authority and how well it is known."""
    packs = _packs()
    name = jurisdiction.upper()
    if name not in packs.law:
        near = nearest(name, packs.law)
        print(
            f"no pack for {jurisdiction}; packed are {', '.join(packs.law)}{f'; did you mean {near}?' if near else ''}",
            file=sys.stderr,
        )
        raise typer.Exit(REFUSED)
    shape = describe_pack(packs.law[name])
    print(_json(shape.to_dict()) if format_ is not Format.TEXT else shape.to_text())


@law_app.command("check")
def law_check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder with blocks.yaml, packs/ and offenses/; default: those shipped."),
    ] = None,
    format_: Plain = Format.TEXT,
) -> None:
    """Check law packs: file, line, path and the mend of every mistake. Exit 2 if there is any."""
    faults = check_law(folder, today=_today())
    if format_ is not Format.TEXT:
        print(_json({"faults": [fault.to_dict() for fault in faults]}))
    else:
        print("\n".join(str(fault) for fault in faults) or "no fault found")
    raise typer.Exit(REFUSED if faults else 0)


@law_app.command("diff")
def law_diff_command(
    old: Annotated[Path, typer.Argument(help="A folder of law packs as they were.")],
    new: Annotated[
        Path | None, typer.Argument(help="A folder as they are now; default: those shipped.")
    ] = None,
    format_: Plain = Format.TEXT,
) -> None:
    """Say which jurisdictions, provisions and periods a change of packs touches."""
    try:
        rows = law_diff(old, new)
    except PackError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(REFUSED) from None
    print(_json(rows) if format_ is not Format.TEXT else diff_text(rows))


@law_app.command("coverage")
def law_coverage(format_: Plain = Format.TEXT) -> None:
    """What a young person of 15 would have, by jurisdiction and class of offense, with everything assumed."""
    rows = coverage(_packs(), _today())
    if format_ is not Format.TEXT:
        print(_json(rows))
        return
    for row in rows:
        print(
            f"{row['jurisdiction']:8} {row['class']:20} at least {row['at_least']}, at most {row['at_most']}"
        )


@offenses_app.command("find")
def offenses_find(
    text: str,
    within: Annotated[str, typer.Option("--in", help="A jurisdiction such as US-TN.")],
    format_: Plain = Format.TEXT,
) -> None:
    """Find sections by number, in any usual spelling, or by words of their name."""
    packs = _packs()
    if within.upper() not in packs.law:
        print(f"no catalogue for {within}; packed are {', '.join(packs.law)}", file=sys.stderr)
        raise typer.Exit(REFUSED)
    rows = offense_rows(packs.law[within.upper()], text)
    if format_ is not Format.TEXT:
        print(_json(rows))
        return
    for row in rows:
        print(f"{row['section']}: {row['name']} ({row['classes_words']})")
    if not rows:
        print("no section found; check the number, or try words of its name")
