"""Views of the textbook chooser, textbooks and lessons."""

from __future__ import annotations

from collections.abc import Iterator

from builder.content.catalogue import ClassHour, Lesson, Textbook, Unit
from builder.content.faces import BookFace
from builder.content.model import TextbookForm
from builder.pages import addresses, structured_data
from builder.pages.assets import asset_views
from builder.pages.context import NO_TEXT, Context, hue
from builder.pages.views import (
    BookCard,
    Cover,
    EditionBox,
    LessonLine,
    LessonView,
    Link,
    Page,
    Sibling,
    StageBox,
    StageView,
    SubjectBox,
    SubjectView,
    Text,
    TextbookView,
    UnitBox,
)


def stage_links(context: Context) -> tuple[Link, ...]:
    """The stages that have textbooks."""
    return tuple(Link(context.term("stages", stage).title, addresses.stage(stage), stage) for stage in context.stages)


def stage_boxes(context: Context) -> tuple[StageBox, ...]:
    """The stages with their subjects."""
    return tuple(
        StageBox(context.term("stages", stage).title, addresses.stage(stage), _subject_links(context, stage))
        for stage in context.stages
    )


def _subject_links(context: Context, stage: str) -> tuple[Link, ...]:
    return tuple(
        Link(context.term("subjects", subject).title, addresses.subject(stage, subject), subject)
        for subject in context.stages[stage]
    )


def _section(context: Context) -> tuple[Link, ...]:
    """The section that the textbooks belong to, as a breadcrumb."""
    return (context.section_link(context.book_section),) if context.book_section else ()


def stage_page(context: Context, stage: str) -> Page:
    """The chooser's first step: the subjects of a stage."""
    address = addresses.stage(stage)
    title = context.term("stages", stage).title
    crumbs = _section(context)
    boxes = []
    for subject, books in context.shelves[stage].items():
        editions = tuple(dict.fromkeys(context.term("editions", book.edition).title for book in books))
        name = context.term("subjects", subject).title
        boxes.append(SubjectBox(subject, name, addresses.subject(stage, subject), editions, len(books), hue(subject)))
    place = structured_data.for_place(context, address, title, (context.home, *crumbs))
    frame = context.frame(address, "stage", title, crumbs=crumbs, section=context.book_section, structured_data=place)
    return Page(address, "stage.html", StageView(frame, stage_links(context), tuple(boxes)))


def subject_page(context: Context, stage: str, subject: str) -> Page:
    """The chooser's second step: editions, and in each the books by grade and volume."""
    address = addresses.subject(stage, subject)
    stage_term, subject_term = context.term("stages", stage), context.term("subjects", subject)
    crumbs = (*_section(context), Link(stage_term.title, addresses.stage(stage), stage))
    editions: dict[str, list[BookFace]] = {}
    for book in context.shelves[stage][subject]:
        editions.setdefault(book.edition, []).append(book)
    title = subject_term.title
    place = structured_data.for_place(context, address, title, (context.home, *crumbs))
    frame = context.frame(
        address,
        "subject",
        Text(f"{stage_term.title.value} · {title.value}", title.attrs),
        crumbs=crumbs,
        section=context.book_section,
        structured_data=place,
    )
    root = addresses.root(address)
    view = SubjectView(
        frame,
        stage_links(context),
        _subject_links(context, stage),
        stage,
        subject,
        tuple(
            EditionBox(id, context.term("editions", id).title, tuple(_book_card(context, book, root) for book in books))
            for id, books in editions.items()
        ),
    )
    return Page(address, "subject.html", view)


def _cover(context: Context, book: BookFace | TextbookForm, file: str, root: str) -> Cover:
    picture = context.picture(book.cover, file, root)
    return Cover(picture, hue(book.subject), "textbook", context.term("subjects", book.subject).title)


def _book_card(context: Context, book: BookFace, root: str) -> BookCard:
    return BookCard(
        context.text(book.title),
        addresses.textbook(book.id),
        _cover(context, book, book.file, root),
        context.grades(book.grades),
        context.term("volumes", book.volume).title,
        book.generation or "",
        book.class_hours,
    )


def textbook_pages(context: Context, book: Textbook) -> Iterator[Page]:
    """A textbook's page and the pages of all its class hours: they depend on nothing but the book."""
    form = book.form
    stage, subject = context.term("stages", form.stage), context.term("subjects", form.subject)
    crumbs = (
        *_section(context),
        Link(stage.title, addresses.stage(form.stage), form.stage),
        Link(subject.title, addresses.subject(form.stage, form.subject), form.subject),
    )
    yield _textbook_page(context, book, crumbs)
    hours = [(unit, lesson, hour) for unit, lesson in book.lessons for hour in lesson.hours]
    links = [
        Link(
            context.text(lesson.title, book.form.language),
            addresses.class_hour(book.id, lesson.id, hour.number),
            more=_which(context, lesson, hour),
        )
        for _, lesson, hour in hours
    ]
    crumbs = (*crumbs, Link(context.text(book.title), addresses.textbook(book.id), book.id))
    for place, (unit, lesson, hour) in enumerate(hours):
        previous = links[place - 1] if place else None
        following = links[place + 1] if place + 1 < len(links) else None
        yield _lesson_page(context, book, unit, lesson, hour, crumbs, previous, following)


