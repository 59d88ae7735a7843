"""What was measured, as Markdown."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.search.metrics import Score, share_within
from benchmarks.search.queries import FINAL, KINDS, TITLES_MRR, TUNING

NOTES = Path(__file__).with_name("notes.md")
_HEADINGS = {TUNING: "## The half for tuning", FINAL: "## The half of which no query is looked at"}
_CHARACTERS = (1, 2, 3, 4)
_TYPED = "queries | 1 | 2 | 3 | 4 | FTS5: 1 | 2 | 3 | 4"
_FIGURES = (
    "queries | at 1 | at 10 | MRR | nothing | titles: at 10 | FTS5: at 1 | at 10 | MRR | nothing | target at 10 | met"
)
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


def report(halves: Mapping[str, Measured], former: str) -> str:
    """The whole report.

    Args:
        halves: that were measured, by name.
        former: the report before, from which the half that was not measured is taken.
    """
    parts = [_half(half, halves[half]) if half in halves else _section(former, half) for half in _HEADINGS]
    head = (
        "# How well search finds\n\n"
        "Written by `python -m benchmarks.search`: the search of a built site beside a server's, "
        f"SQLite {sqlite3.sqlite_version} with FTS5. What the figures are is said [below](#how-it-is-measured).\n"
    )
    return "\n".join(filter(None, [head, *parts, NOTES.read_text(encoding="utf-8")]))


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


def _met(kind: str, ours: Score, theirs: Score) -> str:
    """Whether a class meets its target and is no worse than the server; which of both it does not."""
    missed = ["target"] if ours.at_ten < KINDS[kind].at_ten else []
    missed += ["FTS5"] if ours.at_ten < theirs.at_ten or ours.mrr < theirs.mrr else []
    return "no: " + ", ".join(missed) if missed else "yes"


def _figures(score: Score) -> str:
    return f"{score.at_one:.2f} | {score.at_ten:.2f} | {score.mrr:.3f} | {score.none:.2f}"


def _section(report: str, half: str) -> str:
    found = re.search(rf"^{re.escape(_HEADINGS[half])}\n.*?(?=^## |\Z)", report, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""
