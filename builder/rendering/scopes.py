"""Which names a template sees, so that one that nothing there is called is found before any page is made.

A page's template sees the fields of its view, and what the templates that it extends set, import and define. What it
includes sees the same; what it imports sees nothing of the page; a fragment sees the fields of the view that it is
handed. Where only the page could tell what there is, everything counts as there: nothing right is ever complained of.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any

from jinja2 import nodes

from builder.pages import views
from builder.problems import Problem
from builder.reading.source import Source
from builder.reading.suggest import closest
from builder.rendering.spots import place_of

GLOBALS = ("t", "asset", "fragment")  # what every template sees
_OF_JINJA = ("self", "super", "caller", "varargs", "kwargs")
_FOR_WHAT_MAY_BE_MISSING = {"default", "d", "defined", "undefined"}
_SAME_ITEMS = {"list", "sort", "reverse", "unique", "rejectattr", "selectattr", "reject", "select"}
_ONE_ITEM = {"first", "last", "random"}

Scope = Mapping[str, Any]  # names that are there, each with its type as far as it is known


Lead = tuple[nodes.Node, tuple[str, ...]]  # to other templates: what leads there, and their names if they are constants


@dataclass(frozen=True, slots=True)
class Parsed:
    """A template and what it says.

    Args:
        source: its text.
        tree: of its text.
        leads: to other templates.
        stored: names that it sets, imports or defines.
        local: names that only a part of it sees, such as those of loops and of what macros are handed.
    """

    source: Source
    tree: nodes.Template
    leads: tuple[Lead, ...]
    stored: frozenset[str]
    local: frozenset[str]


def parsed(source: Source, tree: nodes.Template) -> Parsed:
    """Looks through a template once for what it needs to be known by."""
    names = [name for name in tree.find_all(nodes.Name) if name.ctx in {"store", "param"}]
    local = frozenset(("loop", *(name.name for name in names)))
    return Parsed(source, tree, tuple(leads(tree)), frozenset(_stored(tree)), local)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A name that is not there: what says it; `is_field` where it was asked of a view."""

    node: nodes.Node
    name: str
    known: tuple[str, ...]
    is_field: bool = False


def template_of(view: type) -> str:
    """The name of the template that shows a view."""
    return "404.html" if view is views.NotFoundView else f"{view.__name__.removesuffix('View').lower()}.html"


def check_scopes(templates: Mapping[str, Parsed]) -> Iterator[Problem]:
    """Names that a template uses must be there, in at least one of the ways in which it is reached.

    Args:
        templates: by name; all that they name by constants is there.
    """
    reached: dict[str, list[Scope | None]] = {}
    for view in typing.get_args(views.View):
        _reach(template_of(view), _scope(view), templates, reached)
    everything = {name: None for view in vars(views).values() if _is_view(view) for name in view._fields} | _globals()
    is_open = any(not names for template in templates.values() for _, names in template.leads)
    for name, template in templates.items():
        if template.source.file not in reached:
            _reach(name, None if is_open else everything, templates, reached)
    for template in {template.source.file: template for template in templates.values()}.values():
        yield from _problems(template, reached[template.source.file])


def _problems(template: Parsed, scopes: list[Scope | None]) -> Iterator[Problem]:
    common: dict[nodes.Node, _Fault] | None = None
    for scope in scopes:
        faults = {} if scope is None else {fault.node: fault for fault in _faults(template.tree, scope)}
        common = faults if common is None else {key: fault for key, fault in common.items() if key in faults}
    for fault in (common or {}).values():
        facts = {
            "key" if fault.is_field else "value": fault.name,
            "known": ", ".join(fault.known),
            "guess": closest(fault.name, fault.known),
        }
        place = place_of(template.source, template.tree, fault.node, fault.name)
        yield Problem("unknown-key" if fault.is_field else "unknown-name", place, facts=facts)


def _reach(
    name: str, scope: Scope | None, templates: Mapping[str, Parsed], reached: dict[str, list[Scope | None]]
) -> None:
    """Notes what a template sees, and what those see to which it leads."""
    chain = _chain(name, templates)
    if not chain:
        return
    if any(isinstance(node, nodes.Extends) for node, _ in chain[-1].leads):
        scope = None  # it extends one that only the page knows
    if scope is not None:
        scope = {**scope, **{stored: None for template in chain for stored in template.stored}}
    for template in chain:
        known = reached.setdefault(template.source.file, [])
        if scope not in known:
            known.append(scope)
            for node, names in template.leads:
                if not isinstance(node, nodes.Extends):
                    inner = _seen_from(node, scope, template)
                    for wanted in names:
                        _reach(wanted, inner, templates, reached)


def _seen_from(node: nodes.Node, scope: Scope | None, template: Parsed) -> Scope | None:
    """What is seen by the templates to which a part of another one leads."""
    here = None
    if scope is not None:  # what loops and macros call something is there for some part of the template
        here = {**scope, **dict.fromkeys(template.local)}
    match node:
        case nodes.Call(args=[_, shown]):
            view = _type(shown, here or {})
            return _scope(view) if _is_view(view) else None
        case nodes.Include(with_context=True) | nodes.Import(with_context=True) | nodes.FromImport(with_context=True):
            return here
    return _globals()


def _chain(name: str, templates: Mapping[str, Parsed]) -> list[Parsed]:
    """A template and those that it extends."""
    chain: list[Parsed] = []
    while (template := templates.get(name)) and template not in chain:
        chain.append(template)
        extended = [names for node, names in template.leads if isinstance(node, nodes.Extends)]
        name = extended[0][0] if extended and extended[0] else ""
    return chain


