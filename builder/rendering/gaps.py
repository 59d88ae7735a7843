"""The gaps of strings: a `{count}` in a string stands for a value, and templates say which of them they fill."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from jinja2 import nodes

from builder.problems import Place, Problem
from builder.reading.source import Source
from builder.reading.suggest import closest
from builder.reading.yaml import Step, locate
from builder.rendering.strings import String

Origins = Mapping[str, tuple[Source, tuple[Step, ...]]]  # of strings by name: the file, and the keys that lead there

_ANY = ".*"
_GAP = re.compile(r"\{([^\W\d]\w*)\}")


@dataclass(frozen=True, slots=True)
class Fill:
    """A place in a template that fills gaps.

    Args:
        strings: a pattern of the names of the strings whose gaps it fills.
        gaps: that it fills; None where only the page knows.
    """

    strings: str
    gaps: frozenset[str] | None


def fills(tree: nodes.Template) -> Iterator[Fill]:
    """Every place in a template that fills gaps: the filter `fill`, and whatever is told a gap, as in
    `t.for_whom.split('{audience}')`.
    """
    for filtered in tree.find_all(nodes.Filter):
        if filtered.node is None:
            continue
        if filtered.name == "fill":
            gaps = None if filtered.dyn_kwargs else frozenset(str(pair.key) for pair in filtered.kwargs)
            yield from (Fill(strings, gaps) for strings in _strings(filtered.node))
        elif told := _told(filtered.args):
            yield from (Fill(strings, told) for strings in _strings(filtered.node))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr) and (told := _told(call.args)):
            yield from (Fill(strings, told) for strings in _strings(call.node.node))


def check_gaps(strings: Mapping[str, String], filled: Iterable[Fill], origins: Origins) -> Iterator[Problem]:
    """What stands between the braces of a string must be something that templates fill in.

    Args:
        strings: in the site's language.
        filled: by the templates of the theme.
        origins: of those strings that are to be checked.
    """
    filled = list(filled)
    vague = [fill for fill in filled if fill.strings == _ANY]
    for name, (source, path) in origins.items():
        reaching = [fill for fill in filled if fill.strings != _ANY and re.fullmatch(fill.strings, name)]
        for inner, text in _texts(strings[name]):
            if "{" in text or "}" in text:
                place = locate(source, [*path, name, *inner])
                yield from (
                    _wrong_braces(name, text, reaching, place) if reaching else _unfilled(name, text, vague, place)
                )


def _wrong_braces(name: str, text: str, reaching: list[Fill], place: Place) -> Iterator[Problem]:
    """What keeps a text from being filled by the templates that do so."""
    known = [fill.gaps for fill in reaching if fill.gaps is not None]
    if not known:
        return
    gaps = sorted(frozenset.intersection(*known))
    try:
        parts = [part for _, part, _, _ in Formatter().parse(text) if part is not None]
        unknown = dict.fromkeys(part for part in parts if re.split(r"[.\[]", part)[0] not in gaps)
        if not unknown:
            text.format(**dict.fromkeys(gaps, "1"))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        facts = {"key": name, "value": text, "example": f"{{{gaps[0] if gaps else name}}}"}
        yield Problem("wrong-braces", place, facts=facts)
    else:
        yield from (_unknown(name, part, gaps, place) for part in unknown)


def _unfilled(name: str, text: str, vague: list[Fill], place: Place) -> Iterator[Problem]:
    """Gaps of a text that no template fills: readers would see the braces."""
    if any(fill.gaps is None for fill in vague):
        return
    gaps = {gap for fill in vague for gap in fill.gaps or ()}
    yield from (_unknown(name, part, [], place) for part in dict.fromkeys(_GAP.findall(text)) if part not in gaps)


def _unknown(name: str, part: str, gaps: list[str], place: Place) -> Problem:
    gap, guess = f"{{{part}}}", closest(part, gaps)
    at = place.text.find(gap, place.column - 1)
    place = dataclasses.replace(place, column=at + 1, length=len(gap)) if at >= 0 else place
    known = ", ".join(f"`{{{gap}}}`" for gap in gaps) or "@no-gaps"
    return Problem(
        "unknown-gap",
        place,
        facts={"key": name, "value": gap, "known": known, "guess": f"{{{guess}}}" if guess else ""},
    )


def _texts(string: String) -> Iterator[tuple[tuple[Step, ...], str]]:
    """The texts of a string, each with the keys that lead to it inside the string."""
    inner = enumerate(string) if isinstance(string, list) else string.items() if isinstance(string, dict) else ()
    yield from (((key,), str(text)) for key, text in inner)
    if isinstance(string, str):
        yield (), string


def _strings(node: nodes.Node) -> Iterator[str]:
    """Patterns of the names of the strings that an expression may give."""
    match node:
        case nodes.Getattr(node=nodes.Name(name="t"), attr=name):
            yield re.escape(name)
        case nodes.Getitem(node=nodes.Name(name="t"), arg=name):
            yield _pattern(name)
        case nodes.CondExpr(expr1=one, expr2=other):
            yield from _strings(one)
            if other is not None:
                yield from _strings(other)
        case nodes.Or(left=one, right=other):
            yield from _strings(one)
            yield from _strings(other)
        case _:
            yield _ANY


def _pattern(name: nodes.Node) -> str:
    """A pattern of what a name that is made up of parts may be."""
    match name:
        case nodes.Const(value=value):
            return re.escape(str(value))
        case nodes.Concat(nodes=parts):
            return re.sub(r"(\.\*)+", _ANY, "".join(map(_pattern, parts)))
        case nodes.Add(left=left, right=right):
            return re.sub(r"(\.\*)+", _ANY, _pattern(left) + _pattern(right))
    return _ANY


def _told(arguments: Iterable[nodes.Node]) -> frozenset[str]:
    """Gaps that are named by constants among some arguments."""
    texts = [argument.value for argument in arguments if isinstance(argument, nodes.Const)]
    return frozenset(gap for text in texts if isinstance(text, str) for gap in _GAP.findall(text))
