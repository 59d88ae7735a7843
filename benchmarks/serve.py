"""`python -m benchmarks.serve`: from the save of a file to the event that reloads the browser, on a large site."""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median
from threading import Thread

import click
import psutil

from benchmarks import cases
from benchmarks.measure import PROGRAM, environment
from benchmarks.report import RESULTS, with_section
from builder.language import language_of
from builder.problems import say

HEADING = "## From a save to the browser"
TARGET = 150  # milliseconds from a lesson's save to the event, for 95 of 100
PATIENCE = 120.0  # seconds in which anything must happen
PAUSES = 0.2, 4.0  # seconds between two saves: some come while the preview still tidies up after the last


@dataclass(frozen=True, slots=True)
class Save:
    """One save: seconds until the event, and processor seconds of all processes of the preview by then."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Edit:
    """What is written into which file; which page shows it, and what must be seen there."""

    page: str
    file: Path
    text: str
    sign: str


class Preview:
    """A running `serve`.

    Args:
        site: that it shows.
        temporary: where it may put its files.
    """

    def __init__(self, site: Path, temporary: Path):
        self._process = subprocess.Popen(
            [sys.executable, PROGRAM, "--site", site, "serve"],
            env={**environment(), "TMPDIR": str(temporary)},
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._process.stderr
        lines = self._process.stderr
        found = next(match for line in lines if (match := re.search(r"http://127\.0\.0\.1:(\d+)/", line)))
        self._port = int(found.group(1))
        whole = say("whole-site", language_of(site))  # the first build, in the language of the site
        next(line for line in lines if line.startswith(f"{whole} · "))
        Thread(target=lines.read, daemon=True).start()  # nobody reads on, and a full pipe would stop it

    def time(self, edit: Edit, pause: float) -> Save:
        """Saves a file while its page is open in a browser, after a pause, and waits for the event.

        Raises:
            RuntimeError: the page does not show what was written.
        """
        events = re.findall(r'data-events="/([^"]+)"', self._get(edit.page))[0].replace("&amp;", "&")
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)) as connection:
            connection.request("GET", f"/{events}")
            answer = connection.getresponse()
            _wait_for(answer, b"event: mended")
            time.sleep(pause)
            cpu, began = self._cpu(), time.perf_counter()
            edit.file.write_text(edit.text, encoding="utf-8")
            _wait_for(answer, b"event: reload")
            save = Save(time.perf_counter() - began, self._cpu() - cpu)
        if edit.sign not in self._get(edit.page):
            raise RuntimeError(f"{edit.page} does not show {edit.sign!r}")
        return save

    def end(self) -> None:
        """Ends it as Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()

    def _get(self, address: str) -> str:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)) as connection:
            connection.request("GET", f"/{address}")
            return connection.getresponse().read().decode()

    def _cpu(self) -> float:
        process = psutil.Process(self._process.pid)
        times = [one.cpu_times() for one in [process, *process.children(recursive=True)]]
        return float(sum(t.user + t.system + t.children_user + t.children_system for t in times))


def _wait_for(answer: Iterator[bytes], event: bytes) -> None:
    if not any(line.startswith(event) for line in answer):
        raise RuntimeError(f"the stream ended without {event.decode()!r}")


@contextmanager
def _serving(site: Path, temporary: Path) -> Iterator[Preview]:
    preview = Preview(site, temporary)
    try:
        yield preview
    finally:
        preview.end()


def _lessons(site: Path, rng: Random) -> Iterator[Edit]:
    """Another lesson's summary each time."""
    books = sorted((site / "content/textbooks").rglob("*.yaml"))
    rng.shuffle(books)
    for number, book in enumerate(books):
        text = book.read_text(encoding="utf-8")
        lessons = list(re.finditer(r"(?m)^ +- id: (\S+)$", text))
        lesson = rng.choice(lessons)
        start = text.index("summary: ", lesson.end()) + len("summary: ")
        if any(lesson.end() < other.start() < start for other in lessons):
            continue  # this one has no summary
        sign = f"第{number + 1}次修改。"
        edited = f"{text[:start]}{sign}{text[text.index(chr(10), start) :]}"
        yield Edit(f"textbooks/{book.stem}/{lesson.group(1)}.html", book, edited, sign)


