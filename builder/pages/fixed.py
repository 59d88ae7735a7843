"""What the pages that every site has are made of in the same way."""

from __future__ import annotations

from builder.pages import addresses, structured_data
from builder.pages.context import NO_MARKUP, Context
from builder.pages.views import Frame, Page, Text, View


def fixed_frame(context: Context, address: str) -> Frame:
    """The frame of a page that every site has.

    Args:
        context: of the site.
        address: one of `FIXED`.
    """
    known = addresses.FIXED[address]
    title = Text(context.strings[known.title])
    place = structured_data.for_place(context, address, title, (context.home,)) if known.indexed else NO_MARKUP
    return context.frame(address, known.kind, title, structured_data=place, file=known.file, indexed=known.indexed)


def fixed_page(view: View) -> Page:
    """A page that every site has, by its view."""
    address = view.frame.address
    return Page(address, f"{addresses.FIXED[address].kind}.html", view)
