"""Builds plain values from the YAML parser's events: no recursion, no aliases, every doubled key seen."""

from dataclasses import dataclass

import yaml

from screening.document import DEEPEST, MOST_NODES, Mark, Path, path_text, unprintable
from screening.errors import Fault

_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_WORDS = (
    ("tab character", "a tab stands in the indent; indent with blanks"),
    ("mapping values are not allowed", "a colon stands where no key can be; put the text in quotes"),
    (
        "cannot start any token",
        "a tab or another mark cannot begin a value; indent with blanks, quote the text",
    ),
    ("',' or ']'", "a list opened with [ is not closed, or a comma is missing"),
    ("',' or '}'", "a group opened with { is not closed, or a comma is missing"),
    ("expected ':'", "a key has no colon after it"),
    ("unexpected end of stream", "a quote is opened and never closed"),
    ("unexpected document indicator", "a quote is opened and never closed"),
    ("expected key", "a key was expected; is this line indented like its neighbours?"),
    ("'-' indicator", "a line of the list does not begin with a dash at the same indent"),
    ("node content", "a value is missing"),
    ("<document start>", "text stands after the end of the value"),
    ("<block end>", "this line is not indented like its neighbours"),
    ("escape", "an unknown escape stands after a backslash; use single quotes"),
)


class RefusedError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; `key` waits for its value."""

    value: dict[str, object] | list[object]
    mark: Mark
    path: Path
    key: str | None = None


class Builder:
    """Puts the parser's events together without recursion: depth is a count, never a stack overflow."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.value: object = None
        self.root: Mark | None = None
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent):
            self._take_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._refused(
                    event, "a second document (---) begins in the file", "one document a file"
                )
            if event.version or event.tags:
                raise self._refused(event, "directives (%) are not allowed", "the file without them")

    def _take_node(self, event: yaml.NodeEvent) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._refused(event, f"the file holds more than {MOST_NODES:,} values")
        if event.anchor is not None:
            raise self._refused(
                event, "anchors (&) and aliases (*) are not allowed", "the value itself, or text in quotes"
            )
        if getattr(event, "tag", None) is not None:
            self._add(event, "tags (!) are not allowed", "the value itself, or text in quotes")
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        else:
            self._take_collection(event)

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        plain = event.style is None or event.style == ""
        if unprintable(event.value):
            self._add(event, "an unprintable character stands in the text")
        if self._wants_key():
            self._take_key(event, plain=plain)
        else:
            value = None if plain and event.value in _NULLS else event.value
            self._place(value, _mark_of(event, plain=plain))

    def _take_collection(self, event: yaml.NodeEvent) -> None:
        if self._wants_key():
            raise self._refused(event, "a list or group stands where a key is needed", "a word")
        if len(self._open) >= DEEPEST:
            raise self._refused(event, f"lists and groups are nested deeper than {DEEPEST}")
        mark = _mark_of(event)
        value: dict[str, object] | list[object]
        if isinstance(event, yaml.MappingStartEvent):
            value, mark.keys = {}, {}
        else:
            value, mark.entries = [], []
        path = self._place(value, mark)
        self._open.append(_Open(value, mark, path))

    def _take_key(self, event: yaml.ScalarEvent, *, plain: bool) -> None:
        top = self._open[-1]
        if plain and event.value == "<<":
            self._add(event, "merge keys (<<) are not allowed", "the keys themselves")
        if plain and event.value == "":
            self._add(event, "a key is missing before the colon")
        if top.mark.keys is not None and event.value in top.mark.keys:
            first = top.mark.keys[event.value].line
            line = _place_of(event)[0]
            path = path_text((*top.path, event.value))
            message = f"the key stands twice, on line {first} and on line {line}"
            self.faults.append(Fault(path, message, "each key once", file=self.file, line=line))
        top.key = event.value

    def _wants_key(self) -> bool:
        return bool(self._open) and self._open[-1].mark.keys is not None and self._open[-1].key is None

    def _place(self, value: object, mark: Mark) -> Path:
        """Puts a value where it belongs and gives back its path."""
        if not self._open:
            self.value, self.root = value, mark
            return ()
        top = self._open[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            if top.mark.entries is not None:
                top.mark.entries.append(mark)
            return (*top.path, len(top.value) - 1)
        key, top.key = top.key or "", None
        top.value.setdefault(key, value)
        if top.mark.keys is not None:
            top.mark.keys.setdefault(key, mark)
        return (*top.path, key)

    def _add(self, event: yaml.Event, message: str, expected: str | None = None) -> None:
        self.faults.append(self._refused(event, message, expected).fault)

    def _refused(self, event: yaml.Event, message: str, expected: str | None = None) -> RefusedError:
        path = (
            self._open[-1].path + ((self._open[-1].key,) if self._open[-1].key else ()) if self._open else ()
        )
        line = _place_of(event)[0]
        return RefusedError(Fault(path_text(path), message, expected, file=self.file, line=line))


def build(text: str, file: str | None) -> Builder:
    """A builder that took every event of `text`, up to the first one that nothing can follow."""
    builder = Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except RefusedError as refused:
        builder.faults.append(refused.fault)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as problem:
        builder.faults.append(syntax_fault(problem, file))
    return builder


def _mark_of(event: yaml.Event, *, plain: bool = False) -> Mark:
    line, column = _place_of(event)
    return Mark(line, column, plain)


def _place_of(event: yaml.Event) -> tuple[int, int]:
    """Line and column from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def syntax_fault(problem: Exception, file: str | None) -> Fault:
    """What the YAML parser stumbled over, in words for someone who does not know YAML."""
    if not isinstance(problem, yaml.MarkedYAMLError):
        return Fault("", "the file cannot be read as YAML", file=file)
    said = problem.problem or ""
    message = next((words for key, words in _WORDS if key in said), said or "the file cannot be read as YAML")
    mark, begun = problem.problem_mark, problem.context_mark
    if mark is None:
        return Fault("", message, file=file)
    if begun is not None and begun.line != mark.line:
        message += f" (begun on line {begun.line + 1})"
    return Fault("", f"column {mark.column + 1}: {message}", file=file, line=mark.line + 1)
