"""`python -m benchmarks`: builds of the sample catalogue beside Hugo's of an equal site, in turn, in one run."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import click

from benchmarks import hugo_site
from benchmarks.cases import CASES, TARGETS, cold
from benchmarks.floor import floor
from benchmarks.measure import Measured, measure

HERE = Path(__file__).parent
PROGRAM = HERE.parent / "build.py"


@click.command()
@click.option("--resources", default=28_052, show_default=True, help="Size of the sample.")
@click.option("--runs", type=click.IntRange(1), default=5, show_default=True, help="Counted runs of each case.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to work: /dev/shm for memory; a disk otherwise.")
@click.option("--larger", type=int, multiple=True, help="Also build this many times the catalogue, once each.")
@click.option("--results", type=click.Path(path_type=Path), default=HERE / "RESULTS.md", show_default=True)
def main(resources: int, runs: int, folder: Path | None, larger: tuple[int, ...], results: Path) -> None:
    """Time whole commands and write medians, spreads and ratios to Hugo and to the floor."""
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-", dir=folder) as place:
        site, theirs = Path(place) / "site", Path(place) / "hugo"
        _catalogue(site, "sample", str(site), "--resources", str(resources))
        _catalogue(site, "--site", str(site), "build")  # draws the covers
        theirs.mkdir()
        hugo_site.convert(site, theirs)
        hugo: dict[str, list[Measured]] = {"cold": [], "again": []}
        ours: dict[str, list[Measured]] = {case: [] for case in CASES}
        floors = []
        for run in range(runs):
            shutil.rmtree(theirs / "public", ignore_errors=True)
            hugo["cold"].append(_hugo(theirs))
            for case, prepare in CASES.items():
                prepare(site, run)
                ours[case].append(_catalogue(site, "--site", str(site), "build"))
                click.echo(f"run {run + 1}: {case}: {ours[case][-1].wall:.2f} s", err=True)
            hugo["again"].append(_hugo(theirs))
            floors.append(floor(site / "public", Path(place) / "floor"))
            click.echo(f"run {run + 1}: hugo {hugo['cold'][-1].wall:.2f} s, floor {floors[-1]:.2f} s", err=True)
        alike = _alike(Path(place), resources)
        grown = [(times, _grown(Path(place), resources * times)) for times in larger]
    results.write_text(
        _report(resources, runs, str(folder or "a disk"), ours, hugo, floors, alike, grown), encoding="utf-8"
    )
    click.echo(results.read_text(encoding="utf-8"))


def _catalogue(site: Path, *arguments: str) -> Measured:
    return measure([sys.executable, str(PROGRAM), *arguments], site.parent)


def _hugo(site: Path) -> Measured:
    return measure([str(Path(sys.executable).parent / "hugo"), "--quiet"], site)


def _alike(place: Path, resources: int) -> list[hugo_site.Row]:
    """How alike the pages of both sides are, on a fresh sample."""
    site, theirs = place / "alike", place / "alike-hugo"
    _catalogue(site, "sample", str(site), "--resources", str(resources))
    _catalogue(site, "--site", str(site), "build")
    theirs.mkdir()
    hugo_site.convert(site, theirs)
    _hugo(theirs)
    rows = hugo_site.compare(site / "public", theirs / "public")
    for folder in (site, theirs):
        shutil.rmtree(folder)
    return rows


def _grown(place: Path, resources: int) -> Measured:
    site = place / f"grown-{resources}"
    _catalogue(site, "sample", str(site), "--resources", str(resources))
    cold(site, 0)
    measured = _catalogue(site, "--site", str(site), "build")
    shutil.rmtree(site)
    return measured


def _report(
    resources: int,
    runs: int,
    where: str,
    ours: dict[str, list[Measured]],
    hugo: dict[str, list[Measured]],
    floors: list[float],
    alike: list[hugo_site.Row],
    grown: list[tuple[int, Measured]],
) -> str:
    theirs = median(run.wall for run in hugo["cold"])
    lines = [
        "# How fast it is",
        "",
        f"Written by `python -m benchmarks` on {datetime.now(UTC):%Y-%m-%d}: {resources:,} resources, {runs} runs in "
        f"turn, in {where}, {os.cpu_count()} processors, Python {platform.python_version()}. Medians of whole "
        "processes, least and most in brackets; memory is that of the whole tree of processes. Compare the ratios, not "
        "the seconds.",
        "",
        "| case | wall, s | × Hugo | target | × floor | CPU, s | peak MB |",
        "|---|---|---|---|---|---|---|",
        _row("Hugo, cold", hugo["cold"], theirs, None, median(floors)),
        _row("Hugo, nothing changed", hugo["again"], theirs, None, median(floors)),
        *(_row(case, measured, theirs, TARGETS.get(case), median(floors)) for case, measured in ours.items()),
        f"| floor: the same bytes from memory | {median(floors):.2f} | {median(floors) / theirs:.3f} | | 1 | | |",
        "",
        "Hugo renders everything each time, so every case of ours is set beside its cold build.",
        "",
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
    if grown:
        base = median(run.wall for run in ours["cold"])
        lines += ["## Growth", "", "| times | wall, s | × the cold build | peak MB |", "|---|---|---|---|"]
        lines += [f"| {n} | {m.wall:.1f} | {m.wall / base:.2f} | {m.memory / 1e6:,.0f} |" for n, m in grown]
        lines.append("")
    return "\n".join(lines)


def _row(name: str, runs: Sequence[Measured], theirs: float, target: float | None, floor: float) -> str:
    walls = [run.wall for run in runs]
    wall = median(walls)
    return (
        f"| {name} | {wall:.2f} ({min(walls):.2f} to {max(walls):.2f}) | {wall / theirs:.3f} | "
        f"{f'≤ {target}' if target else ''} | {wall / floor:.1f} | {median(run.cpu for run in runs):.1f} | "
        f"{median(run.memory for run in runs) / 1e6:,.0f} |"
    )


if __name__ == "__main__":
    main()
