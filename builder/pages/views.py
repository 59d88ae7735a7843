"""One view for each page type: plain frozen data, and all that its template may see.

Views are named tuples, because a build makes a million of these values: they are made faster than any class, hold no
dictionary, compare and hash by content. Addresses count from the site's root; a template writes `{{ frame.root }}`
before them. Texts of people are `Text`, which knows when its language differs from the page's.
"""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup


class Text(NamedTuple):
    """A text of the content.

    Args:
        value: the text.
        attrs: ` lang="ug" dir="rtl"` where it is in another language than the page, to stand in the start tag of the
            element that holds nothing else; empty otherwise.
    """

    value: str
    attrs: Markup = Markup("")


class Link(NamedTuple):
    """A way to another page.

    Args:
        title: what to call it.
        address: from the site's root, or an http(s) address; empty where there is only a name.
        id: of the record behind it, for marking the current one.
        more: what stands behind the title, in a language of its own: which class hour of a lesson.
    """

    title: Text
    address: str
    id: str = ""
    more: Text = Text("")


class Term(NamedTuple):
    """An entry of a vocabulary: its ID (of a kind, that of its icon too) and its name in the page's language."""

    id: str
    title: Text


class Site(NamedTuple):
    """What every page of the site shares."""

    title: Text
    language: str
    direction: str
    base_url: str
    owner: Text
    licence: Link | None
    sections: tuple[Link, ...]
    audiences: tuple[Link, ...]
    articles: tuple[Link, ...]
    search: bool


class Chrome(NamedTuple):
    """What many pages have in common, so that it is rendered once for all of them: their head and their foot.

    Args:
        site: shared by all pages.
        root: the way from the page to the site's root: empty, `../`, `../../` ...
        section: ID of the section that the page belongs to.
        current: address of the page where the head leads to it; empty on all others.
    """

    site: Site
    root: str
    section: str
    current: str


class Frame(NamedTuple):
    """What stands round the content of every page.

    Args:
        chrome: what it shares with other pages, for the fragments of head and foot.
        address: of this page, from the root.
        type: the page's type, the template's name without `.html`.
        title: the h1.
        summary: for search engines, plain text.
        breadcrumbs: from the home page to the page above this one.
        structured_data: JSON-LD, escaped for a script element.
        feed: the Atom feed that belongs to the page, with the feed's own title.
        edit_url: where an editor can change the page's source.
        indexed: whether search engines may list it.
    """

    chrome: Chrome
    address: str
    type: str
    title: Text
    summary: str
    breadcrumbs: tuple[Link, ...]
    structured_data: Markup
    feed: Link | None
    edit_url: str
    indexed: bool

    @property
    def site(self) -> Site:
        """Shared by all pages."""
        return self.chrome.site

    @property
    def root(self) -> str:
        """The way from this page to the site's root: empty, `../`, `../../` ..."""
        return self.chrome.root

    @property
    def canonical(self) -> str:
        """The page's address on the web."""
        return self.site.base_url + ("" if self.address == "index.html" else self.address)


class Picture(NamedTuple):
    """A given cover in several sizes.

    Args:
        src: address of the fallback (JPEG or PNG).
        sources: pairs of media type and `srcset`, best first; the addresses in a srcset carry the root already.
        width: of the fallback in pixels.
        height: of the fallback in pixels.
        alt: text alternative.
    """

    src: str
    sources: tuple[tuple[str, str], ...]
    width: int
    height: int
    alt: Text


class Cover(NamedTuple):
    """What stands for a record in lists: a picture, or a quiet drawing made of these words.

    Args:
        picture: where one is given.
        hue: 0 to 11, by the ID of the subject, column or topic alone, so that like things look alike.
        kind: ID of the kind, for its sign.
        label: the subject, or else the kind; of a topic, its title.
    """

    picture: Picture | None
    hue: int
    kind: str
    label: Text


