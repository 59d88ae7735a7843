"""Where in a template a name stands. Jinja tells the line of what it has parsed, never the column."""

from __future__ import annotations

import re

from jinja2 import nodes

from builder.problems import Place
from builder.reading.source import Source

_CODE = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_NOT_A_LINE_END = re.compile(r"[^\n]")


def place_of(source: Source, tree: nodes.Template, node: nodes.Node, name: str) -> Place:
    """The place of a name: the first in its line belongs to the first that says it there, the second to the second.

    Args:
        source: the template's text.
        tree: made of it.
        node: of the tree, that says the name.
        name: a variable, field, filter or test, or a constant that is looked up or called for.
    """
    line = _code(source)[node.lineno - 1]
    found = [*re.finditer(_written(node, re.escape(name)), line)] or [*re.finditer(re.escape(name), line)]
    alike = [other for other in tree.find_all(type(node)) if other.lineno == node.lineno and name in _said(other)]
    if not found:  # an expression over several lines: Jinja may tell the one where it begins
        return source.place(node.lineno - 1, len(line) - len(line.lstrip()), len(line.strip()))
    turn = next((number for number, other in enumerate(alike) if other is node), 0)
    return source.place(node.lineno - 1, found[min(turn, len(found) - 1)].end() - len(name), len(name))


def _code(source: Source) -> list[str]:
    """The lines with blanks for all that is no code, so that no text is taken for a name."""
    parts, end = [], 0
    for part in _CODE.finditer(source.text):
        shown = _blank(part[0]) if part[0].startswith("{#") else part[0]
        parts += [_blank(source.text[end : part.start()]), shown]
        end = part.end()
    return "".join((*parts, _blank(source.text[end:]))).split("\n")


def _blank(text: str) -> str:
    return _NOT_A_LINE_END.sub(" ", text)


def _written(node: nodes.Node, name: str) -> str:
    """A pattern of how a node says a name; it ends with the name."""
    match node:
        case nodes.Name():
            return rf"(?<![\w.'\"]){name}(?!\w)"
        case nodes.Getattr():
            return rf"\.\s*{name}(?!\w)"
        case nodes.Filter():
            return rf"(?:\||\bfilter\s)\s*{name}(?!\w)"
        case nodes.Test():
            return rf"\bis\s+(?:not\s+)?{name}(?!\w)"
        case nodes.Getitem():
            return rf"\[\s*['\"]{name}(?=['\"])"
        case nodes.Call():
            return rf"\([\s\[]*['\"]{name}(?=['\"])"
    return rf"['\"]{name}(?=['\"])"


def _said(node: nodes.Node) -> tuple[str, ...]:
    """The names that a node may say."""
    match node:
        case nodes.Name() | nodes.Filter() | nodes.Test():
            return (node.name,)
        case nodes.Getattr():
            return (node.attr,)
        case nodes.Getitem():
            return _constants(node.arg)
        case nodes.Call():
            return _constants(node.args[0]) if node.args else ()
        case nodes.Extends() | nodes.Include() | nodes.Import() | nodes.FromImport():
            return _constants(node.template)
    return ()


def _constants(expression: nodes.Expr) -> tuple[str, ...]:
    return tuple(str(constant.value) for constant in _all(expression) if isinstance(constant, nodes.Const))


def _all(expression: nodes.Expr) -> tuple[nodes.Node, ...]:
    return (expression, *expression.iter_child_nodes())
