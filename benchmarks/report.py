"""What the benchmark has found, as a page to read and a plot."""

from __future__ import annotations

import os
import platform
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pygal
from pygal.style import Style

from benchmarks.cases import COLD_WITH_SEARCH, TARGETS
from benchmarks.hugo_site import Row
from benchmarks.measure import Measured

NOTES = Path(__file__).parent / "notes.md"  # what bounds each case and what was tried, from profiles
GROWTH_TARGETS = {5: "≤ 5.5 × the time", 10: "< 4,000 MB"}
HUGO_AGAIN = "Hugo, again"


@dataclass(frozen=True, slots=True)
class Place:
    """All runs in one place.

    Args:
        name: of the place.
        hugo: its builds from nothing, and those after nothing has changed.
        ours: our builds, by case.
        floors: seconds that it takes to write the same bytes from memory.
    """

    name: str
    hugo: dict[str, list[Measured]]
    ours: dict[str, list[Measured]]
    floors: list[float]

    @property
    def hugo_wall(self) -> float:
        """The median of Hugo's builds from nothing, in seconds."""
        return median(run.wall for run in self.hugo["cold"])


def report(
    resources: int, runs: int, places: Sequence[Place], alike: Sequence[Row], grown: Sequence[tuple[int, Measured]]
) -> str:
    """The page.

    Args:
        resources: how many the sample has.
        runs: of each case.
        places: in which it was built.
        alike: how alike the pages of both sides are.
        grown: builds of larger catalogues, each with how many times it is larger.
    """
    lines = [
        "# How fast it is",
        "",
        f"Written by `{shlex.join(['python', '-m', 'benchmarks', *sys.argv[1:]])}` on {datetime.now(UTC):%Y-%m-%d}: "
        f"{resources:,} resources, {runs} runs of "
        f"each case in turn with Hugo, {os.cpu_count()} processors, Python {platform.python_version()}. Medians of "
        "whole processes, least and most in brackets; memory is that of the whole tree of processes. Compare the "
        "ratios, not the seconds.",
        "",
        "![Each case beside Hugo's build of an equal site](results.svg)",
        "",
    ]
    for place in places:
        lines += _table(place)
    lines += ["Hugo renders everything each time, so every case of ours is set beside its cold build.", ""]
    if grown:
        base = median(run.wall for run in places[0].ours["cold"])
        lines += ["## Growth", "", "| times | wall, s | × the cold build | peak MB | target |", "|---|---|---|---|---|"]
        lines += [
            f"| {times} | {one.wall:.1f} | {one.wall / base:.2f} | {one.memory / 1e6:,.0f} | "
            f"{GROWTH_TARGETS.get(times, '')} |"
            for times, one in grown
        ]
        lines.append("")
    lines += [NOTES.read_text(encoding="utf-8").strip(), "", *_sizes(alike)]
    return "\n".join(lines)


def _table(place: Place) -> list[str]:
    floor, cold = median(place.floors), median(run.wall for run in place.ours["cold"])

    def row(name: str, runs: Sequence[Measured], target: str = "") -> str:
        walls = [run.wall for run in runs]
        wall = median(walls)
        return (
            f"| {name} | {wall:.2f} ({min(walls):.2f} to {max(walls):.2f}) | {wall / place.hugo_wall:.3f} | {target} | "
            f"{wall / cold:.2f} | {wall / floor:.1f} | {median(run.cpu for run in runs):.1f} | "
            f"{median(run.memory for run in runs) / 1e6:,.0f} |"
        )

    hugo = median(run.memory for run in place.hugo["cold"])
    memory, searched = (median(run.memory for run in place.ours[case]) / hugo for case in ("cold", COLD_WITH_SEARCH))
    return [
        f"## In {place.name}",
        "",
        "| case | wall, s | × Hugo | target | × our cold build | × floor | CPU, s | peak MB |",
        "|---|---|---|---|---|---|---|---|",
        row("Hugo, cold", place.hugo["cold"]),
        row(HUGO_AGAIN, place.hugo["again"]),
        *(row(case, measured, TARGETS.get(case, "")) for case, measured in place.ours.items()),
        f"| floor: the same bytes from memory | {floor:.2f} | {floor / place.hugo_wall:.3f} | | | 1 | | |",
        "",
        f"Memory of the cold build: {memory:.2f} × Hugo's (target: ≤ 0.5), with search {searched:.2f} × (≤ 1.0).",
        "",
    ]


def _sizes(alike: Sequence[Row]) -> list[str]:
    return [
        "## Size of the pages",
        "",
        "| type | pages | Hugo's | mean bytes | Hugo's | ratio |",
        "|---|---|---|---|---|---|",
        *(
            f"| {r.type} | {r.ours:,} | {r.theirs:,} | {r.our_bytes:,.0f} | {r.their_bytes:,.0f} | {r.ratio:.3f} |"
            for r in alike
        ),
        "",
    ]


def plot(places: Sequence[Place]) -> bytes:
    """Bars of each case as a share of Hugo's wall time, as SVG."""
    chart = pygal.HorizontalBar(
        style=Style(
            background="#ffffff",
            plot_background="#ffffff",
            colors=("#2f6f5e", "#c08a4a"),
            opacity="1",
            font_family="sans-serif",
            value_font_size=11,
            value_colors=("#ffffff", "#ffffff"),
        ),
        js=(),
        title="Wall time, Hugo's build of an equal site = 1",
        print_values=True,
        formatter=lambda value: f"{value:.3f}",
        legend_at_bottom=True,
        disable_xml_declaration=True,
        height=520,
    )
    cases = list(reversed(places[0].ours))  # such a chart begins at the bottom
    chart.x_labels = [*cases, HUGO_AGAIN]
    for place in places:
        runs = [*(place.ours[case] for case in cases), place.hugo["again"]]
        chart.add(place.name, [median(run.wall for run in one) / place.hugo_wall for one in runs])
    return str(chart.render()).encode()