def _faults(node: nodes.Node, scope: Scope) -> Iterator[_Fault]:
    """Names and fields in a part of a template that are not there."""
    match node:
        case nodes.Name(ctx="load") if node.name not in scope:
            yield _Fault(node, node.name, tuple(sorted(scope.keys() - {*_OF_JINJA})))
        case nodes.Test(node=nodes.Name() | nodes.Getattr()) | nodes.Filter(node=nodes.Name() | nodes.Getattr()) if (
            node.name in _FOR_WHAT_MAY_BE_MISSING
        ):
            for argument in node.args:
                yield from _faults(argument, scope)
        case nodes.Getattr():
            yield from _faults(node.node, scope)
            view = _type(node.node, scope)
            if _is_view(view) and not hasattr(view, node.attr):
                yield _Fault(node, node.attr, tuple(_hints(view)), is_field=True)
        case nodes.For():
            yield from _faults(node.iter, scope)
            inner = {**scope, **_bound(node.target, _item(_type(node.iter, scope))), "loop": None}
            for part in (*node.body, *([node.test] if node.test is not None else ())):
                yield from _faults(part, inner)
            for part in node.else_:
                yield from _faults(part, scope)
        case nodes.Macro() | nodes.CallBlock():
            for part in (*node.defaults, *([node.call] if isinstance(node, nodes.CallBlock) else ())):
                yield from _faults(part, scope)
            inner = {**scope, **{argument.name: None for argument in node.args}}
            for part in node.body:
                yield from _faults(part, inner)
        case nodes.With():
            for part in node.values:
                yield from _faults(part, scope)
            inner = dict(scope)
            for target, value in zip(node.targets, node.values, strict=True):
                inner |= _bound(target, _type(value, scope))
            for part in node.body:
                yield from _faults(part, inner)
        case _:
            for part in node.iter_child_nodes():
                yield from _faults(part, scope)


def _bound(target: nodes.Node, hint: Any) -> dict[str, Any]:
    """The names that a value is given to; of one that is taken apart the types are not known."""
    if isinstance(target, nodes.Name):
        return {target.name: hint}
    return {name.name: None for name in target.find_all(nodes.Name)}


def _stored(tree: nodes.Template) -> Iterator[str]:
    """Names that a template sets, imports or defines, wherever it does."""
    for assigned in tree.find_all(nodes.Assign):
        yield from _bound(assigned.target, None)
    for block in tree.find_all(nodes.AssignBlock):
        yield from _bound(block.target, None)
    for macro in tree.find_all(nodes.Macro):
        yield macro.name
    for imported in tree.find_all(nodes.Import):
        yield imported.target
    for taken in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in taken.names)


def _scope(view: Any) -> Scope:
    return {**{name: _hints(view)[name] for name in view._fields}, **_globals()}


def _globals() -> dict[str, Any]:
    return dict.fromkeys((*GLOBALS, *_OF_JINJA))


@cache
def _hints(view: Any) -> dict[str, Any]:
    """Types of a view's fields, and of what is made from them."""
    made = {name: value.fget for name, value in vars(view).items() if isinstance(value, property)}
    return typing.get_type_hints(view) | {
        name: typing.get_type_hints(getter).get("return") for name, getter in made.items()
    }


def _type(node: nodes.Node, scope: Scope) -> Any:
    """The type of an expression, None where it is not known; whether a value is missing is the template's business."""
    hint = None
    match node:
        case nodes.Name():
            hint = scope.get(node.name)
        case nodes.Getattr():
            view = _type(node.node, scope)
            hint = _hints(view).get(node.attr) if _is_view(view) else None
        case nodes.Getitem(arg=nodes.Const() | nodes.Slice()):
            hint = _type(node.node, scope)
            hint = hint if isinstance(node.arg, nodes.Slice) else _item(hint)
        case nodes.Filter() if node.node is not None and node.name in _SAME_ITEMS:
            hint = _type(node.node, scope)
        case nodes.Filter() if node.node is not None and node.name in _ONE_ITEM:
            hint = _item(_type(node.node, scope))
    if isinstance(hint, UnionType) or typing.get_origin(hint) is typing.Union:
        there = [kind for kind in typing.get_args(hint) if kind is not NoneType]
        return there[0] if len(there) == 1 else None
    return hint


def _item(hint: Any) -> Any:
    """The type of what a list holds."""
    arguments = typing.get_args(hint)
    is_list = typing.get_origin(hint) is tuple and len(arguments) == 2 and arguments[1] is Ellipsis
    return arguments[0] if is_list else None


def _is_view(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields")


def leads(tree: nodes.Template) -> Iterator[Lead]:
    """What leads from a template to others: it extends, includes or imports them, or asks for them as a fragment."""
    used: list[nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport] = [
        *tree.find_all(nodes.Extends),
        *tree.find_all(nodes.Include),
        *tree.find_all(nodes.Import),
        *tree.find_all(nodes.FromImport),
    ]
    for node in used:
        yield node, _constants(node.template)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "fragment" and call.args:
            yield call, _constants(call.args[0])


def _constants(name: nodes.Expr) -> tuple[str, ...]:
    """Names of templates that an expression gives; none where only the page knows."""
    try:
        wanted = name.as_const()
    except nodes.Impossible:
        return ()
    return (wanted,) if isinstance(wanted, str) else tuple(map(str, wanted))
