"""`python -m benchmarks.growth`: each case of larger catalogues beside the same case of the sample, in one run."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import click

from benchmarks.cases import CASES
from benchmarks.measure import Measured, catalogue
from benchmarks.report import RESULTS, with_section

HEADING = "## Growth"
MOST_TIME = {5: 5.5}  # of the sample's cold build, by times the catalogue
MOST_MEMORY = {10: 4_000_000_000}  # bytes, of the cold build


@click.command()
@click.option("--resources", default=28_052, show_default=True, help="Size of the sample.")
@click.option("--times", type=click.IntRange(2), multiple=True, default=(5, 10), show_default=True, help="How many.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to work: /dev/shm for memory; a disk otherwise.")
@click.option("--results", type=click.Path(path_type=Path), default=RESULTS, show_default=True)
def main(resources: int, times: tuple[int, ...], folder: Path | None, results: Path) -> None:
    """Time each case of larger catalogues once, and of the sample before and after each of them."""
    found: dict[int, list[dict[str, Measured]]] = {1: []}
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-", dir=folder) as place:
        found[1].append(_measured(Path(place), resources))
        for more in times:
            found[more] = [_measured(Path(place), resources * more)]
            found[1].append(_measured(Path(place), resources))
    section = _section(resources, found)
    text = results.read_text(encoding="utf-8") if results.exists() else ""
    results.write_text(with_section(text, section), encoding="utf-8")
    click.echo(section)


def _measured(place: Path, resources: int) -> dict[str, Measured]:
    """Each case once."""
    site = place / "site"
    catalogue(site, "sample", str(site), "--resources", str(resources))
    measured = {}
    for case, prepare in CASES.items():
        prepare(site, 0)
        measured[case] = catalogue(site, "--site", str(site), "build", "--no-search")
        click.echo(f"{resources:,} resources: {case}: {measured[case].wall:.2f} s", err=True)
    shutil.rmtree(site)
    return measured


def _section(resources: int, found: dict[int, list[dict[str, Measured]]]) -> str:
    command = shlex.join(["python", "-m", "benchmarks.growth", *sys.argv[1:]])
    lines = [
        HEADING,
        "",
        f"Written by `{command}` on {datetime.now(UTC):%Y-%m-%d}: the sample of {resources:,} resources, and "
        f"catalogues so many times as large, {os.cpu_count()} processors, Python {platform.python_version()}. Each "
        "case of these is built once, and of the sample before and after each of them; covers are drawn, too.",
        "",
        "| times | case | wall, s | × the sample's | peak MB | × the sample's | target |",
        "|---|---|---|---|---|---|---|",
    ]
    base = {case: _medians([run[case] for run in found[1]]) for case in CASES}
    for times, runs in found.items():
        for case in CASES:
            wall, memory = _medians([run[case] for run in runs])
            growth, more = wall / base[case][0], memory / base[case][1]
            lines.append(
                f"| {times} | {case} | {wall:.2f} | {growth:.2f} | {memory / 1e6:,.0f} | {more:.2f} | "
                f"{_verdict(times, growth, memory) if case == 'cold' else ''} |"
            )
    return "\n".join([*lines, ""])


def _medians(runs: Sequence[Measured]) -> tuple[float, float]:
    """Wall time in seconds and peak memory in bytes."""
    return median(run.wall for run in runs), median(run.memory for run in runs)


def _verdict(times: int, growth: float, memory: float) -> str:
    """The targets of a cold build, and whether they were missed."""
    said = []
    if (most := MOST_TIME.get(times)) is not None:
        said.append(f"≤ {most:g} × the time{': missed' if growth > most else ''}")
    if (bytes_ := MOST_MEMORY.get(times)) is not None:
        said.append(f"< {bytes_ / 1e6:,.0f} MB{': missed' if memory >= bytes_ else ''}")
    return ", ".join(said)


if __name__ == "__main__":
    main()
