"""What must hold inside a theme, whether or not a page shows it today."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.compiler import generate

from builder.pages.addresses import FIXED
from builder.problems import Place, Problem
from builder.reading.source import Source
from builder.reading.suggest import closest
from builder.reading.yaml import locate
from builder.rendering.filters import make_filters
from builder.rendering.gaps import Fill, Origins, check_gaps, fills
from builder.rendering.nesting import malformed, parse
from builder.rendering.scopes import Parsed, check_scopes, leads, parsed
from builder.rendering.spots import place_of
from builder.rendering.strings import String, Strings

# Strings that titles of pages come from, so that they are needed whatever the templates say.
PLANNED = (
    *(page.title for page in FIXED.values()),
    "gone",
    "class_hours",
    "comma",
    "open_bracket",
    "close_bracket",
    "class_hour_number",
)
FILLED = Fill("class_hour_number", frozenset({"number"}))  # what titles fill in, whatever the templates do
# Strings that the filters write dates with, each with what a right one looks like.
WRITTEN = {
    "date_format": "{year}-{month}-{day}",
    "month_format": "{year}-{month}",
    "months": "[1月, 2月, 3月, 4月, 5月, 6月, 7月, 8月, 9月, 10月, 11月, 12月]",
}


def check_templates(
    templates: Mapping[str, Source],
    strings: Mapping[str, String],
    assets: Collection[str],
    origins: Origins,
    string_file: str,
) -> list[Problem]:
    """Everything that templates name must be there, and they must fill every gap of the strings.

    Args:
        templates: sources by name.
        strings: in the site's language, those of `site.yaml` among them.
        assets: paths in the assets folders.
        origins: where strings stand.
        string_file: where a string that is missing would stand.
    """
    problems: list[Problem] = []
    environment = Environment(trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(make_filters(Strings(dict(strings))))
    known = {"filter": frozenset(environment.filters), "test": frozenset(environment.tests)}
    whole: dict[str, Parsed] = {}
    for source in {source.file: source for source in templates.values()}.values():
        tree, problem = parse(source, environment)
        if tree is None:
            problems += [problem] if problem else []
            continue
        absent = list(_absent(tree, source, templates))
        unknown = list(_unknown(tree, source, known, environment))
        problems += [*unknown, *absent]
        if not absent:
            whole[source.file] = parsed(source, tree)
        if unknown and not absent:  # so nobody compiles it, and what else Jinja has to say of it is asked here
            try:
                generate(tree, environment, source.file, source.file, optimized=False)
            except TemplateSyntaxError as error:
                problems.append(malformed(source, error))
        for name, node in _named(tree, "t"):
            if name not in strings:
                place = place_of(source, tree, node, name)
                own = f"themes/{source.file.split('/')[1]}/strings/{string_file.rpartition('/')[2]}"
                facts = {"value": name, "file": own, "guess": closest(name, strings)}
                problems.append(Problem("missing-string", place, facts=facts))
        for name, node in called(tree, "asset"):
            if name not in assets:
                place = place_of(source, tree, node, name)
                problems.append(Problem("missing-asset", place, facts={"value": name, "guess": closest(name, assets)}))
    if all(source.file in whole for source in templates.values()):  # else what they define and fill is not known
        named = {name: whole[source.file] for name, source in templates.items()}
        problems += [*check_scopes(named), *check_gaps(strings, [*_fills(named), FILLED], _checked(origins))]
    missing = [name for name in (*PLANNED, *WRITTEN) if name not in strings]
    problems += [
        Problem("missing-string", Place(string_file), facts={"value": n, "file": string_file}) for n in missing
    ]
    return problems


def check_replaced(
    replaced: Mapping[str, String], strings: Mapping[str, String], source: Source, string_file: str
) -> list[Problem]:
    """Strings of `site.yaml` take the place of strings that the theme has, and are of the same kind.

    Args:
        replaced: strings of `site.yaml`.
        strings: the theme's.
        source: `site.yaml`.
        string_file: where the theme's stand.
    """
    if not strings:
        return []
    problems = []
    for name, string in replaced.items():
        if name not in strings:
            facts = {"value": name, "file": string_file, "guess": closest(name, strings)}
            problems.append(Problem("unknown-string", locate(source, ["strings", name], key=True), facts=facts))
        elif name not in WRITTEN and not _is_like(string, strings[name]):
            problems.append(_wrong_kind(name, string, strings[name], locate(source, ["strings", name])))
    return problems


def check_written(strings: Mapping[str, String], origins: Origins, string_file: str) -> list[Problem]:
    """Dates can be written with the strings that say how.

    Args:
        strings: in the site's language, those of `site.yaml` among them.
        origins: where they stand.
        string_file: the file that is named where one stands nowhere.
    """
    problems = []
    for name, example in WRITTEN.items():
        if name not in strings:
            continue
        string = strings[name]
        place = Place(string_file)
        if name in origins:
            source, path = origins[name]
            place = locate(source, [*path, name])
        if isinstance(string, list) != (name == "months") or isinstance(string, dict) or string is None:
            problems.append(_wrong_kind(name, string, [] if name == "months" else "", place))
        elif not (len(string) == 12 if isinstance(string, list) else _is_format(name, string)):
            shown = ", ".join(map(str, string)) if isinstance(string, list) else string
            problems.append(Problem("wrong-form", place, facts={"key": name, "value": shown, "example": example}))
    return problems


def _checked(origins: Origins) -> Origins:
    """The strings whose gaps templates fill; those of dates are filled by the filters."""
    return {name: origin for name, origin in origins.items() if name not in WRITTEN}


def _fills(templates: Mapping[str, Parsed]) -> Iterator[Fill]:
    """What the templates fill in; one that another has replaced counts where that one still needs it."""
    queue = [name for name, template in templates.items() if template.source.file.endswith(f"/templates/{name}")]
    seen: set[str] = set()
    while queue:
        template = templates[queue.pop()]
        if template.source.file not in seen:
            seen.add(template.source.file)
            yield from fills(template.tree)
            queue += [name for _, names in template.leads for name in names or templates if name in templates]


def _is_format(name: str, string: str) -> bool:
    """Whether a day, or a month, can be written so."""
    day = {"day": 5} if name == "date_format" else {}
    try:
        string.format(year="2022", month=3, month_name="", **day)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return False
    return True


def _is_like(string: String, model: String) -> bool:
    """Whether one string can stand where another does; a text serves for a map with `one` and `other` too."""
    if isinstance(string, dict):
        return isinstance(model, dict) and string.keys() == {"one", "other"}
    return isinstance(string, list) == isinstance(model, list)


def _wrong_kind(name: str, string: String, model: String, place: Place) -> Problem:
    kind, example = "text", "…"
    if isinstance(model, list):
        kind, example = "list", WRITTEN.get(name, "[…, …]")
    elif isinstance(model, dict):
        kind, example = "record", "{one: …, other: …}"
    found = "@list" if isinstance(string, list) else "@record" if isinstance(string, dict) else f"`{string}`"
    facts = {"key": name, "expected": f"@{kind}", "found": found, "example": f"`{name}: {example}`"}
    return Problem("wrong-type", place, facts=facts)


def _unknown(
    tree: nodes.Template, source: Source, known: Mapping[str, Collection[str]], environment: Environment
) -> Iterator[Problem]:
    """Filters and tests that there are not, also where Jinja would find out only when the line is run.

    The environment is given something in their place, so that what else is wrong with the template is found as well.
    """
    kinds: tuple[tuple[str, MutableMapping[str, Any], Iterator[nodes.Filter | nodes.Test]], ...] = (
        ("filter", environment.filters, tree.find_all(nodes.Filter)),
        ("test", environment.tests, tree.find_all(nodes.Test)),
    )
    for kind, stead, used in kinds:
        for node in used:
            if node.name not in known[kind]:
                stead[node.name] = str
                facts = {"reason": f"@no-such-{kind}", "value": node.name, "guess": closest(node.name, known[kind])}
                yield Problem("template-error", place_of(source, tree, node, node.name), facts=facts)


def _absent(tree: nodes.Template, source: Source, templates: Mapping[str, Source]) -> Iterator[Problem]:
    """Templates that another names by a constant and that no theme has: extended, included, imported, as a fragment."""
    for node, wanted in leads(tree):
        if wanted and not getattr(node, "ignore_missing", False) and not any(name in templates for name in wanted):
            facts = {"reason": "@no-such-template", "value": ", ".join(wanted), "guess": closest(wanted[0], templates)}
            yield Problem("template-error", place_of(source, tree, node, wanted[0]), facts=facts)


def _named(tree: nodes.Template, variable: str) -> Iterator[tuple[str, nodes.Node]]:
    """Constant names looked up on a variable, `t.name` and `t['name']`, each with what looks it up."""
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name == variable:
            yield attribute.attr, attribute
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.node, nodes.Name) and item.node.name == variable and isinstance(item.arg, nodes.Const):
            yield str(item.arg.value), item


def called(tree: nodes.Template, function: str) -> Iterator[tuple[str, nodes.Node]]:
    """Constant first arguments of the calls of a function, each with its call."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == function and call.args:
            first = call.args[0]
            if isinstance(first, nodes.Const):
                yield str(first.value), call
