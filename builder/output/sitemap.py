"""The sitemap in parts (sitemaps.org protocol 0.9: at most 50,000 addresses and 50 MB each)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from builder.content.catalogue import Section
from builder.pages import addresses
from builder.pages.context import Context
from builder.pages.directory import pages_of
from builder.pages.resources import own_resources

MOST = 40_000  # addresses of a part; at 1,200 bytes each still under 50 MB
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


Rows = list[tuple[str, str]]  # pairs of address and date of the last change


def index(context: Context) -> Iterator[tuple[str, bytes]]:
    """The index of all parts, and the part of the site's own pages."""
    parts = {"site": _site(context)}
    parts |= {_of_section(section): _section(context, section) for section in context.sections}
    parts |= {_of_stage(stage): _stage(context, stage) for stage in context.stages}
    names = [(name, "") for part, rows in parts.items() for name, _ in _divided(part, rows)]
    yield "sitemap.xml", _document("sitemapindex", "sitemap", context.site.base_url, names)
    yield from _part(context, "site", parts["site"])


def section(context: Context, section: Section) -> Iterator[tuple[str, bytes]]:
    """The part of a section, its columns and resources."""
    yield from _part(context, _of_section(section), _section(context, section))


def stage(context: Context, stage: str) -> Iterator[tuple[str, bytes]]:
    """The part of a stage's textbooks."""
    yield from _part(context, _of_stage(stage), _stage(context, stage))


def _of_section(section: Section) -> str:
    return f"section-{section.id}"


def _of_stage(stage: str) -> str:
    return f"textbooks-{stage}"


def _part(context: Context, part: str, rows: Rows) -> Iterator[tuple[str, bytes]]:
    for name, some in _divided(part, rows):
        yield name, _document("urlset", "url", context.site.base_url, some)


def _divided(part: str, rows: Rows) -> Iterator[tuple[str, Rows]]:
    """A part in files of no more addresses than one may have; their numbers follow a dot, which no ID holds."""
    for start in range(0, len(rows), MOST):
        name = f"sitemaps/{part}.xml" if start == 0 else f"sitemaps/{part}.{start // MOST + 1}.xml"
        yield name, rows[start : start + MOST]


def _site(context: Context) -> Rows:
    own = ["" if address == addresses.HOME else address for address, page in addresses.FIXED.items() if page.indexed]
    own += [addresses.audience(id) for id in context.vocabulary.audiences]
    own += [addresses.topic(topic.id) for topic in context.sight.topics]
    own += [link.address for link in context.site.articles]
    return [(address, "") for address in own]


def _section(context: Context, section: Section) -> Rows:
    rows = [(addresses.section(section.id), "")]
    for column in section.columns:
        last = pages_of(len(context.listed(column)), context.settings.page_size)
        rows += [(addresses.column(column, number), "") for number in range(1, last + 1)]
        rows += [(addresses.resource(r), r.changed) for r in own_resources(context, column)]
    return rows


def _stage(context: Context, stage: str) -> Rows:
    rows = [(addresses.stage(stage), "")]
    for subject, shelved in context.shelves[stage].items():
        rows.append((addresses.subject(stage, subject), ""))
        for book in shelved:
            rows.append((addresses.textbook(book.id), ""))
            rows += [
                (addresses.class_hour(book.id, lesson.id, number), "")
                for _, lesson in book.lessons
                for number in range(1, lesson.hours + 1)
            ]
    return rows


def _document(root: str, item: str, base: str, rows: Rows) -> bytes:
    body = "\n".join(
        f"<{item}><loc>{escape(base + address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</{item}>"
        for address, changed in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_SPACE}>\n{body}\n</{root}>\n'.encode()
