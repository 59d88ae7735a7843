"""Charts of published figures as SVG files, drawn at build time by pygal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import canonicalize

from builder.content.model import FigureForm
from builder.digest import digest
from builder.pages.counts import chart_rows
from builder.rendering.filters import make_filters, number
from builder.rendering.strings import Strings

# In pixels. A phone shows it a little smaller than that, so the drawing is narrow and names stand above the bars.
WIDTH = 400
_FONT = 16
_ROW, _EDGE = 60, 16  # a bar with its name above it, and the frame
_SPACING = 8
_BAR = 0.27  # of a row is free above and as much below its bar

# An SVG file shown by <img> has its own style, which follows the reader's colour scheme.
_CSS = """inline:
.axis.y text { text-anchor: start !important; transform: translate(13px, -25px) }
.value { text-anchor: start !important }
rect { transition: none !important }
text {
  fill: #2b2a27 !important;
  font-family: system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif !important
}
.axis path { stroke: none !important }
.series rect { fill: #c3d9e0 !important; fill-opacity: 1 !important; stroke: none !important }
@media (prefers-color-scheme: dark) {
  text { fill: #e8e4da !important }
  .series rect { fill: #2b5566 !important }
}
"""


_SCRIPT = re.compile("<script.*?</script>", re.DOTALL)  # pygal's tooltips


@dataclass(frozen=True, slots=True)
class ChartFile:
    """A drawn chart: its name, where it is published, its bytes and size in pixels."""

    name: str
    address: str
    content: bytes
    width: int
    height: int

    @property
    def shown(self) -> tuple[str, str, int, int]:
        """What a page says of it."""
        return self.name, self.address, self.width, self.height


def draw_charts(figures: tuple[FigureForm, ...], strings: Strings) -> list[ChartFile]:
    """Draws every chart.

    Args:
        figures: as published.
        strings: for the names of metrics and periods.
    """
    return [_draw(name, rows, strings) for name, rows in chart_rows(figures).items()]


# pygal writes by lxml where that is installed and by the standard library elsewhere, and the day into a comment; in
# canonical form (C14N 2.0, without comments) all of them are the same bytes.
def _draw(name: str, rows: tuple[FigureForm, ...], strings: Strings) -> ChartFile:
    import pygal  # it takes a tenth of a second, and a chart is drawn once
    from pygal.style import Style

    height = _EDGE + _ROW * len(rows)
    labels = [_label(row, rows, strings) for row in reversed(rows)]
    chart = pygal.HorizontalBar(
        style=Style(
            background="transparent",
            plot_background="transparent",
            colors=("#2f6f86",),
            label_font_size=_FONT,
            major_label_font_size=_FONT,
            value_font_size=_FONT,
            value_colors=("#ffffff",),
        ),
        css=["file://style.css", "file://graph.css", _CSS],
        js=[],
        no_prefix=True,
        explicit_size=True,
        width=WIDTH,
        height=height,
        show_legend=False,
        show_x_labels=False,
        print_values=True,
        print_values_position="bottom",
        rounded_bars=3,
        margin=4,
        margin_top=14,
        margin_bottom=-6,
        margin_left=4 - _room(labels),
        spacing=_SPACING,
    )
    chart._series_margin = _BAR  # pygal has no setting for it
    chart.x_labels = labels
    chart.range = (0, max(row.value for row in rows))
    chart.add("", [{"value": row.value, "formatter": partial(_amount, row, strings)} for row in reversed(rows)])
    drawing = _SCRIPT.sub("", chart.render(is_unicode=True, disable_xml_declaration=True))
    content = canonicalize(drawing, strip_text=True).encode()
    return ChartFile(name, f"assets/chart-{name.replace('_', '-')}.{digest(content)[:10]}.svg", content, WIDTH, height)


def _room(labels: list[str]) -> int:
    """Pixels that pygal leaves beside the bars for names, at 0.6 em for a letter; ours stand above the bars."""
    return _SPACING + max(_FONT, round(max(map(len, labels)) * 0.6 * _FONT))


def _amount(row: FigureForm, strings: Strings, value: float) -> str:
    """The figure as the page says it: with its unit, and whether it is more than that."""
    unit = f"unit_{row.unit}"
    return str(make_filters(strings)["fill"](strings[unit], value=value)) if unit in strings else number(value)


def _label(row: FigureForm, rows: tuple[FigureForm, ...], strings: Strings) -> str:
    metric, period = f"metric_{row.metric}", f"period_{row.period}"
    words = []
    if len({other.metric for other in rows}) > 1:
        words.append(str(strings[metric]) if metric in strings else row.metric)
    if len({other.period for other in rows}) > 1:
        words.append(str(strings[period]) if period in strings else row.period)
    return " ".join(words) or row.metric
