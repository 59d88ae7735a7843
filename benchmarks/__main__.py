"""`python -m benchmarks`: times whole builds of the sample catalogue, from nothing and with nothing changed."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import click

ROOT = Path(__file__).parent.parent
CASES = ("cold", "nothing changed", "one lesson's summary edited")


@click.command()
@click.option("--resources", default=28_052, show_default=True, help="Size of the sample.")
@click.option("--runs", type=click.IntRange(1), default=5, show_default=True, help="Counted runs of each case.")
def main(resources: int, runs: int) -> None:
    """Build the sample catalogue over and over and print medians and spread."""
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-") as folder:
        site = Path(folder) / "site"
        _catalogue("sample", str(site), "--resources", str(resources))
        rows: dict[str, list[tuple[float, float]]] = {case: [] for case in CASES}
        for run in range(runs):
            shutil.rmtree(site / "public", ignore_errors=True)
            (site / ".public.manifest").unlink(missing_ok=True)
            rows["cold"].append(_build(site))
            rows["nothing changed"].append(_build(site))
            _edit(site, run)
            rows["one lesson's summary edited"].append(_build(site))
        click.echo(
            f"{resources:,} resources, {runs} runs: seconds of the whole command (median, least, most), peak MB\n"
        )
        for case, measured in rows.items():
            seconds = [second for second, _ in measured]
            peak = statistics.median(memory for _, memory in measured)
            click.echo(
                f"{case:28} {statistics.median(seconds):6.2f} {min(seconds):6.2f} {max(seconds):6.2f} {peak / 1e6:6.0f}"
            )


def _build(site: Path) -> tuple[float, float]:
    """Seconds of the whole process, and the peak memory of its largest process in bytes."""
    began = perf_counter()
    _catalogue("--site", str(site), "build", "--report", str(site / "report.json"))
    seconds = perf_counter() - began
    report: dict[str, Any] = json.loads((site / "report.json").read_text(encoding="utf-8"))
    return seconds, report["peak_memory_bytes"]


def _edit(site: Path, run: int) -> None:
    """Changes one summary of the first textbook."""
    book = min((site / "content/textbooks").rglob("*.yaml"))
    text = book.read_text(encoding="utf-8")
    start = text.index("summary: ") + len("summary: ")
    end = text.index("\n", start)
    book.write_text(f"{text[:start]}第{run + 1}次修改。{text[end:]}", encoding="utf-8")


def _catalogue(*arguments: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "build.py"), *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    main()
