"""The rival's side: a site of `sample` as an equivalent Hugo site, and how alike the two results are.

The layouts in `hugo/` are our own templates in Hugo's language. What is done here is what an expert would do for speed:
each resource and class hour is a Markdown file whose front matter says what its page shows, neighbours and the shown
forms of sizes and durations included, so that no template has to search, sort or convert. Lists name their pages by
path. Only what the sample makes is carried over: titles are in the site's language, and there is no `edit_url`.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from builder.charts import draw_charts
from builder.content.catalogue import Catalogue, ClassHour, Column, Lesson, Resource, Section, Textbook
from builder.content.faces import ResourceFace
from builder.content.files import role_of
from builder.content.model import Asset
from builder.content.prose import Target
from builder.content.reader import read_file
from builder.linking import Checked, check
from builder.options import Options
from builder.output import data, headers
from builder.output.feeds import ENTRIES
from builder.output.sitemap import MOST
from builder.pages import addresses
from builder.pages.assets import asset_view
from builder.pages.context import Context, Shared, Sight, hue
from builder.pages.general import newest
from builder.pages.plan import common_of, pages, plan
from builder.pages.views import (
    AssetView,
    Card,
    ColumnView,
    FigureRow,
    Frame,
    LessonView,
    Link,
    OperationView,
    Page,
    Pager,
    Picture,
    ResourceView,
    SubjectView,
    Text,
    TextbookView,
)
from builder.pictures import drawn
from builder.reading.fields import Localised
from builder.rendering.filters import duration, make_filters, size
from builder.rendering.strings import Strings

LAYOUTS = Path(__file__).parent / "hugo"
OTHER = "other"  # folder of the pages that are no resource, class hour, column, section or textbook
_MADE = ("config", "content", "data", "layouts", "static")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_GAP = re.compile(r"\{\w+\}")
_BODY = re.compile(rb'<body class="([\w-]+)-page"')


class Row(NamedTuple):
    """A page type on both sides.

    Args:
        type: class of its `<body>`, without `-page`.
        ours: pages of ours.
        theirs: pages of Hugo's.
        our_bytes: mean size of our pages.
        their_bytes: mean size of Hugo's pages.
        ratio: of Hugo's mean size to ours.
    """

    type: str
    ours: int
    theirs: int
    our_bytes: float
    their_bytes: float
    ratio: float


class _Hugo(NamedTuple):
    """The site at hand and where Hugo's side of it goes.

    Args:
        context: which sees the whole catalogue.
        catalogue: the content.
        checked: the site.
        strings: its interface strings.
        source: the site's folder.
        target: the folder of the Hugo site.
        formats: media types by their short names, as they turn up.
    """

    context: Context
    catalogue: Catalogue
    checked: Checked
    strings: Strings
    source: Path
    target: Path
    formats: dict[str, str]


def convert(site: Path, target: Path) -> None:
    """Writes a Hugo site that makes the same pages.

    Args:
        site: a site made by `python build.py sample`.
        target: its `config`, `content`, `data`, `layouts` and `static` are replaced; `public` is left alone.

    Raises:
        ContentError: the site has errors.
        ValueError: the site holds what the sample never makes.
    """
    checked = check(Options(site, target / "public"))
    for name in _MADE:
        shutil.rmtree(target / name, ignore_errors=True)
    shutil.copytree(LAYOUTS, target, dirs_exist_ok=True)
    charts = draw_charts(checked.catalogue.figures, checked.theme.strings)
    catalogue = checked.catalogue
    shared = Shared(common_of(checked.settings, catalogue, checked.theme.strings.as_dict(), search=False))
    bundles = plan(catalogue, checked.directory, checked.media, tuple(chart.shown for chart in charts))
    sight = Sight(
        lists={id: column.resources for id, column in catalogue.columns.items()},
        textbooks=catalogue.textbooks,
        covers=checked.media.covers,
        attachments=checked.media.attachments,
        moves=next(bundle.sight.moves for bundle in bundles if bundle.kind == "moves"),
    )
    hugo = _Hugo(Context(shared, sight), catalogue, checked, checked.theme.strings, site, target, {})
    _write_static(hugo, checked, {chart.address: chart.content for chart in charts})
    _write_page(hugo, f"{OTHER}/_index", {"build": {"render": "never"}})
    _write_page(hugo, "textbooks/_index", {"build": {"render": "never"}})
    for bundle in bundles:
        records = [_record(site, file) for file in bundle.files]
        made = pages(Context(shared, bundle.sight), bundle, records)
        match bundle.kind:
            case "column":
                _write_column(hugo, catalogue.columns[bundle.id], records, list(made))
            case "textbook":
                _write_textbook(hugo, records[0], list(made))
            case _:
                for page in made:
                    _write_view(hugo, page)
    for section in catalogue.sections:
        _write_feed(hugo, section)
    _write_sitemap(hugo)
    _write_data(hugo, checked)


def _record(site: Path, file: str) -> Any:
    role = role_of(file)
    assert role is not None
    return read_file(site, role, file).value


def compare(ours: Path, theirs: Path) -> list[Row]:
    """How many pages there are of each type and how large they are, the largest difference first.

    Args:
        ours: our `public`.
        theirs: Hugo's `public`.
    """
    left, right = _sizes(ours), _sizes(theirs)
    rows = []
    for kind in sorted(left.keys() | right.keys()):
        a, b = left.get(kind, []), right.get(kind, [])
        mean_a, mean_b = sum(a) / max(1, len(a)), sum(b) / max(1, len(b))
        rows.append(Row(kind, len(a), len(b), mean_a, mean_b, mean_b / mean_a if mean_a else float("inf")))
    return sorted(rows, key=lambda row: abs(row.ratio - 1), reverse=True)


def differing_addresses(ours: Path, theirs: Path) -> list[str]:
    """The addresses of the HTML pages that only one side has.

    Args:
        ours: our `public`.
        theirs: Hugo's `public`.
    """
    left, right = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} for folder in (ours, theirs)
    )
    return sorted(left ^ right)


def _sizes(public: Path) -> dict[str, list[int]]:
    """Sizes of the pages by type."""
    sizes: dict[str, list[int]] = {}
    for path in public.rglob("*.html"):
        content = path.read_bytes()
        found = _BODY.search(content)
        sizes.setdefault(found[1].decode() if found else "", []).append(len(content))
    return sizes


# ---- pages


def _write_page(hugo: _Hugo, path: str, matter: dict[str, Any], body: str = "") -> None:
    """A content file; JSON and TOML are the front matter that Hugo reads quickest, and level."""
    file = hugo.target / "content" / f"{path}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{json.dumps(matter, ensure_ascii=False)}\n\n{body}", encoding="utf-8")


def _write_view(hugo: _Hugo, page: Page) -> None:
    """A page of which there are few: its front matter is its view."""
    catalogue = hugo.catalogue
    view = _plain(page.view)
    matter = _matter(page) | {"url": f"/{page.address}", "layout": page.template.removesuffix(".html"), "view": view}
    body = ""
    match matter["layout"]:
        case "home":
            del matter["url"], matter["layout"]
            _write_page(hugo, "_index", matter)
            return
        case "section":
            _write_page(hugo, f"{page.address.removesuffix('.html')}/_index", matter)
            return
        case "subject":
            assert isinstance(page.view, SubjectView)
            matter["place"] = _text(hugo.context.term("subjects", page.view.subject).title)
        case "404":
            matter["layout"] = "not-found"
        case "topic":
            topic = next(topic for topic in catalogue.topics if addresses.topic(topic.id) == page.address)
            matter |= {"what": "topic", "hue": str(hue(topic.id))}
            body = _body(hugo, topic.file, matter["root"])
        case "article":
            article = next(article for article in catalogue.articles if addresses.article(article.id) == page.address)
            body = _body(hugo, article.file, matter["root"])
        case "operation":
            assert isinstance(page.view, OperationView)
            view["figures"] = [_figure(hugo, row) for row in page.view.figures]
            for shown, chart in zip(view["charts"], page.view.charts, strict=True):
                shown["caption"] = hugo.context.strings.get(f"chart_{chart.name}", chart.name)
                shown["rows"] = [_figure(hugo, row) for row in chart.rows]
    _write_page(hugo, _other(page.address), matter, body)


def _write_column(hugo: _Hugo, column: Column, records: list[Resource], made: list[Page]) -> None:
    """A column: the pages of its list, its own resources, and its JSON twin."""
    path = f"{column.section}/{column.id}"
    faces = {face.id: face for face in column.resources}
    own = iter([(record, faces[record.id]) for record in records])
    for page in made:
        if isinstance(page.view, ColumnView):
            matter = _matter(page) | {"layout": "column", "view": _plain(page.view)}
            if page.view.pager.number == 1:
                matter |= {"url": f"/{page.address}", "below": _crumbs(page.view.frame, page.address)}
            _write_page(
                hugo, f"{path}/_index" if page.view.pager.number == 1 else page.address.removesuffix(".html"), matter
            )
        else:
            assert isinstance(page.view, ResourceView)
            _write_resource(hugo, *next(own), page.view)
    _write_page(
        hugo,
        f"{OTHER}/data--{column.id}",
        {
            "url": f"/data/columns/{column.id}.json",
            "outputs": ["twin"],
            "layout": "column-twin",
            "shows": column.id,
            "items": [_path(addresses.resource(r)) for r in column.resources if r.column == column.id],
        },
    )


def _write_resource(hugo: _Hugo, resource: Resource, face: ResourceFace, view: ResourceView) -> None:
    context, form = hugo.context, resource.form
    described = context.summary(face)
    body = _body(hugo, resource.file, view.frame.root)
    poster = view.cover.picture.src if view.cover.picture else ""
    matter = {
        "title": view.frame.title.value,
        "date": view.date,
        "updated": view.updated,
        "description": described.value,
        "summary_attrs": str(described.attrs),
        "summaries": _pairs(form.summary, hugo),
        "text": resource.body.summary if resource.body.summary != described.value else "",
        "titles": _pairs(form.title, hugo) if isinstance(form.title, dict) else None,
        "original": view.original.value,
        "attrs": str(context.attrs(form.language)),
        "what": view.kind.id,
        "hue": str(view.cover.hue),
        "cover": _plain(view.cover.picture) if view.cover.picture else None,
        "plate": bool(view.cover.picture) and not (view.assets and view.assets.players),
        "facts": [fact.value for fact in context.card(face, "").facts],
        "audience": form.audience,
        "stages": form.stages,
        "grades": [str(grade) for grade in form.grades],
        "subjects": form.subjects,
        "authors": [_full({"name": who.name, "organisation": who.organisation}) for who in form.authors],
        "source": view.source,
        "language": form.language if form.language != context.site.language else "",
        "foreign": view.language.title.value if view.language else "",
        "licence": form.licence or context.settings.licence,
        "also_in": [_plain(link) for link in view.also_in],
        "replaced_by": _neighbour(view.replaced_by),
        "previous": _neighbour(view.previous),
        "next": _neighbour(view.next),
        **_keywords(view.keywords),
        **_assets(hugo, form.assets, [asset_view(context, asset, resource.file) for asset in form.assets], poster),
    }
    _write_page(hugo, addresses.resource(resource).removesuffix(".html"), _full(matter), body)


def _write_textbook(hugo: _Hugo, book: Textbook, made: list[Page]) -> None:
    """A textbook with all its class hours, and its JSON twin."""
    context, form = hugo.context, book.form
    page, *rest = made
    view = page.view
    assert isinstance(view, TextbookView)
    units = [
        {
            "title": box.title.value,
            "titles": _pairs(unit.form.title, hugo) if isinstance(unit.form.title, dict) else None,
            "lessons": [
                _full(
                    {
                        "id": lesson.id,
                        "title": line.title.value,
                        "titles": _pairs(lesson.title, hugo) if isinstance(lesson.title, dict) else None,
                        "address": line.address,
                        "number": line.number,
                        "parts": [part.value for part in line.parts],
                        "section": line.section.value if line.section.value != line.title.value else "",
                        "hours": _tabs(hugo, line.hours),
                        "assets": line.assets,
                        "paths": [
                            _path(addresses.class_hour(book.id, lesson.id, hour.number)) for hour in lesson.hours
                        ],
                    }
                )
                for line, lesson in zip(box.lessons, unit.lessons, strict=True)
            ],
        }
        for box, unit in zip(view.units, book.units, strict=True)
    ]
    matter = _matter(page) | {
        "url": f"/{page.address}",
        "below": _crumbs(view.frame, page.address),
        "id": book.id,
        "hue": str(view.cover.hue),
        "cover": _plain(view.cover.picture) if view.cover.picture else None,
        "stage": form.stage,
        "subject": form.subject,
        "edition": form.edition,
        "grade": view.grade.value,
        "volume": form.volume,
        "generation": view.generation,
        "publisher": view.publisher,
        "language": form.language if form.language != context.site.language else "",
        "foreign": view.language.title.value if view.language else "",
        "attrs": str(context.attrs(form.language)),
        "licence": _neighbour(view.licence),
        "note": view.note.value if view.note else "",
        "class_hours": view.class_hours,
        "units": [_full(unit) for unit in units],
        "siblings": _plain(view.siblings),
    }
    _write_page(hugo, f"textbooks/{book.id}/_index", {"root": view.frame.root, **_full(matter)})
    hours = ((lesson, hour) for _, lesson in book.lessons for hour in lesson.hours)
    for made_page, (lesson, hour) in zip(rest, hours, strict=True):
        assert isinstance(made_page.view, LessonView)
        assets = [asset_view(context, asset, book.file) for asset in hour.assets]
        _write_class_hour(hugo, made_page.address, lesson, hour, made_page.view, assets)
    _write_page(
        hugo,
        f"{OTHER}/data--{book.id}",
        {
            "url": f"/data/textbooks/{book.id}.json",
            "outputs": ["twin"],
            "layout": "textbook-twin",
            "shows": f"/textbooks/{book.id}",
            "book": book.id,
        },
    )


def _write_class_hour(
    hugo: _Hugo, address: str, lesson: Lesson, hour: ClassHour, view: LessonView, assets: Sequence[AssetView]
) -> None:
    matter = {
        "title": view.frame.title.value,
        "description": view.frame.summary,
        "undescribed": not hour.summary.summary,
        "unit": view.unit.value,
        "number": view.number,
        "part": view.section.value if view.section.value != view.lesson.value else "",
        "parts": [part.value for part in view.parts],
        "tabs": _tabs(hugo, view.tabs),
        "hour": view.hour.value if hour.form.title else "",
        "teacher": view.teacher,
        "school": view.school,
        "seconds": view.seconds,
        "length": duration(view.seconds) if view.seconds else "",
        "note": view.note.value if view.note else "",
        "previous": _neighbour(view.previous),
        "next": _neighbour(view.next),
        **_keywords(view.keywords),
        **_assets(hugo, hour.assets, assets, ""),
    }
    matter = _full(matter) | ({"tab": view.tab} if view.tabs else {})
    if "{" in (hour.form.summary or ""):
        raise ValueError(f"{lesson.id}: Hugo may take a brace for a shortcode")
    _write_page(hugo, address.removesuffix(".html"), matter, hour.form.summary or "")


def _matter(page: Page) -> dict[str, Any]:
    """What the frame of a page needs in its front matter."""
    frame: Frame = page.view.frame
    is_in_header = any(link.address == page.address for link in (*frame.site.sections, *frame.site.audiences))
    has_place = frame.breadcrumbs and frame.structured_data
    return {
        "title": _text(frame.title),
        "root": frame.root,
        **_full(
            {
                "address": page.address,
                "description": frame.summary,
                "crumbs": [_plain(link) for link in frame.breadcrumbs],
                "placeless": not has_place,
                "section": frame.chrome.section,
                "noindex": not frame.indexed,
                "nav": page.address if is_in_header or page.address in (addresses.HOME, addresses.SEARCH) else "",
            }
        ),
    }


def _crumbs(frame: Frame, address: str) -> list[dict[str, str]]:
    """Breadcrumbs of the pages below a page."""
    return [*(_plain(link) for link in frame.breadcrumbs), {"title": _text(frame.title), "address": address}]


def _body(hugo: _Hugo, file: str, root: str) -> str:
    """The text of a Markdown file, with its links leading where they lead on the site."""
    text = (hugo.source / file).read_text(encoding="utf-8").split("\n---\n", 1)[1]

    def address(match: re.Match[str]) -> str:
        target = Target(match[1], False, 0)
        found = hugo.checked.directory.resolve(target, file)
        if found is None:
            raise ValueError(f"{file}: {match[1]} leads nowhere")
        return f"]({found if target.is_external or found.startswith('#') else root + found})"

    if "{{" in text:
        raise ValueError(f"{file}: Hugo takes two braces for a shortcode")
    return _LINK.sub(address, text).strip("\n")


def _keywords(words: Sequence[Text]) -> dict[str, Any]:
    matter: dict[str, Any] = {"keywords": [word.value for word in words]}
    if any(word.attrs for word in words):
        matter["keyword_attrs"] = [str(word.attrs) for word in words]
    return matter


def _tabs(hugo: _Hugo, links: Sequence[Link]) -> list[dict[str, str]]:
    """Class hours of a lesson; one without a title of its own is numbered."""
    numbered = str(hugo.context.strings["class_hour_number"])
    return [
        {"title": _text(link.title) or numbered.format(number=number), "address": link.address}
        for number, link in enumerate(links, 1)
    ]


def _assets(hugo: _Hugo, forms: Sequence[Asset], views: Sequence[AssetView], poster: str) -> dict[str, Any]:
    """Assets with the shown forms of sizes and durations, and which lists of them the page has."""
    if not views:
        return {}
    comma = str(hugo.context.strings["comma"])
    assets = []
    for form, view in zip(forms, views, strict=True):
        if view.format and hugo.formats.setdefault(view.format, view.media_type) != view.media_type:
            raise ValueError(f"{view.format} stands for two media types")
        has_poster = poster and view.player == "video" and not (view.external and view.captions)
        assets.append(
            _full(
                {
                    "type": view.type,
                    "title": _text(view.title) if view.title else "",
                    "src": view.src,
                    "here": not view.external,
                    "format": view.format,
                    "bytes": str(form.bytes or ""),  # of a number, Hugo would make a float
                    "stored": str("" if form.bytes else view.bytes or ""),
                    "size": size(view.bytes) if view.bytes else "",
                    "sha256": form.sha256,
                    "seconds": view.seconds,
                    "length": duration(view.seconds) if view.seconds else "",
                    "captions": [
                        {"language": c.language, "title": _text(c.title), "src": c.src} for c in view.captions
                    ],
                    "audience": form.audience,
                    "who": comma.join(_text(term.title) for term in view.audiences),
                    "player": view.player,
                    "poster": poster if has_poster else "",
                }
            )
        )
    groups = sorted({view.audiences for view in views if view.audiences})
    return {
        "assets": assets,
        "has_files": any(not view.player and not view.audiences for view in views),
        "apart": [comma.join(_text(term.title) for term in group) for group in groups],
        "all_here": not any(view.external for view in views),
    }


# ---- views as plain data


def _plain(value: Any) -> Any:
    """A view as JSON holds it: texts as strings, links and boxes as maps, cards as paths of pages."""
    match value:
        case Text():
            return _text(value)
        case Card():
            return _path(value.address)
        case Pager():
            pairs = [{"number": number, "address": address} for number, address in value.pages]
            return {**value._asdict(), "pages": pairs}
        case Picture():
            return {
                "src": value.src,
                "sources": [{"type": kind, "sizes": list(_srcset(srcset))} for kind, srcset in value.sources],
                "width": value.width,
                "height": value.height,
                "alt": _text(value.alt),
            }
        case tuple() if hasattr(value, "_asdict"):
            return {name: _plain(inner) for name, inner in value._asdict().items() if name != "frame"}
        case tuple():
            return [_plain(inner) for inner in value]
    return value


def _srcset(srcset: str) -> Iterator[dict[str, str]]:
    """The pictures of a srcset, their addresses counted from the root."""
    for entry in srcset.split(", "):
        address, width = entry.split(" ")
        yield {"src": address.replace("../", ""), "width": width.removesuffix("w")}


def _text(text: Text) -> str:
    if text.attrs:
        raise ValueError(f"{text.value}: the sample gives it in the site's language")
    return text.value


def _path(address: str) -> str:
    """By what path Hugo finds the page at an address."""
    return f"/{_other(address)}" if address.startswith("topics/") else f"/{address.removesuffix('.html')}"


def _other(address: str) -> str:
    return f"{OTHER}/{address.removesuffix('.html').replace('/', '--')}"


def _neighbour(link: Link | None) -> dict[str, str] | None:
    return {"title": f"{link.title.value} {link.more.value}".rstrip(), "address": link.address} if link else None


def _pairs(localised: Localised | None, hugo: _Hugo) -> list[list[str]]:
    """A text by language: as pairs, because Hugo writes the keys of front matter in lower case."""
    return [[language, text] for language, text in (data.by_language(hugo.context, localised) or {}).items()]


def _full(matter: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in matter.items() if value}


def _figure(hugo: _Hugo, row: FigureRow) -> dict[str, str]:
    strings = hugo.context.strings
    filters = make_filters(hugo.strings)
    unit = strings.get(f"unit_{row.unit}")
    return {
        "metric": strings.get(f"metric_{row.metric}", row.metric),
        "scope": strings.get(f"scope_{row.scope}", row.scope),
        "period": strings.get(f"period_{row.period}", row.period),
        "source": strings.get(f"source_{row.source}", row.source),
        "amount": filters["fill"](unit, value=row.value)
        if unit is not None
        else f"{filters['number'](row.value)} {row.unit}",
    }


# ---- what stands beside the pages


def _write_feed(hugo: _Hugo, section: Section) -> None:
    own = [r for column in section.columns for r in column.resources if r.column == column.id]
    entries = newest(own, ENTRIES)
    matter = {
        "url": f"/{addresses.feed(section.id)}",
        "outputs": ["feed"],
        "layout": "feed",
        "shows": f"/{section.id}",
        "changed": entries[0].changed if entries else "",
        "items": [_path(addresses.resource(resource)) for resource in entries],
    }
    _write_page(hugo, f"{OTHER}/feed--{section.id}", matter)


def _write_sitemap(hugo: _Hugo) -> None:
    catalogue = hugo.catalogue
    general = [
        addresses.HOME,
        addresses.NEW,
        addresses.LINKS,
        addresses.HOTLINES,
        addresses.FIGURES,
        addresses.OPERATION,
        *(addresses.audience(id) for id in catalogue.vocabulary.audiences),
        *(addresses.topic(topic.id) for topic in catalogue.topics),
        *(addresses.article(article.id) for article in catalogue.articles),
    ]
    general[0] = ""
    parts: dict[str, tuple[list[str], list[tuple[str, int]]]] = {"site": (general, [])}
    for section in catalogue.sections:
        shown = [(f"/{section.id}/{column.id}", 2 * len(column.resources) + 1) for column in section.columns]
        parts[f"section-{section.id}"] = ([addresses.section(section.id)], shown)
    for stage, subjects in hugo.context.shelves.items():
        books = [(f"/textbooks/{book.id}", book.class_hours + 1) for shelf in subjects.values() for book in shelf]
        parts[f"textbooks-{stage}"] = (
            [addresses.stage(stage), *(addresses.subject(stage, subject) for subject in subjects)],
            books,
        )
    names = []
    for part, (listed, shown) in parts.items():
        for number, paths in enumerate(_portions(shown), 1):
            names.append(f"sitemaps/{part}.xml" if number == 1 else f"sitemaps/{part}-{number}.xml")
            matter = {"url": f"/{names[-1]}", "outputs": ["addresses"], "layout": "address-list", "shows": paths}
            matter["addresses"] = listed if number == 1 else []
            _write_page(hugo, f"{OTHER}/sitemap--{part}-{number}", matter)
    index = {"url": "/sitemap.xml", "outputs": ["addresses"], "layout": "address-index", "parts": names}
    _write_page(hugo, f"{OTHER}/sitemap", index)


def _portions(shown: Iterable[tuple[str, int]]) -> list[list[str]]:
    """Paths in lists that stand for no more addresses than a sitemap may hold."""
    portions: list[list[str]] = [[]]
    room = MOST
    for path, weight in shown:
        if weight > room and portions[-1]:
            portions.append([])
            room = MOST
        portions[-1].append(path)
        room -= weight
    return portions


def _write_static(hugo: _Hugo, checked: Checked, charts: dict[str, bytes]) -> None:
    """Files that Hugo publishes as they are."""
    files = dict(charts)
    files |= {asset.address: asset.content for asset in checked.theme.assets.values()}
    files |= {a.address: (hugo.source / a.file).read_bytes() for a in checked.media.attachments.values()}
    files |= {
        variant.address: content
        for cover in checked.media.covers.values()
        for variant, content in zip(cover, drawn(hugo.source, cover), strict=True)
    }
    files |= {
        "robots.txt": headers.robots(hugo.context),
        "_headers": headers.headers(),
        "_redirects": headers.redirects(hugo.context),
    }
    for address, content in files.items():
        file = hugo.target / "static" / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _write_data(hugo: _Hugo, checked: Checked) -> None:
    """What layouts look up: the site's facts, words, strings, and the heads of the JSON twins."""
    context = hugo.context
    site, catalogue, strings = context.site, hugo.catalogue, context.strings
    dates = {"year": "2006", "month": "1", "day": "2", "month_name": "January"}
    assets = {name.partition(".")[0]: asset.address for name, asset in checked.theme.assets.items()}
    families = ("stages", "grades", "subjects", "editions", "volumes", "kinds", "audiences")
    twins: dict[str, dict[str, Any]] = {
        "columns": {id: _head(data.column(context, column, ())) for id, column in catalogue.columns.items()},
        "textbooks": {
            id: _head(data.textbook(context, _record(hugo.source, book.file)))
            for id, book in catalogue.textbooks.items()
        },
    }
    for name, content in (("version", data.version), ("vocabulary", data.vocabulary), ("sections", data.sections)):
        twins[name] = json.loads(content(context))
        matter = {"url": f"/data/{name}.json", "outputs": ["twin"], "layout": "whole", "shows": name}
        _write_page(hugo, f"{OTHER}/data--{name}", matter)
    tables: dict[str, Any] = {
        "site": {
            "title": _text(site.title),
            "language": site.language,
            "direction": site.direction,
            "owner": _text(site.owner),
            "licence": _plain(site.licence),
            "sections": _plain(site.sections),
            "audiences": _plain(site.audiences),
            "articles": _plain(site.articles),
            "book_section": context.book_section,
            "assets": assets,
            "day": str(strings["date_format"]).format(**dates),
            "month": str(strings["month_format"]).format(**dates),
        },
        "strings": {name: _printf(value) for name, value in strings.items() if isinstance(value, str)}
        | {
            "assets": {
                name.removeprefix("asset_").replace("_", "-"): value
                for name, value in strings.items()
                if name.startswith("asset_")
            }
        },
        "vocabulary": {
            family: {str(id): _text(context.term(family, id).title) for id in getattr(catalogue.vocabulary, family)}
            for family in families
        },
        "licences": {id: _plain(context.licence(id)) for id in catalogue.vocabulary.licences},
        "formats": hugo.formats,
        "twins": twins,
    }
    for name, table in tables.items():
        file = hugo.target / "data" / f"{name}.json"
        file.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    config = {
        "baseURL": site.base_url,
        "title": _text(site.title),
        "defaultContentLanguage": site.language,
        "languages": {site.language: {"locale": site.language, "direction": site.direction}},
    }
    (hugo.target / "config/_default").mkdir(parents=True)
    (hugo.target / "config/_default/hugo.json").write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")


def _head(twin: bytes) -> dict[str, Any]:
    """A JSON twin without the list that Hugo makes of its pages."""
    return {name: value for name, value in json.loads(twin).items() if name not in {"resources", "units"}}


def _printf(string: str) -> str:
    """A string with gaps as Hugo's `printf` fills them."""
    return _GAP.sub("%s", string.replace("%", "%%")) if _GAP.search(string) else string
