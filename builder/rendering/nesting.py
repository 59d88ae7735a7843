"""Templates parsed, unless they are nested deeper than Jinja, or the Python that it writes, can bear."""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from builder.problems import Problem
from builder.reading.source import Source

DEEPEST = 100  # nodes of a template, one in the other; what goes through all of them calls itself for each


def parse(source: Source, environment: Environment) -> tuple[nodes.Template | None, Problem | None]:
    """What a template says, or why it cannot be read.

    Args:
        source: the template's text.
        environment: with the rules of its syntax.
    """
    parser = Parser(environment, source.text)
    try:
        tree = parser.parse()
    except TemplateSyntaxError as error:
        return None, malformed(source, error)
    except RecursionError:
        return None, _too_deep(source, parser.stream.current.lineno)
    depth, line = _deepest(tree)
    return (tree, None) if depth <= DEEPEST else (None, _too_deep(source, line))


def uncompiled(source: Source, environment: Environment, error: Exception) -> Problem:
    """Why no program can be made of a template, although it can be read.

    Args:
        source: the template's text.
        environment: with the rules of its syntax.
        error: what Jinja or Python says.
    """
    if isinstance(error, TemplateSyntaxError):
        return malformed(source, error)
    tree, problem = parse(source, environment)
    return _too_deep(source, _deepest(tree)[1]) if tree is not None else problem or _too_deep(source, 1)


def malformed(source: Source, error: TemplateSyntaxError) -> Problem:
    """What Jinja says of a template that it cannot read, or make Python of."""
    return _in_line("template-error", source, error.lineno, reason=error.message or "@template-syntax")


def _too_deep(source: Source, line: int) -> Problem:
    return _in_line("template-too-deep", source, line)


def _in_line(code: str, source: Source, number: int, **facts: str) -> Problem:
    line = source.lines[number - 1] if number <= len(source.lines) else ""
    return Problem(code, source.place(number - 1, len(line) - len(line.lstrip()), len(line.strip())), facts=facts)


def _deepest(tree: nodes.Template) -> tuple[int, int]:
    """How deep a template is nested, and the first line where it is that deep."""
    depth, line = 0, 1
    level: list[nodes.Node] = [tree]
    while level:
        depth, line = depth + 1, min((node.lineno for node in level if node.lineno), default=line)
        level = [inner for node in level for inner in node.iter_child_nodes()]
    return depth, line
