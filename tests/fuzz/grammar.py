"""Draws input that is nearly right: something real with a few things wrong in it, as values or as text."""

import copy
import json

import yaml
from hypothesis import strategies as st

from tests.fuzz.odd import BYTES, CONTAINERS, MARKS, SCALARS

MOST_CHANGES = 4
MOST_VALUES = 6_000
"""Changes stop once the input is this large: what is larger has its own, written-out bombs."""
_COPIES = (2, 3, 30, 201, 2_000)
_DEPTHS = (2, 15, 19, 25, 300)


@st.composite
def values(draw, seeds):
    """One of the seeds (dict, list, text, number, None), with up to four things changed at any depth."""
    value = copy.deepcopy(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, MOST_CHANGES))):
        places = list(_places(value))
        if len(places) > MOST_VALUES:
            break
        value = _changed(draw, value, places)
    return value


def _places(value, path=()):
    """The path of every value inside, the whole first."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from _places(inner, (*path, key))


def _at(value, path):
    for step in path:
        value = value[step]
    return value


def _changed(draw, value, places):
    path = places[draw(st.integers(0, len(places) - 1))]
    if not path:
        return draw(st.sampled_from([*CONTAINERS, *SCALARS])) if draw(st.integers(0, 9)) == 9 else value
    holder, key = _at(value, path[:-1]), path[-1]
    change = draw(st.sampled_from(CHANGES))
    change(draw, holder, key, lambda: _at(value, places[draw(st.integers(0, len(places) - 1))]))
    return value


def _replaced(draw, holder, key, other):
    holder[key] = copy.deepcopy(draw(st.sampled_from([*SCALARS, *CONTAINERS])))


def _grafted(draw, holder, key, other):
    """What stands elsewhere in the file stands here too; inside itself it would be endless, so it is copied."""
    holder[key] = copy.deepcopy(other())


def _removed(draw, holder, key, other):
    del holder[key]


def _renamed(draw, holder, key, other):
    if isinstance(holder, dict):
        inner = holder.pop(key)
        old = str(key)
        names = [
            old.upper(),
            old + " ",
            old[:-1],
            old + "s",
            *(one for one in SCALARS if isinstance(one, str)),
        ]
        holder[draw(st.sampled_from(names))] = inner
    else:
        holder.insert(0, holder.pop(key))


def _repeated(draw, holder, key, other):
    times = _times(draw, holder[key])
    if isinstance(holder, list):
        holder[key:key] = [copy.deepcopy(holder[key]) for _ in range(times)]
        return
    for number in range(times):
        holder[f"{key}{number}"] = holder[key]


def _times(draw, value):
    """How often a value is repeated: seldom so often that the input is too large to be read at all."""
    most = MOST_VALUES * 2 // sum(1 for _ in _places(value))
    return draw(st.sampled_from([times for times in _COPIES if times <= most] or [2]))


def _numbered(draw, holder, key, other):
    """Many of a kind, each with an id of its own, as in a long but honest file."""
    if isinstance(holder, list) and isinstance(holder[key], dict):
        times = _times(draw, holder[key])
        holder.extend({**copy.deepcopy(holder[key]), "id": f"n{number}"} for number in range(times))
    else:
        holder[key] = [holder[key]]


def _nested(draw, holder, key, other):
    inner = holder[key]
    for _ in range(draw(st.sampled_from(_DEPTHS))):
        inner = [inner] if draw(st.booleans()) else {str(key): inner}
    holder[key] = inner


def _misspelt(draw, holder, key, other):
    if isinstance(holder[key], str):
        text = holder[key]
        place = draw(st.integers(0, len(text)))
        holder[key] = text[:place] + draw(st.sampled_from(MARKS)) + text[place + draw(st.integers(0, 2)) :]
    else:
        holder[key] = str(holder[key])[:500]


CHANGES = (
    _replaced,
    _replaced,
    _grafted,
    _removed,
    _renamed,
    _repeated,
    _numbered,
    _nested,
    _misspelt,
    _misspelt,
)


@st.composite
def spoiled(draw, texts):
    """A text of the strategy `texts` as bytes, with up to four marks, lines or bytes put in, taken out or doubled."""
    raw = draw(texts).encode("utf-8", "surrogatepass")
    for _ in range(draw(st.integers(0, MOST_CHANGES))):
        change = draw(st.sampled_from((_mark, _mark, _mark, _line, _byte, _cut, _ends)))
        raw = change(draw, raw)
    return raw


def _mark(draw, raw):
    place = draw(st.integers(0, len(raw)))
    return raw[:place] + draw(st.sampled_from(MARKS)).encode() + raw[place + draw(st.integers(0, 1)) :]


def _line(draw, raw):
    """A line twice, moved, indented otherwise or without its beginning."""
    lines = raw.split(b"\n")
    here, there = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    line = lines[here]
    made = draw(
        st.sampled_from((line, b" " + line, b"\t" + line, line[1:], line.strip(), b"# " + line, line * 50))
    )
    lines.insert(there, made)
    return b"\n".join(lines)


def _byte(draw, raw):
    place = draw(st.integers(0, len(raw)))
    return raw[:place] + draw(st.sampled_from(BYTES)) + raw[place:]


def _cut(draw, raw):
    start, end = sorted(draw(st.integers(0, len(raw))) for _ in range(2))
    return raw[:start] + raw[end:] if draw(st.booleans()) else raw[:end]


def _ends(draw, raw):
    """Other line ends, a byte order mark, or another encoding."""
    ways = (
        lambda: raw.replace(b"\n", b"\r\n"),
        lambda: raw.replace(b"\n", b"\r"),
        lambda: b"\xef\xbb\xbf" + raw,
        lambda: raw.decode("utf-8", "replace").encode("utf-16"),
        lambda: raw.decode("utf-8", "replace").encode("cp1252", "replace"),
        lambda: raw + raw,
    )
    return draw(st.sampled_from(ways))()


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes the same value twice instead of an alias, which no file may hold."""

    def ignore_aliases(self, data):
        return True


def as_yaml(value):
    """YAML text of a value; what YAML cannot hold (half a character) is written as JSON, which YAML nearly reads."""
    try:
        return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=200)
    except (yaml.YAMLError, UnicodeError, RecursionError):
        return as_json(value)


def as_json(value):
    """JSON text of a value."""
    return json.dumps(value, ensure_ascii=False)


def fewest_escapes(value):
    """JSON text in ASCII, where odd characters are escaped."""
    return json.dumps(value)


def sound_or_spoiled(texts):
    """Texts of a strategy as they are, half of them with marks put in."""
    return st.one_of(texts.map(lambda text: text.encode("utf-8", "surrogatepass")), spoiled(texts))
