"""Views of sections, columns, resources and topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.content.catalogue import Column, Resource, Section, Topic
from builder.content.faces import ResourceFace
from builder.pages import addresses, structured_data
from builder.pages.assets import asset_views
from builder.pages.books import stage_boxes, stage_links
from builder.pages.context import Context, hue
from builder.pages.directory import pages_of
from builder.pages.lists import hotline_views, linked_sites
from builder.pages.views import (
    ColumnBox,
    ColumnView,
    Cover,
    Page,
    Pager,
    ResourceView,
    SectionBox,
    SectionView,
    TopicView,
)

_GLIMPSE = 3  # newest resources of a column shown on its section's page


def section_page(context: Context, section: Section) -> Page:
    """A section: its columns with a glimpse of each."""
    address = addresses.section(section.id)
    title, summary = context.text(section.title), context.text(section.form.summary)
    frame = context.frame(
        address,
        "section",
        title,
        summary=summary.value,
        section=section.id,
        structured_data=structured_data.for_place(context, address, title, (context.home,)),
        feed=context.feed(section.id),
        file=section.file,
    )
    view = SectionView(
        frame,
        summary,
        section.form.since.isoformat() if section.form.since else "",
        context.terms("audiences", section.form.audience),
        stage_links(context) if section.shows_textbooks else (),
        tuple(column_box(context, column) for column in section.columns),
    )
    return Page(address, "section.html", view)


def column_pages(context: Context, column: Column) -> Iterator[Page]:
    """A column: the pages of its list."""
    size = context.settings.page_size
    listed = context.listed(column)
    total = len(listed)
    title, summary = context.text(column.title), context.text(column.form.summary)
    crumbs = (context.section_link(column.section),)
    for number in range(1, pages_of(total, size) + 1):
        address = addresses.column(column, number)
        root = addresses.root(address)
        frame = context.frame(
            address,
            "column",
            title,
            summary=summary.value,
            crumbs=crumbs,
            section=column.section,
            structured_data=structured_data.for_place(context, address, title, (context.home, *crumbs)),
            feed=context.feed(column.section),
            file=column.file,
        )
        layout = column.form.layout
        shown = listed[(number - 1) * size : number * size]
        view = ColumnView(
            frame=frame,
            summary=summary,
            layout=layout,
            evidence=column.form.evidence or "",
            cards=tuple(context.card(resource, root) for resource in shown),
            pager=_pager(column, number, pages_of(total, size), total),
            stages=stage_boxes(context) if column.shows_textbooks else (),
            links=linked_sites(context) if layout == "links" else (),
            hotlines=hotline_views(context) if layout == "hotlines" else (),
        )
        yield Page(address, "column.html", view)


def resource_pages(context: Context, column: Column, records: Iterable[Resource]) -> Iterator[Page]:
    """The column's own resources, each with its neighbours in the list.

    Args:
        context: which sees the column's list.
        column: that they belong to.
        records: of the resources, in the order of the list.
    """
    own = own_resources(context, column)
    for place, resource in enumerate(records):
        previous = own[place - 1] if place else None
        following = own[place + 1] if place + 1 < len(own) else None
        yield _resource_page(context, column, resource, own[place], previous, following)


def own_resources(context: Context, column: Column) -> list[ResourceFace]:
    """The resources that belong to a column, without those that it lists from elsewhere."""
    return [resource for resource in context.listed(column) if resource.column == column.id]


def _resource_page(
    context: Context,
    column: Column,
    resource: Resource,
    face: ResourceFace,
    previous: ResourceFace | None,
    following: ResourceFace | None,
) -> Page:
    form = resource.form
    address = addresses.resource(resource)
    root = addresses.root(address)
    crumbs = (context.section_link(column.section), context.column_link(column))
    title, summary = context.text(form.title), context.summary(face)
    card = context.card(face, root)
    replacement = context.sight.replacements.get(form.replaced_by or "")
    frame = context.frame(
        address,
        "resource",
        title,
        summary=summary.value,
        crumbs=crumbs,
        section=resource.section,
        structured_data=structured_data.for_resource(context, resource, summary, (context.home, *crumbs)),
        feed=context.feed(resource.section),
        file=resource.file,
    )
    view = ResourceView(
        frame=frame,
        original=card.original,
        cover=card.cover,
        kind=card.kind,
        date=form.date.isoformat(),
        updated=form.updated.isoformat() if form.updated else "",
        body=context.body(resource.body, resource.file, root),
        body_attrs=context.attrs(form.language),
        assets=asset_views(context, form.assets, resource.file),
        stages=context.terms("stages", form.stages),
        grades=context.terms("grades", form.grades),
        subjects=context.terms("subjects", form.subjects),
        audiences=context.terms("audiences", form.audience),
        keywords=context.words(form.keywords, form.language),
        authors=context.people(form.authors),
        source=form.source or "",
        language=context.language_of(form.language),
        licence=context.licence(form.licence or context.settings.licence),
        also_in=tuple(
            [
                context.column_link(context.columns[id])
                for name in form.also_in
                if (id := name.partition("/")[2]) in context.columns
            ]
        ),
        replaced_by=context.resource_link(replacement) if replacement else None,
        previous=context.resource_link(previous) if previous else None,
        next=context.resource_link(following) if following else None,
        is_draft=card.is_draft,
        appears=card.appears,
    )
    return Page(address, "resource.html", view)


def topic_page(context: Context, topic: Topic) -> Page:
    """A special topic."""
    address = addresses.topic(topic.id)
    root = addresses.root(address)
    title, summary = context.text(topic.title), context.text(topic.form.summary)
    frame = context.frame(
        address,
        "topic",
        title,
        summary=summary.value,
        structured_data=structured_data.for_place(context, address, title, (context.home,)),
        file=topic.file,
    )
    view = TopicView(
        frame,
        summary,
        context.body(topic.body, topic.file, root),
        tuple(column_box(context, column) for column in topic.columns),
        tuple(context.card(resource, root) for resource in topic.resources),
    )
    return Page(address, "topic.html", view)


def topic_cover(context: Context, topic: Topic, root: str) -> Cover:
    """What stands for a topic in lists."""
    return Cover(context.picture(topic.form.cover, topic.file, root), hue(topic.id), "topic", context.text(topic.title))


def section_box(context: Context, section: Section) -> SectionBox:
    """A section with its columns and how much is in it."""
    return SectionBox(
        section.id,
        context.text(section.title),
        addresses.section(section.id),
        context.text(section.form.summary),
        tuple(context.column_link(column) for column in section.columns),
        *_shown_in(context, section),
    )


def column_box(context: Context, column: Column) -> ColumnBox:
    """A column with a glimpse of what is in it."""
    newest = tuple(context.resource_link(resource) for resource in context.listed(column)[:_GLIMPSE])
    return ColumnBox(
        context.text(column.title),
        addresses.column(column),
        context.text(column.form.summary),
        column.form.layout,
        len(context.listed(column)),
        newest,
    )


def count_own(context: Context, column: Column) -> int:
    """How many resources belong to a column: class hours to the first that shows the textbooks, so each counts once."""
    return len(own_resources(context, column)) + (context.class_hours if column == context.book_column else 0)


def _shown_in(context: Context, section: Section) -> tuple[int, int]:
    """How many resources a reader finds in a section, whichever columns list them, and how many are class hours."""
    listed = {resource.id for column in section.columns for resource in context.listed(column)}
    hours = context.class_hours if section.shows_textbooks else 0
    return len(listed) + hours, hours


def _pager(column: Column, number: int, last: int, total: int) -> Pager:
    """The first and last pages, this one and its neighbours; 0 stands for a gap."""
    near = sorted({1, 2, last - 1, last, number - 1, number, number + 1} & set(range(1, last + 1)))
    pages: list[tuple[int, str]] = []
    for page in near:
        if pages and page > pages[-1][0] + 1:
            pages.append((0, ""))
        pages.append((page, addresses.column(column, page)))
    return Pager(
        number,
        tuple(pages) if last > 1 else (),
        addresses.column(column, number - 1) if number > 1 else "",
        addresses.column(column, number + 1) if number < last else "",
        total,
    )