class Card(NamedTuple):
    """A record in a list.

    Args:
        title: of the record.
        original: its title in its own language, where the page shows another; empty otherwise.
        address: of its page.
        summary: its first words.
        cover: picture or drawing.
        kind: video, exercises, class hour ...
        facts: short words such as stage, grades and subject.
        date: ISO date, or empty: of its publication, or in lists of what is new, of its last change.
        change: in lists of what is new, `published` or `updated`; empty in all others.
        is_draft: it is shown with `--drafts` only.
        appears: the day on which it appears, where that has not come and `--drafts` shows it before; otherwise empty.
    """

    title: Text
    original: Text
    address: str
    summary: Text
    cover: Cover
    kind: Term
    facts: tuple[Text, ...]
    date: str
    change: str = ""
    is_draft: bool = False
    appears: str = ""


class Pager(NamedTuple):
    """Pages of a list.

    Args:
        number: this page, from 1.
        pages: pairs of number and address; number 0 stands for a gap.
        previous: address, or empty.
        next: address, or empty.
        total: records in the whole list.
    """

    number: int
    pages: tuple[tuple[int, str], ...]
    previous: str
    next: str
    total: int


class CaptionView(NamedTuple):
    """A caption track: its language's tag and name, its address."""

    language: str
    title: Text
    src: str


class AssetView(NamedTuple):
    """One thing to watch, hear, read or fill in.

    Args:
        type: video, audio, courseware, document, worksheet, exercises, lesson-plan, picture, textbook or other;
            its name is the string `asset_<type>` with `_` for `-`.
        title: only where several of one type are told apart.
        src: address; relative ones count from the root.
        external: it lies on another host, so it is not part of a copy of the site.
        format: short name for people, such as MP4 or PDF.
        media_type: such as video/mp4.
        bytes: size, 0 where not known.
        seconds: duration, 0 where not known or none.
        captions: tracks.
        audiences: for whom, where not for all.
        player: video, audio, picture, or empty where it is downloaded.
        has_poster: a cover can stand in its player until it is played.
        width: of a picture in pixels, 0 where not known or none.
        height: likewise.
    """

    type: str
    title: Text | None
    src: str
    external: bool
    format: str
    media_type: str
    bytes: int
    seconds: int
    captions: tuple[CaptionView, ...]
    audiences: tuple[Term, ...]
    player: str
    has_poster: bool
    width: int
    height: int


class ApartView(NamedTuple):
    """Assets that are for some readers only."""

    audiences: tuple[Term, ...]
    players: tuple[AssetView, ...]
    files: tuple[AssetView, ...]


class AssetsView(NamedTuple):
    """What belongs to a resource or class hour.

    Args:
        players: for everybody, to watch, hear and look at.
        files: for everybody, to download.
        apart: for some readers only, a group for each choice of readers.
        external: some of it lies on another host.
        has_poster: a cover can stand in one of the players for everybody.
    """

    players: tuple[AssetView, ...]
    files: tuple[AssetView, ...]
    apart: tuple[ApartView, ...]
    external: bool
    has_poster: bool


class Sums(NamedTuple):
    """How much the catalogue holds.

    Args:
        resources: all: those of the columns, each once, and the class hours.
        in_columns: those of the columns.
        class_hours: of all textbooks.
        with_material: class hours that have something to watch, hear, read or fill in.
        textbooks: all.
        with_contents: textbooks whose lessons are known.
    """

    resources: int
    in_columns: int
    class_hours: int
    with_material: int
    textbooks: int
    with_contents: int


class SectionBox(NamedTuple):
    """A section on the home page; `resources` are those that its columns list, each once, `class_hours` among them."""

    id: str
    title: Text
    address: str
    summary: Text
    columns: tuple[Link, ...]
    resources: int
    class_hours: int


class HomeView(NamedTuple):
    """The home page."""

    frame: Frame
    stages: tuple[Link, ...]
    sections: tuple[SectionBox, ...]
    topics: tuple[Card, ...]
    latest: tuple[Card, ...]
    sums: Sums


class ColumnBox(NamedTuple):
    """A column on its section's page; `resources` are all that its list shows."""

    title: Text
    address: str
    summary: Text
    layout: str
    resources: int
    latest: tuple[Link, ...]


class SectionView(NamedTuple):
    """A section: its columns with a glimpse of each; `since` is the day it came, empty where that is not known."""

    frame: Frame
    summary: Text
    since: str
    audiences: tuple[Term, ...]
    stages: tuple[Link, ...]
    columns: tuple[ColumnBox, ...]


