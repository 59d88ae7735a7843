"""A theme: templates, strings and assets, its own before those of the theme that it extends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from jinja2 import Environment, TemplateSyntaxError, nodes

from builder.problems import Place, Problem
from builder.reading.fields import Localised, doc, form
from builder.reading.forms import fill_in
from builder.reading.source import Source, decode
from builder.reading.suggest import closest
from builder.reading.yaml import locate, read_yaml
from builder.rendering.strings import String, Strings
from builder.settings import Settings

CARRIED = Path(__file__).resolve().parent.parent / "themes"  # inside an installed program
BESIDE = Path(__file__).resolve().parent.parent.parent / "themes"  # in a checkout

# Strings that titles of pages come from, so that they are needed whatever the templates say.
PLANNED = ("home", "links", "hotlines", "whats_new", "figures", "operation", "search", "not_found", "gone")
WRITTEN = ("date_format", "month_format", "months")


@form
class ThemeForm:
    """`themes/<theme>/theme.yaml`."""

    name: Annotated[str, doc("The same as the folder's name")]
    title: Annotated[Localised | None, doc("What to call it")] = None
    extends: Annotated[
        str | None, doc("The theme whose templates, strings and assets serve where this one has none")
    ] = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme, named by its content when published."""

    address: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with all that it inherits.

    Args:
        templates: sources by name; `parent/name.html` is the template of a parent that has been replaced.
        strings: in the site's language.
        assets: by path in the assets folder.
    """

    templates: dict[str, Source]
    strings: Strings
    assets: dict[str, Asset]


def read_theme(site: Path, settings: Settings) -> tuple[Theme | None, list[Problem]]:
    """Reads the site's theme and those that it extends.

    Args:
        site: the site's folder; its own themes come before those that the program carries.
        settings: name of the theme, language, strings that replace the theme's.

    Returns:
        The theme, or nothing where it cannot be used, and the problems.
    """
    chain, problems = _chain(site, settings)
    if not chain:
        return None, problems
    templates: dict[str, Source] = {}
    strings: dict[str, String] = {}
    assets: dict[str, Asset] = {}
    string_files = []
    for name, folder in reversed(chain):
        for path, file in _files(site, folder, name, "templates"):
            source, wrong = decode(file, path.read_bytes())
            problems += wrong
            if source is not None:
                inner = path.relative_to(folder / "templates").as_posix()
                templates[inner] = templates[f"{name}/{inner}"] = source
        for path, _ in _files(site, folder, name, "assets"):
            inner = path.relative_to(folder / "assets").as_posix()
            assets[inner] = _asset(inner, path.read_bytes())
        found, file, wrong = _strings(site, folder, name, settings.language)
        problems += wrong
        strings |= found
        string_files.append(file)
    strings |= settings.strings
    problems += _check(templates, strings, assets, string_files[-1] if len(chain) == 1 else string_files[0])
    return Theme(templates, Strings(strings), assets), problems


def find_theme(site: Path, name: str) -> Path | None:
    """The folder of a theme: the site's own, else the one that the program carries."""
    for folder in (site / "themes", CARRIED, BESIDE):
        if (folder / name / "theme.yaml").is_file():
            return folder / name
    return None


def _chain(site: Path, settings: Settings) -> tuple[list[tuple[str, Path]], list[Problem]]:
    chain: list[tuple[str, Path]] = []
    name: str | None = settings.theme
    place = Place("site.yaml")
    while name is not None:
        if name in [known for known, _ in chain]:
            loop = " → ".join([*(known for known, _ in chain), name])
            return [], [Problem("theme-loop", place, facts={"value": loop})]
        folder = find_theme(site, name) if "/" not in name and not name.startswith(".") else None
        if folder is None:
            known_themes = sorted(
                {path.parent.name for root in (site / "themes", CARRIED, BESIDE) for path in root.glob("*/theme.yaml")}
            )
            facts = {"value": name, "known": ", ".join(known_themes), "guess": closest(name, known_themes)}
            return [], [Problem("unknown-theme", place, facts=facts)]
        chain.append((name, folder))
        file = f"themes/{name}/theme.yaml"
        source, problems = decode(file, (folder / "theme.yaml").read_bytes())
        if source is None:
            return [], problems
        value, found = read_yaml(source)
        settings_of_theme, wrong = fill_in(ThemeForm, value, source)
        if settings_of_theme is None:
            return [], problems + found + wrong
        if settings_of_theme.name != name:
            facts = {"value": settings_of_theme.name, "name": name}
            return [], [Problem("id-is-file-name", locate(source, ["name"]), facts=facts)]
        place, name = Place(file), settings_of_theme.extends
    return chain, []


