"""Views of the pages that belong to no section: home, audiences, what's new, search, texts, former addresses."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest

from builder.content.catalogue import Article
from builder.content.faces import ResourceFace
from builder.pages import addresses, structured_data
from builder.pages.books import stage_boxes, stage_links
from builder.pages.context import NO_TEXT, Context, Moved
from builder.pages.fixed import fixed_frame, fixed_page
from builder.pages.resources import section_box, topic_cover
from builder.pages.views import (
    ArticleView,
    AudienceView,
    Card,
    HomeView,
    Link,
    MonthBox,
    MovedView,
    NewView,
    NotFoundView,
    Page,
    SearchView,
    Term,
    Text,
)

LATEST_AT_HOME = 8
LATEST_FOR_AUDIENCE = 24
LATEST = 100


def home_page(context: Context) -> Page:
    """The home page."""
    title = context.site.title
    latest = newest(context.resources.values(), LATEST_AT_HOME)
    topics = tuple(
        Card(
            title=context.text(topic.title),
            original=NO_TEXT,
            address=addresses.topic(topic.id),
            summary=context.text(topic.form.summary),
            cover=topic_cover(context, topic, ""),
            kind=Term("topic", NO_TEXT),
            facts=(),
            date="",
        )
        for topic in context.sight.topics
    )
    view = HomeView(
        context.frame(addresses.HOME, "home", title, summary=title.value, file="site.yaml"),
        stage_links(context),
        tuple(section_box(context, section) for section in context.sections),
        topics,
        tuple(context.card(resource, "", is_news=True) for resource in latest),
        context.sums,
    )
    return fixed_page(view)


def audience_page(context: Context, id: str) -> Page:
    """What is there for pupils, teachers or parents."""
    address = addresses.audience(id)
    title = context.term("audiences", id).title
    resources = context.resources.values()
    latest = newest((resource for resource in resources if id in resource.audience), LATEST_FOR_AUDIENCE)
    root = addresses.root(address)
    place = structured_data.for_place(context, address, title, (context.home,))
    view = AudienceView(
        context.frame(address, "audience", title, structured_data=place),
        id,
        stage_links(context),
        tuple(section_box(context, section) for section in context.sections if id in section.form.audience),
        tuple(context.card(resource, root, is_news=True) for resource in latest),
    )
    return Page(address, "audience.html", view)


def new_page(context: Context) -> Page:
    """What's new, by month."""
    months: dict[str, list[Card]] = {}
    for resource in newest(context.resources.values(), LATEST):
        months.setdefault(resource.changed[:7], []).append(context.card(resource, "", is_news=True))
    boxes = tuple(MonthBox(month, tuple(cards)) for month, cards in months.items())
    return fixed_page(NewView(fixed_frame(context, addresses.NEW), boxes))


def search_page(context: Context) -> Page:
    """Search: the chooser and the column lists."""
    boxes = tuple(section_box(context, section) for section in context.sections)
    return fixed_page(SearchView(fixed_frame(context, addresses.SEARCH), stage_boxes(context), boxes))


def article_page(context: Context, article: Article) -> Page:
    """A page of text."""
    address = addresses.article(article.id)
    title, summary = context.text(article.title), context.text(article.form.summary)
    place = structured_data.for_place(context, address, title, (context.home,))
    frame = context.frame(address, "article", title, summary=summary.value, structured_data=place, file=article.file)
    body = context.body(article.body, article.file, addresses.root(address))
    anchors = tuple(Link(Text(heading.title), f"#{heading.anchor}") for heading in article.body.headings)
    return Page(address, "article.html", ArticleView(frame, summary, body, anchors))


def not_found_page(context: Context) -> Page:
    """404: served at any depth, so its links begin with the path of `base_url`."""
    chrome = context.chrome(context.base_path, "", addresses.NOT_FOUND)
    frame = fixed_frame(context, addresses.NOT_FOUND)._replace(chrome=chrome)
    return fixed_page(NotFoundView(frame, stage_links(context)))


def moved_page(context: Context, move: Moved) -> Page:
    """A former address."""
    target = None
    if move.target is not None:
        fixed = addresses.FIXED.get(move.target)
        title = Text(context.strings[fixed.title]) if fixed else context.text(move.title)
        target = Link(title, move.target)
    title = target.title if target else Text(context.strings["gone"])
    frame = context.frame(move.address, "moved", title, indexed=False)
    reason = context.text(move.reason) if move.reason else None
    return Page(move.address, "moved.html", MovedView(frame, move.kind, target, reason, move.date))


def newest(resources: Iterable[ResourceFace], most: int) -> list[ResourceFace]:
    """The resources changed last, newest first."""
    return nsmallest(most, resources, key=_newest_first)


def _newest_first(resource: ResourceFace) -> tuple[int, str]:
    return -(resource.updated or resource.date).toordinal(), resource.id
