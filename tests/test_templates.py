"""Templates: what is compiled for speed shows what plain Jinja shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.exceptions import UndefinedError
from markupsafe import Markup

from builder.rendering.compiler import FlatEnvironment, make_generator


class Link(NamedTuple):
    """What templates of ours are given."""

    title: str
    address: str


VIEW: dict[str, Any] = {
    "title": "说一说<月亮>",
    "html": Markup("<b>&amp;</b>"),
    "links": (Link("一", "1.html"), Link("<二>", "2.html"), Link("三", "3.html")),
    "empty": (),
    "number": 3,
    "signs": {"a": "<", "b": Markup("<i>")},
}
BASE = (
    "<title>{% block title %}{{ title }}{% endblock %}</title>"
    "{% block main %}底{% endblock %}{% block foot %}{% endblock %}"
)
MACROS = (
    "{% macro item(l, mark='·', last=false) %}{{ mark }}{{ l.title }}{% if last %}。{% endif %}{% endmacro %}"
    "{% macro list(links) %}{% for l in links %}{{ item(l, last=loop.last) }}{% endfor %}{% endmacro %}"
    "{% macro text(missing) %}{{ missing }}{% endmacro %}"
    "{% macro framed(name) %}<{{ name }}>{{ caller(name) }}</{{ name }}>{% endmacro %}"
    "{% macro many() %}{{ varargs|join(',') }}{{ kwargs|length }}{% endmacro %}"
)
TEMPLATES = {
    "escaped": "{{ title }}{{ html }}{{ number }}{{ title ~ html ~ number }}{{ title ~ '!' }}",
    "condition without else": "{% for l in links %}{{ '、' if not loop.first }}{{ l.title }}{% endfor %}",
    "numbers of a loop": "{% for l in links %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{% endfor %}",
    "ends of a loop": "{% for l in links %}{{ loop.length }}{{ loop.last }}{{ loop.index }}{% endfor %}",
    "loop in a loop": "{% for a in links %}{% for b in links %}{{ loop.index }}{{ loop.first }}{% endfor %}"
    "{{ loop.index }}{% endfor %}",
    "inner loop counted by the outer": "{% for a in links %}{% set n = loop.index %}{% for b in links %}"
    "{{ n }}{{ loop.index0 }}{% endfor %}{% endfor %}",
    "loop over nothing": "{% for l in empty %}{{ loop.index }}{% else %}nothing{% endfor %}",
    "loop with a condition": "{% for l in links if l.title != '一' %}{{ loop.index }}{{ l.title }}{% endfor %}",
    "loop of pairs": "{% for title, address in links %}{{ loop.index }}{{ title }}{{ address }}{% endfor %}",
    "loop that calls itself": "{% for l in links recursive %}{{ loop.depth }}{{ l.title }}{% endfor %}",
    "cycle": "{% for l in links %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "items": "{{ signs['a'] }}{{ signs['b'] }}{{ links[1].title }}{{ links[0:2]|length }}{{ title[0] }}",
    "set": "{% set a = title %}{% set b %}<b>{{ a }}</b>{% endset %}{{ b }}"
    "{% if number > 2 %}{% set a = 1 %}{% endif %}{{ a }}",
    "set in a loop": "{% for l in links %}{% set x = l.title %}{{ x }}{% include 'shown' %}{% endfor %}",
    "shown": "{{ title }}",
    "namespace": "{% set n = namespace(sum=0) %}{% for l in links %}"
    "{% set n.sum = n.sum + loop.index %}{% endfor %}{{ n.sum }}",
    "macros": ""
    "{% import 'macros' as m %}{{ m.item(links[1]) }}{{ m.item(links[1], '-') }}{{ m.item(l=links[0], last=true) }}"
    "{{ m.list(links) }}{{ m.text(title) }}{{ m.many(1, 2, a=3) }}",
    "macros by name": "{% from 'macros' import item, list as all %}{{ item(links[2]) }}{{ all(links) }}",
    "call": "{% import 'macros' as m %}{% call(name) m.framed('em') %}{{ name }}{{ title }}{% endcall %}",
    "macro of its own": "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice(title) }}{{ twice(html) }}",
    "macro within a block": "{% extends 'base' %}{% block main %}{% macro a(x) %}<{{ x }}>"
    "{% endmacro %}{{ a(title) }}{% endblock %}",
    "child": "{% extends 'base' %}{% block title %}{{ super() }}!{% endblock %}"
    "{% block main %}{{ self.title() }}{% endblock %}",
    "child of a child": "{% extends 'child' %}{% block main %}"
    "{% for l in links %}{{ super() }}{% endfor %}{% endblock %}",
    "block in a loop": "{% for l in links %}{% block each scoped %}{{ l.title }}{% endblock %}{% endfor %}",
    "include": "{% for l in links %}{% include 'shown' %}{% endfor %}",
    "filter block": "{% filter upper %}a{{ title }}{% endfilter %}",
    "with": "{% with a = title %}{{ a }}{% endwith %}",
    "nothing": "",
}
ALL = {**TEMPLATES, "base": BASE, "macros": MACROS}


def _plain() -> Environment:
    return Environment(loader=DictLoader(ALL), autoescape=True)


def _compiled(known: Mapping[str, bytes] | None = None) -> FlatEnvironment:
    environment = FlatEnvironment(known or {}, loader=DictLoader(ALL), autoescape=True, undefined=StrictUndefined)
    environment.code_generator_class = make_generator({}, {})
    return environment


@pytest.mark.parametrize("name", ALL)
def test_a_compiled_template_shows_what_plain_jinja_shows(name: str) -> None:
    assert _compiled().get_template(name).render(VIEW) == _plain().get_template(name).render(VIEW)


def test_a_macro_called_without_what_it_needs_says_which_parameter_is_missing() -> None:
    template = _compiled().from_string("{% import 'macros' as m %}{{ m.item() }}")
    with pytest.raises(UndefinedError, match="parameter 'l' was not provided"):
        template.render(VIEW)


def test_a_template_renders_the_same_twice() -> None:
    template = _compiled().get_template("child of a child")
    assert template.render(VIEW) == template.render(VIEW)


def test_templates_that_were_compiled_before_show_the_same_without_being_compiled_again() -> None:
    first = _compiled()
    shown = {name: first.get_template(name).render(VIEW) for name in ALL}
    again = _compiled(first.compiled)
    assert {name: again.get_template(name).render(VIEW) for name in ALL} == shown
    assert again.compiled == {}