def _files(site: Path, folder: Path, theme: str, kind: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((folder / kind).rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path, f"themes/{theme}/{path.relative_to(folder).as_posix()}"


def _asset(inner: str, content: bytes) -> Asset:
    stem, dot, suffix = inner.rpartition(".")
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()[:10]
    return Asset(f"assets/{stem if dot else suffix}.{digest}{dot}{suffix if dot else ''}", content)


def _strings(site: Path, folder: Path, theme: str, language: str) -> tuple[dict[str, String], str, list[Problem]]:
    """The strings of one theme: of the site's language, of its language without region, or English."""
    for tag in (language, language.split("-", maxsplit=1)[0], "en"):
        path = folder / "strings" / f"{tag}.yaml"
        if path.is_file():
            file = f"themes/{theme}/strings/{tag}.yaml"
            source, problems = decode(file, path.read_bytes())
            if source is None:
                return {}, file, problems
            value, found = read_yaml(source)
            return value if isinstance(value, dict) else {}, file, problems + found
    return {}, f"themes/{theme}/strings/{language}.yaml", []


def _check(
    templates: dict[str, Source], strings: dict[str, String], assets: dict[str, Asset], string_file: str
) -> list[Problem]:
    """Everything that templates name by a constant must be there, whether or not a page shows it today."""
    problems = []
    environment = Environment(trim_blocks=True, lstrip_blocks=True)
    for source in {source.file: source for source in templates.values()}.values():
        try:
            tree = environment.parse(source.text)
        except TemplateSyntaxError as error:
            line = source.lines[error.lineno - 1] if error.lineno <= len(source.lines) else ""
            place = source.place(error.lineno - 1, len(line) - len(line.lstrip()), len(line.strip()))
            problems.append(Problem("template-error", place, facts={"reason": error.message or "syntax"}))
            continue
        for name, line_number in _named(tree, "t"):
            if name not in strings:
                place = _place(source, line_number, name)
                own = f"themes/{source.file.split('/')[1]}/strings/{string_file.rpartition('/')[2]}"
                facts = {"value": name, "file": own, "guess": closest(name, strings)}
                problems.append(Problem("missing-string", place, facts=facts))
        for name, line_number in _called(tree, "asset"):
            if name not in assets:
                place = _place(source, line_number, name)
                problems.append(Problem("missing-asset", place, facts={"value": name, "guess": closest(name, assets)}))
    missing = [name for name in (*PLANNED, *WRITTEN) if name not in strings]
    problems += [
        Problem("missing-string", Place(string_file), facts={"value": n, "file": string_file}) for n in missing
    ]
    return problems


def _place(source: Source, line_number: int, name: str) -> Place:
    line = source.lines[line_number - 1]
    return source.place(line_number - 1, max(0, line.find(name)), len(name))


def _named(tree: nodes.Template, variable: str) -> Iterator[tuple[str, int]]:
    """Constant names looked up on a variable: `t.name` and `t['name']`."""
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name == variable:
            yield attribute.attr, attribute.lineno
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.node, nodes.Name) and item.node.name == variable and isinstance(item.arg, nodes.Const):
            yield str(item.arg.value), item.lineno


def _called(tree: nodes.Template, function: str) -> Iterator[tuple[str, int]]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == function and call.args:
            first = call.args[0]
            if isinstance(first, nodes.Const):
                yield str(first.value), call.lineno
