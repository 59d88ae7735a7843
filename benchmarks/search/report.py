"""What was measured, as Markdown."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from statistics import median

from benchmarks.search.engines import Cost
from benchmarks.search.metrics import Score, share_within
from benchmarks.search.queries import FINAL, KINDS, TITLES_MRR, TUNING

NOTES = Path(__file__).with_name("notes.md")
_HEADINGS = {TUNING: "## The half for tuning", FINAL: "## The half of which no query is looked at"}
_CHARACTERS = (1, 2, 3, 4)
_TYPED = "queries | 1 | 2 | 3 | 4 | FTS5: 1 | 2 | 3 | 4"
_FIGURES = (
    "queries | at 1 | at 10 | MRR | nothing | titles: at 10 | FTS5: at 1 | at 10 | MRR | nothing | target at 10 | met"
)
_COSTS = 160, 20, 20  # KiB that a first query may download, and each further one
KIB = 1024
OURS, TITLES, SERVER = "ours", "titles", "server"  # the search page, the box in the head, SQLite


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a half.

    Args:
        scores: of each class, those of each engine.
        typed: of some classes, how many characters must be typed of each query until its page is suggested, by titles
            and by the server; nothing where it never is.
    """

    scores: Mapping[str, Mapping[str, Score]]
    typed: Mapping[str, Mapping[str, Sequence[int | None]]]


def report(halves: Mapping[str, Measured], costs: Mapping[str, Sequence[Sequence[Cost]]], former: str) -> str:
    """The whole report.

    Args:
        halves: that were measured, by name.
        costs: of queries by class, each after all that may be asked before it.
        former: the report before, from which the half that was not measured is taken.
    """
    parts = [_half(half, halves[half]) if half in halves else _section(former, half) for half in _HEADINGS]
    head = (
        "# How well search finds\n\n"
        "Written by `python -m benchmarks.search`: the search of a built site beside a server's, "
        f"SQLite {sqlite3.sqlite_version} with FTS5. What the figures are is said [below](#how-it-is-measured).\n"
    )
    return "\n".join(filter(None, [head, *parts, _downloads(costs), NOTES.read_text(encoding="utf-8")]))


def _half(half: str, measured: Measured) -> str:
    scores = measured.scores
    lines = [
        _HEADINGS[half],
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d}.",
        "",
        f"| class | {_FIGURES} |",
        f"|---|{'---|' * len(_FIGURES.split('|'))}",
    ]
    for kind, by_engine in scores.items():
        ours, theirs, wanted = by_engine[OURS], by_engine[SERVER], KINDS[kind].at_ten
        alone, target = f"{by_engine[TITLES].at_ten:.2f}", f"≥ {wanted:.2f}" if wanted else ""
        figures = (ours.number, _figures(ours), alone, _figures(theirs), target, _met(kind, ours, theirs))
        lines.append(f"| {kind} | {' | '.join(map(str, figures))} |")
    titles = [by_engine[OURS] for kind, by_engine in scores.items() if KINDS[kind].title]
    mrr = sum(one.mrr * one.number for one in titles) / sum(one.number for one in titles)
    lines += ["", f"MRR over the classes of titles: {mrr:.3f} (target: ≥ {TITLES_MRR})."]
    lines += [
        "",
        "Share of the queries whose page is among the eight suggestions once so many characters are typed:",
        "",
    ]
    lines += [f"| class | {_TYPED} |", f"|---|{'---|' * len(_TYPED.split('|'))}"]
    for kind, typed in measured.typed.items():
        shares = [f"{share_within(typed[name], number):.2f}" for name in (TITLES, SERVER) for number in _CHARACTERS]
        lines.append(f"| {kind} | {len(typed[TITLES])} | {' | '.join(shares)} |")
    return "\n".join([*lines, ""])


def _downloads(costs: Mapping[str, Sequence[Sequence[Cost]]]) -> str:
    lines = [
        "## What a query downloads",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d}, of the sample of the published size: the queries of the half for "
        "tuning, most of which were written for another catalogue and are met by little here; KiB in brotli beside the "
        "packs of titles, when Enter is pressed: as the first query of a visit, after one that was found, and after "
        "one that was found and one that was not, which brought what is known of characters.",
        "",
        "| class | queries | first: median | 95 of 100 | most | second: median | 95 of 100 | most | "
        "third: median | 95 of 100 | most | files at most |",
        f"|---|{'---|' * 11}",
    ]
    everything = [one for queries in costs.values() for one in queries]
    for kind, queries in [*costs.items(), ("all", everything)]:
        figures = [_spread([cost.bytes / KIB for cost in column]) for column in zip(*queries, strict=True)]
        files = max(cost.files for one in queries for cost in one)
        lines.append(f"| {kind} | {len(queries)} | {' | '.join(figures)} | {files} |")
    within = [sum(one[at].bytes <= most * KIB for one in everything) for at, most in enumerate(_COSTS)]
    said = [f"{number} of {len(everything)} within {most} KiB" for number, most in zip(within, _COSTS, strict=True)]
    lines += ["", f"Targets: {said[0]} as the first, {said[1]} as the second, {said[2]} as the third.", ""]
    return "\n".join(lines)


def _spread(figures: Sequence[float]) -> str:
    """The median of figures, what 95 of 100 are within, and the most."""
    ordered = sorted(figures)
    return f"{median(ordered):.0f} | {ordered[ceil(len(ordered) * 0.95) - 1]:.0f} | {ordered[-1]:.0f}"


def _met(kind: str, ours: Score, theirs: Score) -> str:
    """Whether a class meets its target and is no worse than the server; which of both it does not."""
    missed = ["target"] if ours.at_ten < KINDS[kind].at_ten else []
    missed += ["FTS5"] if ours.at_ten < theirs.at_ten or ours.mrr < theirs.mrr else []
    return "no: " + ", ".join(missed) if missed else "yes"


def _figures(score: Score) -> str:
    return f"{score.at_one:.2f} | {score.at_ten:.2f} | {score.mrr:.3f} | {score.none:.2f}"


def _section(report: str, half: str) -> str:
    found = re.search(rf"^{re.escape(_HEADINGS[half])}\n.*?(?=^## |\Z)", report, re.MULTILINE | re.DOTALL)
    return f"{found[0].rstrip()}\n" if found else ""
