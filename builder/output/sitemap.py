"""The sitemap in parts (sitemaps.org protocol 0.9: at most 50,000 addresses and 50 MB each)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from builder.pages import addresses
from builder.pages.context import Context
from builder.pages.directory import pages_of

MOST = 40_000  # addresses of a part; at 1,200 bytes each still under 50 MB
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(context: Context) -> Iterator[tuple[str, bytes]]:
    """The index and its parts: the site's own pages, each section, the textbooks of each stage."""
    names = []
    for name, rows in _parts(context).items():
        for start in range(0, len(rows), MOST):
            part = f"sitemaps/{name}.xml" if start == 0 else f"sitemaps/{name}-{start // MOST + 1}.xml"
            names.append(part)
            yield part, _document("urlset", "url", context.site.base_url, rows[start : start + MOST])
    yield "sitemap.xml", _document("sitemapindex", "sitemap", context.site.base_url, [(name, "") for name in names])


def _parts(context: Context) -> dict[str, list[tuple[str, str]]]:
    """Pairs of address and date of the last change, by part."""
    catalogue = context.catalogue
    general = [
        addresses.HOME,
        addresses.NEW,
        addresses.LINKS,
        addresses.HOTLINES,
        addresses.FIGURES,
        addresses.OPERATION,
    ]
    general += [addresses.audience(id) for id in catalogue.vocabulary.audiences]
    general += [addresses.topic(topic.id) for topic in catalogue.topics]
    general += [addresses.article(article.id) for article in catalogue.articles]
    parts: dict[str, list[tuple[str, str]]] = {"site": [("" if a == addresses.HOME else a, "") for a in general]}
    for section in catalogue.sections:
        rows = parts[f"section-{section.id}"] = [(addresses.section(section.id), "")]
        for column in section.columns:
            last = pages_of(len(column.resources), context.settings.page_size)
            rows += [(addresses.column(column, number), "") for number in range(1, last + 1)]
            rows += [(addresses.resource(r), r.changed) for r in column.resources if r.column == column.id]
    for stage, subjects in context.shelves.items():
        rows = parts[f"textbooks-{stage}"] = [(addresses.stage(stage), "")]
        for subject, books in subjects.items():
            rows.append((addresses.subject(stage, subject), ""))
            for book in books:
                rows.append((addresses.textbook(book.id), ""))
                rows += [
                    (addresses.class_hour(book, lesson, hour.number), "")
                    for _, lesson in book.lessons
                    for hour in lesson.hours
                ]
    return parts


def _document(root: str, item: str, base: str, rows: list[tuple[str, str]]) -> bytes:
    body = "\n".join(
        f"<{item}><loc>{escape(base + address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</{item}>"
        for address, changed in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_SPACE}>\n{body}\n</{root}>\n'.encode()