def _renames(site: Path, rng: Random) -> Iterator[Edit]:
    """Another textbook's title each time."""
    books = sorted((site / "content/textbooks").rglob("*.yaml"))
    rng.shuffle(books)
    for number, book in enumerate(books):
        sign = f"改名的教材{number + 1}"
        edited = re.sub(r"(?m)^title: .*$", f"title: {sign}", book.read_text(encoding="utf-8"), count=1)
        yield Edit(f"textbooks/{book.stem}.html", book, edited, sign)


def _templates(site: Path, rng: Random) -> Iterator[Edit]:
    """The template that every page is made with."""
    base = site / "themes/own/templates/base.html"
    for number in range(sys.maxsize):
        sign = f"第{number + 1}次，{rng.random()}"
        text = f"{{% extends 'default/base.html' %}}\n{{% block foot %}}<p>{sign}</p>{{% endblock %}}\n"
        yield Edit("index.html", base, text, sign)


@click.command()
@click.option("--resources", default=28_052, show_default=True, help="Size of the sample.")
@click.option("--saves", type=click.IntRange(2), default=60, show_default=True, help="Saves of lessons.")
@click.option("--seed", default=1, show_default=True, help="Chooses the lessons.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to work: /dev/shm for memory; a disk otherwise.")
@click.option("--results", type=click.Path(path_type=Path), default=RESULTS, show_default=True)
def main(resources: int, saves: int, seed: int, folder: Path | None, results: Path) -> None:
    """Time saves in the preview of the sample, each until the event that reloads the browser that shows its page."""
    rng = Random(seed)
    kinds: dict[str, tuple[Callable[[Path, Random], Iterator[Edit]], int]] = {
        "a lesson's summary": (_lessons, saves),
        "a textbook's title": (_renames, max(2, saves // 6)),
        "the template of every page": (_templates, 2),
    }
    found: dict[str, list[Save]] = {}
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-", dir=folder) as place:
        site = Path(place) / "site"
        subprocess.run(
            [sys.executable, PROGRAM, "sample", site, "--resources", str(resources)], check=True, capture_output=True
        )
        cases.template(site, 0)
        load = os.getloadavg()[0]
        with _serving(site, Path(place)) as preview:
            for kind, (edits, number) in kinds.items():
                found[kind] = []
                for edit, _ in zip(edits(site, rng), range(number), strict=False):
                    found[kind].append(preview.time(edit, rng.uniform(*PAUSES)))
                    click.echo(f"{kind}: {found[kind][-1].wall * 1000:.0f} ms", err=True)
    section = _section(resources, str(folder or "a disk"), load, found)
    text = results.read_text(encoding="utf-8") if results.exists() else ""
    results.write_text(with_section(text, section), encoding="utf-8")
    click.echo(section)


def _section(resources: int, where: str, load: float, found: dict[str, list[Save]]) -> str:
    lines = [
        HEADING,
        "",
        f"Written by `python -m benchmarks.serve` on {datetime.now(UTC):%Y-%m-%d}: `serve` with {resources:,} "
        f"resources, in {where}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        f"load {load:.1f} at the start. Milliseconds from the save to the event that reloads the browser; processor "
        f"time is that of all processes of the preview meanwhile. Between saves lie {PAUSES[0]} to {PAUSES[1]} "
        "seconds.",
        "",
        "| saved | saves | median | 95 of 100 | target | most | CPU, median |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind, saves in found.items():
        walls = sorted(save.wall * 1000 for save in saves)
        target = f"≤ {TARGET}" if kind == next(iter(found)) else ""
        cpu = median(save.cpu for save in saves) * 1000
        figures = (f"{median(walls):.0f}", f"{_percentile(walls, 95):.0f}", target, f"{walls[-1]:.0f}", f"{cpu:.0f}")
        lines.append(f"| {kind} | {len(saves)} | {' | '.join(figures)} |")
    return "\n".join([*lines, ""])


def _percentile(ordered: list[float], share: int) -> float:
    """The least value that so many of 100 do not exceed."""
    return ordered[-(-len(ordered) * share // 100) - 1]


if __name__ == "__main__":
    main()