class ColumnView(NamedTuple):
    """A column: one page of its list; `stages`, `links` and `hotlines` are filled for the layouts that show them."""

    frame: Frame
    summary: Text
    layout: str
    evidence: str
    cards: tuple[Card, ...]
    pager: Pager
    stages: tuple[StageBox, ...]
    links: tuple[LinkedSite, ...]
    hotlines: tuple[HotlineView, ...]


class StageBox(NamedTuple):
    """A school stage with its subjects."""

    title: Text
    address: str
    subjects: tuple[Link, ...]


class ResourceView(NamedTuple):
    """A resource.

    Args:
        original: its title in its own language, where the page shows another.
        is_draft: it is shown with `--drafts` only.
        appears: the day on which it appears, where that has not come and `--drafts` shows it before; otherwise empty.
    """

    frame: Frame
    original: Text
    cover: Cover
    kind: Term
    date: str
    updated: str
    body: Markup
    body_attrs: Markup
    assets: AssetsView | None
    stages: tuple[Term, ...]
    grades: tuple[Term, ...]
    subjects: tuple[Term, ...]
    audiences: tuple[Term, ...]
    keywords: tuple[Text, ...]
    authors: tuple[str, ...]
    source: str
    language: Term | None
    licence: Link | None
    also_in: tuple[Link, ...]
    replaced_by: Link | None
    previous: Link | None
    next: Link | None
    is_draft: bool
    appears: str


class StageView(NamedTuple):
    """The chooser's first step: the subjects of a stage. `stages` are all stages, for switching."""

    frame: Frame
    stages: tuple[Link, ...]
    subjects: tuple[SubjectBox, ...]


class SubjectBox(NamedTuple):
    """A subject of a stage: its editions are named so that a reader sees what is there."""

    id: str
    title: Text
    address: str
    editions: tuple[Text, ...]
    textbooks: int
    hue: int


class SubjectView(NamedTuple):
    """The chooser's second step: editions, and in each the books by grade and volume."""

    frame: Frame
    stages: tuple[Link, ...]
    subjects: tuple[Link, ...]
    stage: str
    subject: str
    editions: tuple[EditionBox, ...]


class EditionBox(NamedTuple):
    """An edition's books of one subject and stage, in the order of grades and volumes."""

    id: str
    title: Text
    books: tuple[BookCard, ...]


class BookCard(NamedTuple):
    """A textbook in the chooser.

    Args:
        generation: new, old or empty.
        class_hours: 0 where its table of contents is not known yet.
    """

    title: Text
    address: str
    cover: Cover
    grade: Text
    volume: Text
    generation: str
    class_hours: int


class LessonLine(NamedTuple):
    """A lesson in its textbook's table of contents; `hours` are its class hours where there are several."""

    number: int
    title: Text
    address: str
    parts: tuple[Text, ...]
    section: Text
    hours: tuple[Link, ...]
    assets: int


class UnitBox(NamedTuple):
    """A unit in its textbook's table of contents."""

    title: Text
    anchor: str
    lessons: tuple[LessonLine, ...]


class Sibling(NamedTuple):
    """Another book of the same series; `generation`, new, old or empty, tells apart those of one title."""

    title: Text
    address: str
    generation: str


class TextbookView(NamedTuple):
    """A textbook."""

    frame: Frame
    cover: Cover
    stage: Term
    subject: Term
    edition: Term
    grade: Text
    volume: Text
    generation: str
    publisher: str
    language: Term | None
    licence: Link | None
    note: Text | None
    class_hours: int
    units: tuple[UnitBox, ...]
    siblings: tuple[Sibling, ...]


class LessonView(NamedTuple):
    """A class hour.

    Args:
        lesson: the lesson's title; that of the frame has the class hour's behind it, where there are several.
        tabs: the class hours of its lesson, where there are several.
        tab: which of them this is, from 0.
        hour: its own title, or its number; empty where it is the only one.
    """

    frame: Frame
    lesson: Text
    textbook: Link
    unit: Text
    number: int
    section: Text
    parts: tuple[Text, ...]
    tabs: tuple[Link, ...]
    tab: int
    hour: Text
    teacher: str
    school: str
    seconds: int
    summary: Markup
    body_attrs: Markup
    assets: AssetsView | None
    cover: Cover
    stage: Term
    subject: Term
    edition: Term
    grade: Text
    volume: Text
    keywords: tuple[Text, ...]
    licence: Link | None
    note: Text | None
    previous: Link | None
    next: Link | None


