"""Atom feeds, one for each section (RFC 4287)."""

from __future__ import annotations

from html import escape

from builder.content.catalogue import Section
from builder.content.faces import ResourceFace
from builder.pages import addresses
from builder.pages.context import Context
from builder.pages.general import newest
from builder.pages.resources import own_resources

ENTRIES = 50
_NEVER = "2022-03-01"  # the platform's opening; an empty feed needs a date that does not move


def feed(context: Context, section: Section) -> bytes:
    """A section's newest resources; a date stands for the beginning of its day in UTC."""
    base = context.site.base_url
    entries = newest((r for column in section.columns for r in own_resources(context, column)), ENTRIES)
    updated = entries[0].changed if entries else (section.form.since.isoformat() if section.form.since else _NEVER)
    own = context.feed(section.id)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(context.site.language)}">',
        f"<title>{escape(own.title.value)}</title>",
        f"<id>{escape(context.settings.tag(section.id))}</id>",
        f'<link rel="self" type="application/atom+xml" href="{escape(base + own.address)}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(base + addresses.section(section.id))}"/>',
        f"<updated>{updated}T00:00:00Z</updated>",
        f"<author><name>{escape(context.site.owner.value)}</name></author>",
        *(_entry(context, resource) for resource in entries),
        "</feed>",
    ]
    return "\n".join(lines).encode() + b"\n"


def _entry(context: Context, resource: ResourceFace) -> str:
    address = escape(context.site.base_url + addresses.resource(resource))
    id = escape(context.settings.tag(resource.id))
    title = _text(context, "title", *context.wording(resource.title))
    summary = _text(context, "summary", *context.summary_wording(resource))
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in resource.authors)
    return (
        f"<entry>{title}<id>{id}</id>"
        f'<link rel="alternate" type="text/html" href="{address}"/>'
        f"<published>{resource.date.isoformat()}T00:00:00Z</published><updated>{resource.changed}T00:00:00Z</updated>"
        f'{authors}<category term="{escape(resource.kind)}"/>{summary}</entry>'
    )


def _text(context: Context, name: str, text: str, language: str) -> str:
    """An element with a text, marked where its language is not the feed's; nothing where there is no text."""
    mark = "" if language == context.site.language else f' xml:lang="{escape(language)}"'
    return f"<{name}{mark}>{escape(text)}</{name}>" if text else ""
