"""A theme: templates, strings and assets, its own before those of the theme that it extends."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Annotated

from builder.digest import digest
from builder.engine import THEMES
from builder.listing import is_hidden
from builder.problems import Place, Problem
from builder.reading.fields import Localised, doc, form
from builder.reading.forms import fill_in
from builder.reading.source import Source, decode, read_source, symbolic_link
from builder.reading.suggest import closest
from builder.reading.yaml import Step, locate, read_yaml
from builder.rendering.strings import String, Strings
from builder.settings import FALLBACK_LANGUAGE, Settings

_UNSAFE = re.compile(r"[^\w./-]+")  # in an address, where `?` and `#` mean something


@form
class ThemeForm:
    """`themes/<theme>/theme.yaml`."""

    name: Annotated[str, doc("The same as the folder's name", "bamboo")]
    title: Annotated[Localised | None, doc("What to call it", "竹")] = None
    extends: Annotated[
        str | None, doc("The theme whose templates, strings and assets serve where this one has none", "default")
    ] = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme, named by its content when published."""

    file: str
    address: str
    content: bytes


@dataclass(frozen=True)
class Theme:
    """A theme with all that it inherits.

    Args:
        templates: sources by name; `parent/name.html` is the template of a parent that has been replaced.
        strings: in the site's language.
        assets: by path in the assets folder.
        string_files: that the strings come from.
    """

    templates: dict[str, Source]
    strings: Strings
    assets: dict[str, Asset]
    string_files: tuple[str, ...]

    @cached_property
    def digests(self) -> dict[str, str]:
        """Of all that shapes a page, by what it is."""
        parts = {
            "templates": {name: (source.file, source.text) for name, source in self.templates.items()},
            "strings": self.strings.as_dict(),
            "assets": {name: asset.address for name, asset in self.assets.items()},
        }
        return {name: digest(json.dumps(part).encode()) for name, part in parts.items()}

    @cached_property
    def digest(self) -> str:
        """Of all that shapes a page."""
        return digest("\n".join(self.digests.values()).encode())


def read_theme(site: Path, settings: Settings, known_good: str = "") -> tuple[Theme | None, list[Problem]]:
    """Reads the site's theme and those that it extends.

    Args:
        site: the site's folder; its own themes come before those that the program carries.
        settings: name of the theme, language, strings that replace the theme's.
        known_good: digest of a theme that need not be checked again.

    Returns:
        The theme, or nothing where it cannot be used, and the problems.
    """
    chain, problems = _chain(site, settings)
    if not chain:
        return None, problems
    templates: dict[str, Source] = {}
    strings: dict[str, String] = {}
    assets: dict[str, Asset] = {}
    origins: dict[str, tuple[Source, tuple[Step, ...]]] = {}
    string_files = []
    tags, wrong = _tags(site, settings, chain)
    problems += wrong
    for name, folder in reversed(chain):
        files, wrong = _files(site, folder, name, "templates")
        problems += wrong
        for path, file in files:
            source, wrong = decode(file, path.read_bytes())
            problems += wrong
            if source is not None:
                inner = path.relative_to(folder / "templates").as_posix()
                templates[inner] = templates[f"{name}/{inner}"] = source
        files, wrong = _files(site, folder, name, "assets")
        problems += wrong
        for path, file in files:
            inner = path.relative_to(folder / "assets").as_posix()
            assets[inner] = _asset(file, inner, path.read_bytes())
        file, source, found, wrong = _strings(site, folder, name, tags)
        problems += wrong
        string_files.append(file)
        if source is not None:
            strings |= found
            origins |= dict.fromkeys(found, (source, ()))
    replaced, strings = strings, strings | settings.strings
    theme = Theme(templates, Strings(strings), assets, tuple(string_files))
    if theme.digest == known_good and not problems and not settings.strings:
        return theme, []
    from builder.rendering import checks  # which take longer to load than all this takes

    source, _ = read_source(site, site / "site.yaml") if settings.strings else (None, [])
    if source is not None:
        problems += checks.check_replaced(settings.strings, replaced, source, string_files[0])
    if theme.digest == known_good and not problems:
        return theme, []
    if source is not None:
        origins |= {name: (source, ("strings",)) for name in settings.strings if name in replaced}
    problems += checks.check_templates(templates, strings, assets, origins, string_files[0])
    problems += checks.check_written(strings, origins, string_files[0])
    return theme, problems


def find_theme(site: Path, name: str) -> Path | None:
    """The folder of a theme: the site's own, else the one that the program carries.

    A link of the site counts, wherever it leads: it is refused, and not only from the day on which it leads somewhere.
    """
    own = site / "themes" / name
    if any(path.is_symlink() for path in (own / "theme.yaml", own, own.parent)):
        return own
    for folder in _roots(site):
        if (folder / name / "theme.yaml").is_file():
            return folder / name
    return None


