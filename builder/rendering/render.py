"""Pages to bytes: the Jinja environment, and nothing that could make a page depend on more than its view."""

from __future__ import annotations

import traceback
from collections.abc import Container, Mapping
from typing import NamedTuple

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from builder.pages.views import Page
from builder.problems import ContentError, Place, Problem
from builder.rendering.compiler import FlatEnvironment, make_generator
from builder.rendering.filters import make_filters
from builder.rendering.nesting import uncompiled
from builder.rendering.theme import Theme

MOST_FRAGMENTS = 1_000  # at hand at a time


class Renderer:
    """Renders pages with a theme.

    Args:
        theme: its templates see the view's fields, the strings as `t`, and `asset(name)`.
        language: to report problems in.
        known: its templates as they have been compiled before, by name.
    """

    def __init__(self, theme: Theme, language: str, known: Mapping[str, bytes]):
        self._theme = theme
        self._language = language
        environment = FlatEnvironment(
            known,
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        environment.filters.update(make_filters(theme.strings))
        assets = {name: asset.address for name, asset in theme.assets.items()}
        environment.code_generator_class = make_generator(theme.strings.as_dict(), assets)
        environment.globals = {"t": theme.strings, "asset": assets.__getitem__, "fragment": self._fragment}
        self._environment = environment
        self._fragments: dict[tuple[str, int], tuple[NamedTuple, Markup]] = {}

    def take_compiled(self) -> dict[str, bytes]:
        """The templates that have been compiled since this was asked the last time, by name."""
        compiled, self._environment.compiled = self._environment.compiled, {}
        return compiled

    def compile_all(self, amiss: Container[str] = ()) -> tuple[dict[str, bytes], list[Problem]]:
        """All templates of the theme as they are compiled, by the names under which they are asked for.

        Args:
            amiss: files of which it is known that they cannot be compiled.

        Returns:
            The templates, and problems of those that cannot be compiled.
        """
        problems = []
        names = {source.file: name for name, source in reversed(self._theme.templates.items())}
        for name in (name for file, name in names.items() if file not in amiss):
            try:
                self._environment.get_template(name)
            except (TemplateSyntaxError, SyntaxError, RecursionError, MemoryError) as error:  # as Python says: too deep
                problems.append(uncompiled(self._theme.templates[name], self._environment, error))
        return self.take_compiled(), problems

    def render(self, page: Page) -> bytes:
        """The bytes of a page.

        Raises:
            ContentError: the template asks for something that is not there.
        """
        template = self._get(page.template)
        try:
            return template.render(page.view._asdict()).encode()
        except Exception as error:
            raise ContentError([self._explain(error, page)], self._language) from error

    def _fragment(self, name: str, view: NamedTuple) -> Markup:
        """A part of a page that is a function of its own template and view, made once for a view.

        A view is known by being the same object: it stays beside its fragment, so no other can have its identity.
        """
        key = (name, id(view))
        made = self._fragments.get(key)
        if made is not None:
            return made[1]
        if len(self._fragments) >= MOST_FRAGMENTS:
            self._fragments.clear()
        html = Markup(self._environment.get_template(name).render(view._asdict()))
        self._fragments[key] = view, html
        return html

    def _load(self, name: str) -> tuple[str, str, None] | None:
        source = self._theme.templates.get(name)
        return (source.text, source.file, None) if source else None

    def _get(self, name: str) -> Template:
        try:
            return self._environment.get_template(name)
        except TemplateNotFound as error:
            facts = {"reason": "@no-such-template", "value": str(error.name)}
            raise ContentError(
                [Problem("template-error", Place(f"templates/{name}"), facts=facts)], self._language
            ) from error

    def _explain(self, error: Exception, page: Page) -> Problem:
        """The template's line at which a page could not be made."""
        sources = {source.file: source for source in self._theme.templates.values()}
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in sources]
        facts = {"reason": f"{error} ({page.address})"}
        if not frames:
            return Problem("template-error", Place(f"templates/{page.template}"), facts=facts)
        source, number = sources[frames[-1].filename], frames[-1].lineno or 1
        line = source.lines[number - 1]
        place = source.place(number - 1, len(line) - len(line.lstrip()), len(line.strip()))
        return Problem("template-error", place, facts=facts)