def _textbook_page(context: Context, book: Textbook, crumbs: tuple[Link, ...]) -> Page:
    form = book.form
    address = addresses.textbook(book.id)
    title = context.text(form.title)
    edition = context.term("editions", form.edition)
    frame = context.frame(
        address,
        "textbook",
        title,
        summary=f"{crumbs[-2].title.value} · {crumbs[-1].title.value} · {edition.title.value}",
        crumbs=crumbs,
        section=context.book_section,
        structured_data=structured_data.for_textbook(context, book, (context.home, *crumbs)),
        file=book.file,
    )
    view = TextbookView(
        frame=frame,
        cover=_cover(context, form, book.file, addresses.root(address)),
        stage=context.term("stages", form.stage),
        subject=context.term("subjects", form.subject),
        edition=edition,
        grade=context.grades(book.grades),
        volume=context.term("volumes", form.volume).title,
        generation=form.generation or "",
        publisher=form.publisher or "",
        language=context.language_of(form.language),
        licence=context.licence(form.licence),
        note=context.text(form.note) if form.note else None,
        class_hours=book.class_hours,
        units=tuple(_unit_box(context, book, unit, number) for number, unit in enumerate(book.units, 1)),
        siblings=tuple(
            Sibling(context.text(other.title), addresses.textbook(other.id), other.generation or "")
            for other in context.sight.textbooks.values()
        ),
    )
    return Page(address, "textbook.html", view)


def _unit_box(context: Context, book: Textbook, unit: Unit, number: int) -> UnitBox:
    return UnitBox(
        context.text(unit.form.title, book.form.language),
        f"_unit-{number}",
        tuple(_lesson_line(context, book, lesson) for lesson in unit.lessons),
    )


def _lesson_line(context: Context, book: Textbook, lesson: Lesson) -> LessonLine:
    form, language = lesson.form, book.form.language
    return LessonLine(
        form.number or 0,
        context.text(form.title, language),
        addresses.class_hour(book.id, lesson.id),
        tuple(context.text(part, language) for part in form.parts),
        context.text(form.section, language),
        _tabs(context, book, lesson),
        sum(len(hour.assets) for hour in lesson.hours),
    )


def _tabs(context: Context, book: Textbook, lesson: Lesson) -> tuple[Link, ...]:
    if len(lesson.hours) == 1:
        return ()
    return tuple(
        Link(context.text(hour.form.title), addresses.class_hour(book.id, lesson.id, hour.number), str(hour.number))
        for hour in lesson.hours
    )


def _which(context: Context, lesson: Lesson, hour: ClassHour) -> Text:
    """Which of a lesson's class hours it is: its title, or else its number; empty where it is the only one."""
    if len(lesson.hours) == 1:
        return NO_TEXT
    if hour.form.title:
        return context.text(hour.form.title)
    return Text(context.strings["class_hour_number"].format(number=hour.number))


def _lesson_page(
    context: Context,
    book: Textbook,
    unit: Unit,
    lesson: Lesson,
    hour: ClassHour,
    crumbs: tuple[Link, ...],
    previous: Link | None,
    following: Link | None,
) -> Page:
    form = book.form
    address = addresses.class_hour(book.id, lesson.id, hour.number)
    name, which = context.text(lesson.title, form.language), _which(context, lesson, hour)
    title = Text(f"{name.value} {which.value}".rstrip(), name.attrs)
    unit_title = context.text(unit.form.title, form.language)
    frame = context.frame(
        address,
        "lesson",
        title,
        summary=hour.summary.summary or f"{crumbs[-1].title.value} · {unit_title.value}",
        crumbs=crumbs,
        section=context.book_section,
        structured_data=structured_data.for_class_hour(context, book, lesson, hour, title, (context.home, *crumbs)),
        file=book.file,
    )
    teacher = hour.form.teacher
    view = LessonView(
        frame=frame,
        lesson=name,
        textbook=crumbs[-1],
        unit=unit_title,
        number=lesson.form.number or 0,
        section=context.text(lesson.form.section, form.language),
        parts=tuple([context.text(part, form.language) for part in lesson.form.parts]),
        tabs=_tabs(context, book, lesson),
        tab=hour.number - 1,
        hour=which,
        teacher=teacher.name if teacher else "",
        school=(teacher.school or "") if teacher else "",
        seconds=hour.form.duration or 0,
        summary=context.body(hour.summary, book.file, addresses.root(address)),
        body_attrs=context.attrs(form.language),
        assets=asset_views(context, hour.assets, book.file),
        cover=_cover(context, form, book.file, addresses.root(address)),
        stage=context.term("stages", form.stage),
        subject=context.term("subjects", form.subject),
        edition=context.term("editions", form.edition),
        grade=context.grades(book.grades),
        volume=context.term("volumes", form.volume).title,
        keywords=context.words(lesson.form.keywords, form.language),
        licence=context.licence(form.licence),
        note=context.text(lesson.form.note) if lesson.form.note else None,
        previous=previous,
        next=following,
    )
    return Page(address, "lesson.html", view)
