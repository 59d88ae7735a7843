"""Views of the lists at the top: linked sites and hotlines."""

from __future__ import annotations

from urllib.parse import urlsplit

from builder.content.model import LinkForm
from builder.pages import addresses
from builder.pages.context import Context
from builder.pages.fixed import fixed_frame, fixed_page
from builder.pages.views import HotlinesView, HotlineView, LinkedSite, LinksView, Page


def links_page(context: Context) -> Page:
    """Linked professional sites."""
    return fixed_page(LinksView(fixed_frame(context, addresses.LINKS), linked_sites(context)))


def hotlines_page(context: Context) -> Page:
    """Hotlines whose numbers are fresh enough to publish."""
    return fixed_page(HotlinesView(fixed_frame(context, addresses.HOTLINES), hotline_views(context)))


def linked_sites(context: Context) -> tuple[LinkedSite, ...]:
    """All linked sites; one whose address nobody has verified is only named."""
    return tuple(_linked_site(context, link) for link in context.sight.linked)


def _linked_site(context: Context, link: LinkForm) -> LinkedSite:
    address = link.url if link.url and link.verified_on else ""
    return LinkedSite(
        link.id,
        context.text(link.title),
        address,
        urlsplit(address).hostname or "",
        context.text(link.summary),
        link.verified_on.isoformat() if link.verified_on else "",
        link.archived_url or "",
    )


def hotline_views(context: Context) -> tuple[HotlineView, ...]:
    """All fresh hotlines."""
    return tuple(
        HotlineView(
            id=line.id,
            title=context.text(line.title),
            number=line.number,
            operator=context.text(line.operator),
            area=context.text(line.area),
            hours=context.text(line.hours),
            audiences=context.terms("audiences", line.audience),
            languages=context.terms("languages", line.languages),
            verified_on=line.verified_on.isoformat(),
            source=line.source_url or "",
        )
        for line in context.sight.hotlines
    )