def _roots(site: Path) -> tuple[Path, ...]:
    """The folders that themes lie in, the site's own first."""
    return site / "themes", *THEMES


def _chain(site: Path, settings: Settings) -> tuple[list[tuple[str, Path]], list[Problem]]:
    chain: list[tuple[str, Path]] = []
    name: str | None = settings.theme
    named_in: Source | None = None  # the theme that extends the next one
    while name is not None:
        if name in [known for known, _ in chain]:
            loop = " → ".join([*(known for known, _ in chain), name])
            return [], [Problem("theme-loop", _where_named(site, named_in), facts={"value": loop})]
        folder = find_theme(site, name) if "/" not in name and not is_hidden(name) else None
        if folder is None:
            names = (path.parent.name for root in _roots(site) for path in root.glob("*/theme.yaml"))
            known_themes = sorted({known for known in names if not is_hidden(known)})
            facts = {"value": name, "known": ", ".join(known_themes), "guess": closest(name, known_themes)}
            return [], [Problem("unknown-theme", _where_named(site, named_in), facts=facts)]
        chain.append((name, folder))
        if link := _link(site, folder / "theme.yaml"):
            return [], [link]
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
        named_in, name = source, settings_of_theme.extends
    return chain, []


def _where_named(site: Path, theme: Source | None) -> Place:
    """Where the name of a theme stands: in another one that extends it, or in the site's settings."""
    source = theme or read_source(site, site / "site.yaml")[0]
    return locate(source, ["extends" if theme else "theme"]) if source else Place("site.yaml")


def _link(site: Path, path: Path) -> Problem | None:
    """A symbolic link in a theme of the site; the program's own folders may be linked as its installer likes."""
    return symbolic_link(site, path) if path.is_relative_to(site) else None


def _files(site: Path, folder: Path, theme: str, kind: str) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """The files in a folder of a theme, hidden ones passed over, with their paths from the site's folder."""
    files: list[tuple[Path, str]] = []
    problems: list[Problem] = []
    pending = [folder / kind]
    while pending:
        here = pending.pop()
        if is_hidden(here.name):
            continue
        if link := _link(site, here):
            problems.append(link)
        elif here.is_dir():
            pending += here.iterdir()
        elif here.is_file():
            files.append((here, f"themes/{theme}/{here.relative_to(folder).as_posix()}"))
    return sorted(files), problems


def _asset(file: str, inner: str, content: bytes) -> Asset:
    path = PurePosixPath(_UNSAFE.sub("-", inner))
    return Asset(file, f"assets/{path.with_name(f'{path.stem}.{digest(content)[:10]}{path.suffix}')}", content)


def _tags(site: Path, settings: Settings, chain: list[tuple[str, Path]]) -> tuple[tuple[str, ...], list[Problem]]:
    """The names of the files with the site's strings: its language, or that without its region.

    Where no theme has one, English is checked in its place, for what else may be wrong; such a site is not built.
    """
    language = settings.language
    tags = (language, language.split("-", maxsplit=1)[0])
    files = [folder / "strings" / f"{tag}.yaml" for _, folder in chain for tag in tags]
    if any(file.exists() or file.is_symlink() for file in files):
        return tags, []
    (name, folder), (model, _) = chain[0], chain[-1]
    name = name if folder.is_relative_to(site) else "own"
    facts = {
        "value": language,
        "file": f"themes/{name}/strings/{language}.yaml",
        "model": f"themes/{model}/strings/{FALLBACK_LANGUAGE}.yaml",
    }
    source, _ = read_source(site, site / "site.yaml")
    place = locate(source, ["languages", 0]) if source else Place("site.yaml")
    return (FALLBACK_LANGUAGE,), [Problem("no-strings", place, facts=facts)]


def _strings(
    site: Path, folder: Path, theme: str, tags: tuple[str, ...]
) -> tuple[str, Source | None, dict[str, String], list[Problem]]:
    """The strings of one theme, from the first of the files that it has."""
    for tag in tags:
        path = folder / "strings" / f"{tag}.yaml"
        file = f"themes/{theme}/strings/{tag}.yaml"
        if link := _link(site, path):
            return file, None, {}, [link]
        if path.is_file():
            source, problems = decode(file, path.read_bytes())
            if source is None:
                return file, None, {}, problems
            value, found = read_yaml(source)
            return file, source, value if isinstance(value, dict) else {}, problems + found
    return f"themes/{theme}/strings/{tags[0]}.yaml", None, {}, []
