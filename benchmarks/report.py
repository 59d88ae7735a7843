"""What the benchmark has found, as a page to read and a plot."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pygal
from pygal.style import Style

from benchmarks.cases import COLD_WITH_SEARCH, TARGETS, WITH_SEARCH
from benchmarks.hugo_site import Row
from benchmarks.measure import Measured

NOTES = Path(__file__).parent / "notes.md"  # what bounds each case and what was tried, from profiles
RESULTS = Path(__file__).with_name("RESULTS.md")
HUGO_AGAIN = "Hugo, again"


@dataclass(frozen=True, slots=True)
class Place:
    """All runs in one place.

    Args:
        name: of the place.
        hugo: its builds from nothing, and those after nothing has changed.
        ours: our builds, by case.
        floors: seconds that it takes to write the same bytes from memory, by the cold build that made them.
    """

    name: str
    hugo: dict[str, list[Measured]]
    ours: dict[str, list[Measured]]
    floors: dict[str, list[float]]

    @property
    def hugo_wall(self) -> float:
        """The median of Hugo's builds from nothing, in seconds."""
        return median(run.wall for run in self.hugo["cold"])


def report(command: str, resources: int, runs: int, places: Sequence[Place], alike: Sequence[Row]) -> str:
    """The page.

    Args:
        command: by which it is written.
        resources: how many the sample has.
        runs: of each case.
        places: in which it was built.
        alike: how alike the pages of both sides are.
    """
    lines = [
        "# How fast it is",
        "",
        f"Written by `{command}` on {datetime.now(UTC):%Y-%m-%d}: "
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
    lines += [NOTES.read_text(encoding="utf-8").strip(), "", *_sizes(alike)]
    return "\n".join(lines)


def _table(place: Place) -> list[str]:
    cold = median(run.wall for run in place.ours["cold"])
    floors = {case: median(seconds) for case, seconds in place.floors.items()}
    hugo = place.hugo["cold"]
    hugos_cpu, hugos_memory = median(run.cpu for run in hugo), median(run.memory for run in hugo)

    def row(name: str, runs: Sequence[Measured]) -> str:
        walls, cpus, memories = zip(*((run.wall, run.cpu, run.memory) for run in runs), strict=True)
        wall = median(walls)
        floor = floors[COLD_WITH_SEARCH if name in WITH_SEARCH else "cold"]
        return (
            f"| {name} | {_spread(walls, 2)} | {wall / place.hugo_wall:.3f} | "
            f"{_verdict(name, wall, place.hugo_wall, cold)} | {wall / cold:.2f} | {wall / floor:.1f} | "
            f"{_spread(cpus, 1)} | {median(cpus) / hugos_cpu:.3f} | "
            f"{_spread([memory / 1e6 for memory in memories], 0)} | {median(memories) / hugos_memory:.2f} |"
        )

    memory, searched = (
        median(run.memory for run in place.ours[case]) / hugos_memory for case in ("cold", COLD_WITH_SEARCH)
    )
    return [
        f"## In {place.name}",
        "",
        "| case | wall, s | × Hugo | target | × our cold build | × floor | CPU, s | × Hugo | peak MB | × Hugo |",
        "|---|---|---|---|---|---|---|---|---|---|",
        row("Hugo, cold", hugo),
        row(HUGO_AGAIN, place.hugo["again"]),
        *(row(case, measured) for case, measured in place.ours.items()),
        *(
            f"| floor of “{case}”: its bytes from memory | {floor:.2f} | {floor / place.hugo_wall:.3f} "
            "| | | 1 | | | | |"
            for case, floor in floors.items()
        ),
        "",
        f"Memory of the cold build: {memory:.2f} × Hugo's (target: ≤ 0.5), with search {searched:.2f} × (≤ 1.0).",
        "",
    ]


def _verdict(case: str, wall: float, hugo: float, cold: float) -> str:
    """The target of a case, and by how much it was missed, if it was."""
    if case not in TARGETS:
        return ""
    target = TARGETS[case]
    most, unit, name = (target, hugo, "Hugo") if target is not None else (1.0, cold, "our cold build")
    said = f"≤ {most:g} × {name}"
    return said if wall <= most * unit else f"{said}: missed by {wall / unit - most:.3f}"


def _spread(values: Sequence[float], digits: int) -> str:
    """Median, least and most."""
    return f"{median(values):,.{digits}f} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"


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


def with_section(text: str, section: str) -> str:
    """A report with a section in the place of the former one of its heading, or at the end."""
    rest = _section_of(section.partition("\n")[0]).sub("", text).rstrip()
    return f"{rest}\n\n{section}" if rest else section


def with_kept(text: str, former: str, headings: Sequence[str]) -> str:
    """A new report with those sections of the former one that other commands write, given by their headings."""
    for heading in headings:
        if kept := _section_of(heading).search(former):
            text = with_section(text, f"{kept[0].rstrip()}\n")
    return text


def _section_of(heading: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(heading)}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


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
