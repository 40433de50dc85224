"""The commands that need no service: screen, questionnaire, law and offenses."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from textwrap import wrap
from typing import Annotated, TypeVar

import typer

from screening import PackError, Packs
from screening.check import check_law
from screening.cli_screen import (
    REFUSED,
    Format,
    Reader,
    as_json,
    columns,
    packs_or_end,
    prepare_output,
    screen_files,
    today,
)
from screening.errors import nearest
from screening.executors.bundle import bundle, canonical
from screening.executors.signing import SigningError, signed
from screening.explanation.law import coverage, describe_pack, law_rows, offense_rows
from screening.explanation.law_diff import diff_text, law_diff
from screening.explanation.questions import questionnaire_dict
from screening.questionnaire.reference import reference
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


class PlainFormat(StrEnum):
    """How a list or a description is written."""

    TEXT = "text"
    JSON = "json"


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
def begin() -> None:
    """Case-screening decision support for victim-offender intersectionality."""
    prepare_output()


@app.command("screen")
def screen_command(
    cases: Annotated[list[str], typer.Argument(help="Case files, folders of them, or - for standard input.")],
    format_: FormatOption = Format.TEXT,
    reader: ReaderOption = Reader.PROSECUTOR,
    packs: Annotated[Path | None, typer.Option(help="A folder of packs instead of those shipped.")] = None,
) -> None:
    """Screen case files. Exit 0 when all were screened, 2 when any was refused."""
    raise typer.Exit(screen_files(cases, format_, reader, packs))


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


def _show(text: str) -> None:
    """Prints text, on a terminal without lines longer than it is wide."""
    width = max(columns(), 30) if columns() else 0
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        fits = not width or len(line) <= width
        parts = [line] if fits else wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)
        print("\n".join(parts))


@app.command("questionnaire")
def questionnaire_command(format_: Plain = PlainFormat.TEXT) -> None:
    """Print the questionnaire: every item with why it is asked, or the same as JSON."""
    questionnaire = packs_or_end().questionnaire
    if format_ is PlainFormat.JSON:
        print(as_json(questionnaire_dict(questionnaire)))
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
        made = signed(canonical(bundle(packs_or_end(packs))), key.read_bytes())
        out.write_bytes(made.content)
    except (OSError, SigningError) as error:
        print(f"no bundle was written: {error}", file=sys.stderr)
        raise typer.Exit(REFUSED) from None
    said = {"digest": made.digest, "public_key": made.public_key}
    print(as_json(said) if format_ is PlainFormat.JSON else f"{made.digest}\npublic key {made.public_key}")


@law_app.command("list")
def law_list(format_: Plain = PlainFormat.TEXT) -> None:
    """List the packed jurisdictions and their protections."""
    rows = law_rows(packs_or_end())
    if format_ is PlainFormat.JSON:
        print(as_json(rows))
        return
    for row in rows:
        held = f"{row['protections']} protections, {row['offenses']} sections"
        _show(f"{row['jurisdiction']:8} {row['name']}: {held}; checked {row['checked']}")


@law_app.command("show")
def law_show(jurisdiction: str, format_: Plain = PlainFormat.TEXT) -> None:
    """Show one jurisdiction: every protection with its elements, dates, authority and how well it is known."""
    shape = describe_pack(_packed(packs_or_end(), jurisdiction))
    if format_ is PlainFormat.JSON:
        print(as_json(shape.to_dict()))
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
    faults = check_law(folder, today=today())
    if format_ is PlainFormat.JSON:
        print(as_json({"faults": [fault.to_dict() for fault in faults]}))
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
        print(as_json(rows))
    else:
        _show(diff_text(rows))


@law_app.command("coverage")
def law_coverage(format_: Plain = PlainFormat.TEXT) -> None:
    """What a young person of 15 would have, by jurisdiction and class of offense, with everything assumed."""
    rows = coverage(packs_or_end(), today())
    if format_ is PlainFormat.JSON:
        print(as_json(rows))
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
    rows = offense_rows(_packed(packs_or_end(), within), text)
    if format_ is PlainFormat.JSON:
        print(as_json(rows))
        return
    for row in rows:
        _show(f"{row['section']}: {row['name']} ({row['classes_words']})")
    if not rows:
        _show("no section found; check the number, or try words of its name")