class TopicView(NamedTuple):
    """A special topic: what it gathers, columns first named, then resources."""

    frame: Frame
    summary: Text
    body: Markup
    columns: tuple[ColumnBox, ...]
    cards: tuple[Card, ...]


class LinkedSite(NamedTuple):
    """A linked professional site; `address` and `host` are empty where nobody has verified them."""

    id: str
    title: Text
    address: str
    host: str
    summary: Text
    verified_on: str
    archived: str


class LinksView(NamedTuple):
    """Linked professional sites."""

    frame: Frame
    links: tuple[LinkedSite, ...]


class HotlineView(NamedTuple):
    """A hotline."""

    id: str
    title: Text
    number: str
    operator: Text
    area: Text
    hours: Text
    audiences: tuple[Term, ...]
    languages: tuple[Term, ...]
    verified_on: str
    source: str


class HotlinesView(NamedTuple):
    """Hotlines whose numbers are fresh enough to publish."""

    frame: Frame
    hotlines: tuple[HotlineView, ...]


class AudienceView(NamedTuple):
    """What is there for pupils, teachers or parents: sections that name them, and the newest for them."""

    frame: Frame
    audience: str
    stages: tuple[Link, ...]
    sections: tuple[SectionBox, ...]
    latest: tuple[Card, ...]


class NewView(NamedTuple):
    """What's new: months, newest first."""

    frame: Frame
    months: tuple[MonthBox, ...]


class MonthBox(NamedTuple):
    """What is new in a month, written 2022-03."""

    month: str
    cards: tuple[Card, ...]


class Count(NamedTuple):
    """A number of the catalogue figures."""

    title: Text
    address: str
    number: int


class CountTable(NamedTuple):
    """A table of catalogue figures; `name` is the key of its caption among the strings."""

    name: str
    rows: tuple[Count, ...]
    total: int


class FiguresView(NamedTuple):
    """Catalogue figures, counted from the content."""

    frame: Frame
    sums: Sums
    editions: int
    sections: int
    columns: int
    tables: tuple[CountTable, ...]


class FigureRow(NamedTuple):
    """A published figure.

    Args:
        metric: names the string `metric_<metric>`.
        value: as published.
        unit: of what.
        period: when or over which time.
        scope: of which part.
        source: who published it.
        as_of: the day it stands for, where its period does not say that; otherwise empty.
    """

    metric: str
    value: int | float
    unit: str
    period: str
    scope: str
    source: str
    as_of: str


class Chart(NamedTuple):
    """A chart drawn at build time; the table of the same rows stands beside it for those who do not see it."""

    name: str
    address: str
    width: int
    height: int
    rows: tuple[FigureRow, ...]


class OperationView(NamedTuple):
    """Operation figures as published, with charts."""

    frame: Frame
    charts: tuple[Chart, ...]
    figures: tuple[FigureRow, ...]


class SearchView(NamedTuple):
    """Search: the chooser and the column lists."""

    frame: Frame
    stages: tuple[StageBox, ...]
    sections: tuple[SectionBox, ...]


class ArticleView(NamedTuple):
    """A page of text, such as about or help."""

    frame: Frame
    summary: Text
    body: Markup
    anchors: tuple[Link, ...]


class NotFoundView(NamedTuple):
    """404: the only page served at any depth, so its root is the path of `base_url`."""

    frame: Frame
    stages: tuple[Link, ...]


class MovedView(NamedTuple):
    """A former address; `kind` is moved, merged, replaced or gone, `target` is where it leads."""

    frame: Frame
    kind: str
    target: Link | None
    reason: Text | None
    date: str


View = (
    HomeView
    | SectionView
    | ColumnView
    | ResourceView
    | StageView
    | SubjectView
    | TextbookView
    | LessonView
    | TopicView
    | LinksView
    | HotlinesView
    | AudienceView
    | NewView
    | FiguresView
    | OperationView
    | SearchView
    | ArticleView
    | NotFoundView
    | MovedView
)


class Page(NamedTuple):
    """A page of the site: pure data, rendered by a pure function.

    Args:
        address: path from the site's root.
        template: name of a template of the theme.
        view: all that the template may see.
    """

    address: str
    template: str
    view: View
