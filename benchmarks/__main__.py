"""`python -m benchmarks`: builds of the sample catalogue beside Hugo's of an equal site, in turn, in one run."""

from __future__ import annotations

import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import click
import psutil

from benchmarks import growth, hugo_site, serve
from benchmarks.cases import CASES, COLD_WITH_SEARCH, WITH_SEARCH
from benchmarks.floor import floor
from benchmarks.measure import Measured, catalogue, measure
from benchmarks.report import RESULTS, Place, plot, report, with_kept


@click.command()
@click.option("--resources", default=28_052, show_default=True, help="Size of the sample.")
@click.option("--runs", type=click.IntRange(1), default=5, show_default=True, help="Counted runs of each case.")
@click.option(
    "--folder",
    "folders",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Where to work: /dev/shm for memory; a disk otherwise. Several are measured one after the other.",
)
@click.option("--results", type=click.Path(path_type=Path), default=RESULTS, show_default=True)
def main(resources: int, runs: int, folders: tuple[Path, ...], results: Path) -> None:
    """Time whole commands; write medians, spreads and ratios to Hugo and to the floor, and a plot of them."""
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-", dir=folders[0] if folders else None) as place:
        alike = _alike(Path(place), resources)
    places = [_measured(folder, resources, runs) for folder in folders or (None,)]
    former = results.read_text(encoding="utf-8") if results.exists() else ""
    command = shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]])
    text = report(command, resources, runs, places, alike)
    results.write_text(with_kept(text, former, (growth.HEADING, serve.HEADING)), encoding="utf-8")
    results.with_name("results.svg").write_bytes(plot(places))
    click.echo(results.read_text(encoding="utf-8"))


def _measured(folder: Path | None, resources: int, runs: int) -> Place:
    """All cases in turn with Hugo, time and again."""
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-", dir=folder) as place:
        site, theirs = Path(place) / "site", Path(place) / "hugo"
        catalogue(site, "sample", str(site), "--resources", str(resources))
        catalogue(site, "--site", str(site), "build", "--no-search")  # draws the covers
        searched = Path(shutil.copytree(site, Path(place) / "searched", ignore=shutil.ignore_patterns("*public*")))
        theirs.mkdir()
        hugo_site.convert(site, theirs)
        hugo: dict[str, list[Measured]] = {"cold": [], "again": []}
        ours: dict[str, list[Measured]] = {case: [] for case in (*CASES, *WITH_SEARCH)}
        floors: dict[str, list[float]] = {"cold": [], COLD_WITH_SEARCH: []}
        for run in range(runs):
            shutil.rmtree(theirs / "public", ignore_errors=True)
            hugo["cold"].append(_hugo(theirs))
            for cases, built, options in ((CASES, site, ["--no-search"]), (WITH_SEARCH, searched, [])):
                for case, prepare in cases.items():
                    prepare(built, run)
                    ours[case].append(catalogue(built, "--site", str(built), "build", *options))
                    click.echo(f"run {run + 1}: {case}: {ours[case][-1].wall:.2f} s", err=True)
                    if case in floors:
                        floors[case].append(floor(built / "public", Path(place) / "floor"))
                        click.echo(f"run {run + 1}: its floor: {floors[case][-1]:.2f} s", err=True)
            hugo["again"].append(_hugo(theirs))
            click.echo(f"run {run + 1}: Hugo {hugo['cold'][-1].wall:.2f} s", err=True)
        name = "memory" if _is_memory(Path(place)) else "a folder on disk"
        return Place(name, hugo, ours, floors)


def _is_memory(folder: Path) -> bool:
    """Whether a folder lies in memory (tmpfs of Linux)."""
    mounts = [(Path(part.mountpoint), part.fstype) for part in psutil.disk_partitions(all=True)]
    inside = [(len(point.parts), kind) for point, kind in mounts if folder.is_relative_to(point)]
    return max(inside, default=(0, ""))[1] == "tmpfs"


def _hugo(site: Path) -> Measured:
    return measure([str(Path(sys.executable).parent / "hugo"), "--quiet"], site)


def _alike(place: Path, resources: int) -> list[hugo_site.Row]:
    """How alike the pages of both sides are, on a fresh sample."""
    site, theirs = place / "alike", place / "alike-hugo"
    catalogue(site, "sample", str(site), "--resources", str(resources))
    catalogue(site, "--site", str(site), "build", "--no-search")
    theirs.mkdir()
    hugo_site.convert(site, theirs)
    _hugo(theirs)
    if differing := hugo_site.differing_addresses(site / "public", theirs / "public"):
        raise click.ClickException(f"pages that only one side has: {', '.join(differing[:10])}")
    rows = hugo_site.compare(site / "public", theirs / "public")
    for folder in (site, theirs):
        shutil.rmtree(folder)
    return rows


if __name__ == "__main__":
    main()
