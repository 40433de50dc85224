"""The command that screens case files, and its start without a parser of arguments where their meaning is plain."""

import gc
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from screening import CaseError, PackError, Packs, load_case, load_packs, screen
from screening.cli_packs import kept_in, shipped_packs
from screening.errors import Fault
from screening.explanation.report import report
from screening.questionnaire import load_questionnaire
from screening.reading import CASE_BYTES

REFUSED = 2
INTERRUPTED = 130
ENDINGS = (".yaml", ".yml", ".json")
OWN_PARTS = ("law", "questionnaire", "services")


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


def run_plain(arguments: Sequence[str]) -> int | None:
    """Runs `screen FILE… [--format WORD] [--reader WORD]`; the exit code, or None for whatever needs a parser.

    A third of the time of `voi screen` would go into the parser, which would say the same.
    """
    asked = plain(arguments)
    if asked is None:
        return None
    prepare_output()
    try:
        done = screen_files(*asked)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the last flush says nothing
        return 1
    return done


def plain(arguments: Sequence[str]) -> tuple[list[str], Format, Reader] | None:
    """The files, format and reader of a call of `screen` whose meaning is plain; None for any other call."""
    if arguments[:1] != ["screen"] or os.name == "nt":  # there a parser has patterns of names to fill in
        return None
    files: list[str] = []
    given = {"--format": Format.TEXT.value, "--reader": Reader.PROSECUTOR.value}
    rest = iter(arguments[1:])
    for word in rest:
        if word in given:
            given[word] = next(rest, "")
        elif word.startswith("-") and word != "-":
            return None
        else:
            files.append(word)
    try:
        return (files, Format(given["--format"]), Reader(given["--reader"])) if files else None
    except ValueError:
        return None


def prepare_output() -> None:
    """A terminal without § shows a mark, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def screen_files(
    names: Sequence[str],
    format_: Format = Format.TEXT,
    reader: Reader = Reader.PROSECUTOR,
    packs: Path | None = None,
) -> int:
    """Screens files, folders and `-`, and prints each result; the exit code."""
    loaded = packs_or_end(packs)
    gc.freeze()  # all that was made so far stays, so nobody need look through it again
    gc.enable()
    refused = False
    for name, source in _sources(names):
        refused |= not _screen_one(name, source, loaded, format_, reader)
    return REFUSED if refused else 0


def _screen_one(name: str, source: bytes | Fault, packs: Packs, format_: Format, reader: Reader) -> bool:
    try:
        if isinstance(source, Fault):
            raise CaseError([source])
        result = screen(load_case(source, today=today(), packs=packs, file=name), packs, reader=reader.value)
    except CaseError as error:
        if format_ is Format.JSONL:
            print(as_json({"file": name, "errors": [fault.to_dict() for fault in error.faults]}, indent=None))
        else:
            print(f"{name}: refused\n{error}", file=sys.stderr)
        return False
    if format_ is Format.TEXT:
        print(report(result, packs, width=min(columns() or 78, 78)))
    else:
        print(as_json(result.to_dict(), indent=2 if format_ is Format.JSON else None))
    return True


def _sources(names: Sequence[str]) -> Iterator[tuple[str, bytes | Fault]]:
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


def packs_or_end(folder: Path | None = None) -> Packs:
    """An office's own packs, or those shipped; the end of the command where they are refused."""
    try:
        if folder is None:
            return shipped_packs(kept_in(os.environ.get("VOI_CACHE"), os.environ))
        faults = _own_faults(folder)
        if faults:
            raise PackError(faults)
        return load_packs(folder)
    except PackError as error:
        print(error, file=sys.stderr)
        raise SystemExit(REFUSED) from None


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
    from screening.check import check_law  # noqa: PLC0415 - for an office's own packs alone

    asked = load_questionnaire(folder / "questionnaire") if "questionnaire" in own else None
    return check_law(folder / "law", questionnaire=asked)


def columns() -> int:
    """The width of the terminal, or 0 where the output goes elsewhere and COLUMNS is not set."""
    return shutil.get_terminal_size((0, 0)).columns


def today() -> date:
    """The day on which the command runs."""
    return date.today()  # noqa: DTZ011 - the command line is where the day comes in; the rules take it as an argument


def as_json(value: object, *, indent: int | None = 2) -> str:
    """A value as JSON, in plain ASCII where the terminal has no UTF-8."""
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    return json.dumps(value, ensure_ascii=ascii_only, indent=indent)
