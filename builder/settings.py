"""`site.yaml`: what the site is called, where it lives and how it is built."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from builder.language import language_of
from builder.problems import Problem
from builder.reading.fields import Localised, WebAddress, doc, form
from builder.reading.forms import adapter, fill_in_anyway
from builder.reading.source import Source, read_source
from builder.reading.yaml import read_yaml

FALLBACK_LANGUAGE = "en"
_FROM_THE_BEGINNING = "2022-03-01"  # the platform's opening; any day would do that never changes
_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_TAGGING_ENTITY = rf"^{_LABEL}(\.{_LABEL})*,{_DATE}$"  # RFC 4151, 2.1, without e-mail addresses


def _setting(text: str, example: Any, *, changes_output: bool = True) -> Any:
    return doc(text, example, json_schema_extra={"changesOutput": changes_output})


def _root(address: str) -> str:
    """The address of the home page, to which the other pages' addresses are added."""
    if re.search("[?#]", address) or "@" in urlsplit(address).netloc:
        raise PydanticCustomError("bad_base_url", "more than host and path")
    return f"{address.removesuffix('/')}/"


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise PydanticCustomError("stands_twice", "stands twice", {"index": index})
    return names


def _kind(value: Any) -> str:
    return "list" if isinstance(value, list) else "by count" if isinstance(value, dict) else "text"


InterfaceString = Annotated[
    Annotated[str, Tag("text")] | Annotated[list[str], Tag("list")] | Annotated[dict[str, str], Tag("by count")],
    Discriminator(_kind),
]


@form
class Settings:
    """`site.yaml`. Every key says in its schema whether it changes the output."""

    title: Annotated[Localised, _setting("Name of the site", "中小学学习资源目录")]
    base_url: Annotated[
        Annotated[WebAddress, AfterValidator(_root)],
        _setting(
            "Address of the home page on the web; only canonical addresses, feeds, sitemap and JSON-LD carry it",
            "https://example.org/catalogue/",
        ),
    ]
    languages: Annotated[
        tuple[str, ...],
        Field(min_length=1),
        AfterValidator(_each_once),
        _setting(
            "Languages of titles, as in [zh-CN, en]; the first is the site's own and decides the interface",
            ["zh-CN", "en"],
        ),
    ]
    theme: Annotated[str, _setting("Name of a folder in themes/", "default")] = "default"
    strings: Annotated[
        dict[str, InterfaceString],
        _setting("Interface strings that replace the theme's, by name", {"welcome": "今天想学什么？"}),
    ] = Field(default_factory=dict)
    page_size: Annotated[int, Field(ge=5, le=200), _setting("Resources on one page of a column's list", 40)] = 40
    hotlines_max_age_days: Annotated[
        int, Field(ge=1, le=36_500), _setting("A hotline verified longer ago than this is withheld from the pages", 365)
    ] = 365
    tagging_entity: Annotated[
        str | None,
        Field(pattern=_TAGGING_ENTITY),
        _setting(
            "Host and day that permanent IDs in feeds are made from (RFC 4151), as in example.org,2026-01-01; never"
            f" change it. When left out, the host of `base_url` and {_FROM_THE_BEGINNING}: write these two down before"
            " the site moves to another host",
            "example.org,2026-01-01",
        ),
    ] = None
    edit_url: Annotated[
        str | None,
        Field(pattern=r"^https?://.*\{file\}"),
        _setting(
            "Address for “edit this page”; {file} stands for the file's path", "https://git.example.org/edit/{file}"
        ),
    ] = None
    owner: Annotated[
        Localised, _setting("Who is responsible for the site; stands at the foot of every page", "示例学校")
    ]
    licence: Annotated[
        str,
        _setting(
            "Licence of the site and of resources that do not say otherwise: an ID of licences in vocabulary.yaml",
            "CC-BY-4.0",
        ),
    ]

    @property
    def language(self) -> str:
        """The site's own language, a BCP 47 tag."""
        return self.languages[0]

    def tag(self, id: str) -> str:
        """A permanent ID of what has an ID in the catalogue: a tag URI (RFC 4151), whatever its address may be."""
        entity = self.tagging_entity or f"{urlsplit(self.base_url).hostname},{_FROM_THE_BEGINNING}"
        return f"tag:{entity}:{id}"


def read_settings(site: Path) -> tuple[Settings | None, str, list[Problem]]:
    """Reads `site.yaml`.

    Args:
        site: the site's folder.

    Returns:
        The settings as far as they are right, or nothing; the language to report problems in; the problems.
    """
    source, problems = read_source(site, site / "site.yaml")
    if source is None:
        return None, language_of(site), problems
    value, found = read_yaml(source)
    if value is None and found:
        return None, _language(value, source), problems + found
    settings, _, wrong = fill_in_anyway(Settings, value, source)
    return settings, _language(value, source), problems + found + wrong


def assumed_settings(language: str) -> Settings:
    """Settings in the place of those that cannot be read, so that all other files can be checked in the same run.

    Args:
        language: that the editors seem to write in.
    """
    values = {
        **dict.fromkeys(("title", "owner", "licence"), "site.yaml"),
        "base_url": "https://stand-in.example/",
        "languages": [language],
        "hotlines_max_age_days": 36_500,  # how old a number may be is not known
    }
    settings: Settings = adapter(Settings).validate_python(values)
    return settings


def _language(value: Any, source: Source) -> str:
    """The language that the editors seem to write in, even where the settings are wrong."""
    languages = value.get("languages") if isinstance(value, dict) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    if isinstance(first, str) and first.isascii():
        return first
    return FALLBACK_LANGUAGE if source.text.isascii() else "zh-CN"
