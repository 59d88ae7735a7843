"""Views of the lists at the top: linked sites and hotlines."""

from __future__ import annotations

from urllib.parse import urlsplit

from builder.pages import addresses, structured_data
from builder.pages.context import Context
from builder.pages.views import HotlinesView, HotlineView, LinkedSite, LinksView, Page, Text


def links_page(context: Context, title: Text) -> Page:
    """Linked professional sites."""
    place = structured_data.for_place(context, addresses.LINKS, title, (context.home,))
    frame = context.frame(addresses.LINKS, "links", title, structured_data=place, file="content/links.yaml")
    return Page(addresses.LINKS, "links.html", LinksView(frame, linked_sites(context)))


def hotlines_page(context: Context, title: Text) -> Page:
    """Hotlines whose numbers are fresh enough to publish."""
    place = structured_data.for_place(context, addresses.HOTLINES, title, (context.home,))
    frame = context.frame(addresses.HOTLINES, "hotlines", title, structured_data=place, file="content/hotlines.yaml")
    return Page(addresses.HOTLINES, "hotlines.html", HotlinesView(frame, hotline_views(context)))


def linked_sites(context: Context) -> tuple[LinkedSite, ...]:
    """All linked sites."""
    return tuple(
        LinkedSite(
            link.id,
            context.text(link.title),
            link.url or "",
            urlsplit(link.url).hostname or "" if link.url else "",
            context.text(link.summary),
            link.verified_on.isoformat() if link.verified_on else "",
            link.archived_url or "",
        )
        for link in context.sight.linked
    )


def hotline_views(context: Context) -> tuple[HotlineView, ...]:
    """All fresh hotlines."""
    return tuple(
        HotlineView(
            line.id,
            context.text(line.title),
            line.number,
            context.text(line.operator),
            context.text(line.area),
            context.text(line.hours),
            context.terms("audiences", line.audience),
            context.terms("languages", line.languages),
            line.verified_on.isoformat(),
            line.source_url or "",
        )
        for line in context.sight.hotlines
    )
