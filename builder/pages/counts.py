"""Views of figures: what the catalogue holds, counted, and what was published about its use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from builder.content.model import FigureForm
from builder.pages import addresses
from builder.pages.context import Context
from builder.pages.fixed import fixed_frame, fixed_page
from builder.pages.resources import count_own
from builder.pages.views import Chart, Count, CountTable, FigureRow, FiguresView, OperationView, Page, Text

_WHOLE = {None, "total"}
# Charts by name: the metrics that one shows, and of which scopes; only figures of the same kind stand side by side.
CHARTS: dict[str, tuple[tuple[str, ...], set[str | None]]] = {
    "resources": (("resources",), _WHOLE),
    "views_per_day": (("views_per_day_mean", "views_per_day_peak"), {*_WHOLE, "highest day", "the former platform"}),
    "visitors_per_day": (("visitors_per_day_mean",), _WHOLE),
    "views_by_user": (("views_share_students", "views_share_teachers", "views_share_parents"), _WHOLE),
    "views_by_section": (("views_share_curriculum", "views_share_teacher_training"), _WHOLE),
}


def chart_rows(figures: Sequence[FigureForm]) -> dict[str, tuple[FigureForm, ...]]:
    """The figures that each chart shows, in their order; no chart is made of a single one."""
    rows = {
        name: tuple(figure for figure in figures if figure.metric in metrics and figure.scope in scopes)
        for name, (metrics, scopes) in CHARTS.items()
    }
    return {name: chosen for name, chosen in rows.items() if len(chosen) > 1}


def figures_page(context: Context) -> Page:
    """Catalogue figures, counted from the content: tables of one thing have one total, which stands at the top."""
    books = context.sight.textbooks.values()
    resources = context.resources.values()
    tables = (
        _table("by_section", [
            Count(link.title, link.address, sum(count_own(context, column) for column in section.columns))
            for link, section in zip(context.site.sections, context.sections, strict=True)
        ]),
        _table("by_column", [
            Count(context.text(column.title), addresses.column(column), count_own(context, column))
            for column in context.columns.values()
        ]),
        _table("by_kind", [
            *_terms(context, "kinds", Counter(r.kind for r in resources)),
            *((Count(Text(context.strings["class_hours"]), "", context.class_hours),) if context.class_hours else ()),
        ]),
        _table("by_language", _terms(context, "languages", _sum((
            *((r.language or context.site.language, 1) for r in resources),
            *((b.language or context.site.language, b.class_hours) for b in books if b.class_hours),
        )))),
        _table("by_stage", [
            Count(
                context.term("stages", id).title,
                addresses.stage(id),
                sum(book.class_hours for subject in shelves.values() for book in subject),
            )
            for id, shelves in context.shelves.items()
        ]),
        _table("by_subject", _terms(context, "subjects", _sum((b.subject, b.class_hours) for b in books))),
        _table("by_edition", _terms(context, "editions", Counter(b.edition for b in books))),
    )  # fmt: skip
    view = FiguresView(
        fixed_frame(context, addresses.FIGURES),
        context.sums,
        len({book.edition for book in books}),
        len(context.sections),
        len(context.columns),
        tables,
    )
    return fixed_page(view)


def operation_page(context: Context) -> Page:
    """Operation figures as published, with charts."""
    figures = context.sight.figures
    shown = chart_rows(figures)
    charts = tuple(
        Chart(name, address, width, height, tuple(map(_row, shown[name])))
        for name, address, width, height in context.sight.charts
    )
    return fixed_page(OperationView(fixed_frame(context, addresses.OPERATION), charts, tuple(map(_row, figures))))


def _row(figure: FigureForm) -> FigureRow:
    day = figure.as_of.isoformat() if figure.as_of else ""
    as_of = "" if day in figure.period else day
    return FigureRow(figure.metric, figure.value, figure.unit, figure.period, figure.scope or "", figure.source, as_of)


def _table(name: str, rows: list[Count]) -> CountTable:
    return CountTable(name, tuple(rows), sum(row.number for row in rows))


def _terms(context: Context, vocabulary: str, counted: Counter[str]) -> list[Count]:
    """Counts in the order of the vocabulary."""
    known = getattr(context.vocabulary, vocabulary)
    return [Count(context.term(vocabulary, id).title, "", counted[id]) for id in known if id in counted]


def _sum(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    """The numbers of each ID together."""
    counted: Counter[str] = Counter()
    for id, number in pairs:
        counted[id] += number
    return counted
