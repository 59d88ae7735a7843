"""`python -m benchmarks.search_speed`: from opening a page to the first suggestion, and from a key to its list."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import click
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PROGRAM = HERE.parent / "build.py"
TESTS = HERE.parent / "tests"
LATENCY, RATE = 400, 400  # milliseconds for each request, kbit/s in both directions
SLOWER = 6  # times the processor
FIRST, NEXT = 3000, 100  # milliseconds, the targets
FIRST_KEYS = {"有": "a character", "y": "a letter, by pinyin"}
QUERIES = ("youlishudejiafa", "xuexi", "dyy", "english", "的", "有理数的加法", "小学语文", "七年级 数学 上册")
SETTLED = 12_000  # milliseconds in which everything has come
PAUSE = 250  # milliseconds between two keys

# Notes the milliseconds until the list of what stands in the box is drawn, from its key and from the opening.
# Where the list of the search page stays as it was, only `aria-busy` tells, which is set each time.
WATCH = """
(() => {
  let began = 0;
  window.drawn = [];
  window.listen = () => { window.drawn = []; began = 0; };
  addEventListener("keydown", (event) => { began = event.timeStamp; }, true);
  addEventListener("input", (event) => { began = began || event.timeStamp; }, true);
  new MutationObserver(() => {
    const all = document.querySelector(".ask .drop:not([hidden]) .all"), input = document.querySelector(".ask input");
    const isOfBox = all && input && new URL(all.href).searchParams.get("q") === input.value.trim();
    const found = document.querySelector(".seek .found") && !document.querySelector("[aria-busy=true]");
    if (!began || !(isOfBox || found)) return;
    const from = began;
    began = 0;
    requestAnimationFrame(() => setTimeout(() => window.drawn.push([performance.now() - from, performance.now()])));
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-busy"] });
})()
"""
DRAWN = (
    "() => new Promise((done) => { const look = () => drawn.length ? done(drawn[0]) : setTimeout(look, 5); look() })"
)

BOUNDS = """
What bounds the first suggestion is the link: the page, its styles and scripts, the list of packs, and the first pack
come one after the other at 400 ms each, the finder beside them, 40 KB in all: 2.2 s that no processor saves.
The rest is work of the processor, and so is a further key; with other programs beside it (see the load) both are slower
than the slowing down asks for, and the least is nearest to what a machine at rest shows.

What bounds a further key in the search page is the browser's own work, as traces of it show (milliseconds, slowed
down): our script takes 15 to 25, style and layout of the six groups that fill a screen 20 to 30, painting and
putting together 10 to 20. The other groups and the facets are drawn in steps once the first six have been seen, and a
key waits for one of them at most; without a worker the finder's own work, 2 to 6 before it is slowed down, is added.
What was tried: all twenty groups and the facets at once took a third to a half longer, the other groups and the facets
in one step behind the first six as much; facets 60 ms later left a choice that was undone standing too long; to keep
layout and paint of each group and of the facets to themselves (`contain`), and to make what lies folded only when it is
unfolded, saved nothing that could be told from the noise.

The machine decides most: three runs of one day (2026-11-28, for code that does the same) gave 95 of 100 keys within
54, 87 and 116 ms in the box, 99, 105 and 169 in the search page and 87, 101 and 144 on a phone's screen with a worker;
101, 106 and 135, 112, 118 and 177, 104, 128 and 196 without one; and the first suggestion after 2.84, 3.05 and 3.52 s
at most. Only figures of one hour compare.
"""


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which the finder runs: in a worker, or in the page itself as from a stick."""

    name: str
    script: str


@dataclass(frozen=True, slots=True)
class Place:
    """A field to type into: its name, the address of its page, what selects it, and a screen's width and height."""

    name: str
    address: str
    field: str
    screen: tuple[int, int]


DESK, PHONE = (1280, 900), (360, 640)
PLACES = (
    Place("the box", "about.html", ".ask input", DESK),
    Place("the search page", "search.html", ".seek input[type=search]", DESK),
    Place("the search page on a phone's screen", "search.html", ".seek input[type=search]", PHONE),
)
WAYS = (
    Way("in a worker, which Chromium does not slow down", ""),
    Way("in the page, all of it slowed down", "delete window.Worker;"),
)


@contextmanager
def _slow_page(browser: Browser, way: Way, screen: tuple[int, int]) -> Iterator[Page]:
    """A page of a browser that has been nowhere yet, on a slow link and a slow processor."""
    context = browser.new_context(viewport={"width": screen[0], "height": screen[1]})
    context.add_init_script(way.script + WATCH)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    rate = RATE * 1000 / 8
    link = {"offline": False, "latency": LATENCY, "downloadThroughput": rate, "uploadThroughput": rate}
    tools.send("Network.emulateNetworkConditions", link)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page
    context.close()


def _first(browser: Browser, url: str, way: Way, key: str) -> float:
    """Milliseconds from opening a page to the first suggestion for a key that is typed as soon as there is a box."""
    with _slow_page(browser, way, DESK) as page:
        page.goto(f"{url}about.html", wait_until="commit")
        page.locator(".ask input").focus()
        page.keyboard.insert_text(key)
        return _drawn(page)[1]


def _drawn(page: Page) -> tuple[float, float]:
    """Milliseconds until the next list is drawn, from its key and from the opening of the page."""
    from_key, from_opening = page.evaluate(DRAWN)
    return from_key, from_opening


def _keys(browser: Browser, url: str, way: Way, place: Place) -> list[float]:
    """Milliseconds from each key of the queries to its list, once everything has come."""
    found = []
    with _slow_page(browser, way, place.screen) as page:
        page.goto(url + place.address)
        page.locator(place.field).focus()
        page.keyboard.insert_text("一")
        page.wait_for_timeout(SETTLED)
        for query in QUERIES:
            page.locator(place.field).fill("")
            page.wait_for_timeout(PAUSE)
            for key in query:
                page.evaluate("listen()")  # what was emptied before was no key
                if key.isascii():
                    page.keyboard.press("Space" if key == " " else key)
                else:
                    page.keyboard.insert_text(key)
                if key == " ":
                    continue  # asks nothing new
                found.append(_drawn(page)[0])
                page.wait_for_timeout(PAUSE)
    return found


@click.command()
@click.option("--resources", default=28_052, show_default=True, help="Size of the sample.")
@click.option("--runs", type=click.IntRange(1), default=5, show_default=True, help="Pages opened for each first key.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to work: /dev/shm for memory; a disk otherwise.")
@click.option("--site", type=click.Path(path_type=Path), help="A built sample, instead of one made for this.")
@click.option("--results", type=click.Path(path_type=Path), default=HERE / "search_speed.md", show_default=True)
def main(resources: int, runs: int, folder: Path | None, site: Path | None, results: Path) -> None:
    """Time the box and the search page in Chromium, on a slow link and a slow processor, at the published size."""
    sys.path[:0] = [str(TESTS), str(TESTS / "site")]
    from serving import serve
    from tools import chromium

    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-", dir=folder) as place, sync_playwright() as playwright:
        made = site or Path(place) / "site"
        if site is None:
            _catalogue("sample", str(made), "--resources", str(resources))
            _catalogue("--site", str(made), "build")
        browser = playwright.chromium.launch(executable_path=chromium())
        with serve(made / "public", compressing=True) as url:
            firsts = {
                (way, key): [_first(browser, url, way, key) for _ in range(runs)] for way in WAYS for key in FIRST_KEYS
            }
            keys = {(way, place): _keys(browser, url, way, place) for way in WAYS for place in PLACES}
        version = browser.version
        browser.close()
    text = _report(resources, version, load, firsts, keys)
    results.write_text(text, encoding="utf-8")
    click.echo(text)


def _catalogue(*arguments: str) -> None:
    subprocess.run([sys.executable, PROGRAM, *arguments], check=True, capture_output=True)


def _report(
    resources: int,
    version: str,
    load: float,
    firsts: dict[tuple[Way, str], list[float]],
    keys: dict[tuple[Way, Place], list[float]],
) -> str:
    lines = [
        "# How fast it finds",
        "",
        f"Written by `python -m benchmarks.search_speed` on {datetime.now(UTC):%Y-%m-%d}: a sample of {resources:,} "
        f"resources, Chromium {version}, {os.cpu_count()} processors, Python {platform.python_version()}, load "
        f"{load:.1f} at the start, priority {os.getpriority(os.PRIO_PROCESS, 0)}. The link has {RATE} kbit/s and "
        f"{LATENCY} ms for each request, the processor is slowed down {SLOWER} times (both by Chromium), nothing is in "
        "the cache. Milliseconds until the list is drawn, with the browser's own work.",
        "",
        "| from | the finder runs | times | least | median | 95 of 100 | most | target |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for (way, key), times in firsts.items():
        what = f"opening a page to the first suggestion, {FIRST_KEYS[key]}"
        lines.append(_row(what, way, times, f"< {FIRST:,}"))
    for (way, place), times in keys.items():
        lines.append(_row(f"a further key in {place.name}", way, times, f"< {NEXT}"))
    return "\n".join([*lines, BOUNDS])


def _row(what: str, way: Way, times: list[float], target: str) -> str:
    ordered = sorted(times)
    figures = ordered[0], median(ordered), ordered[-(-len(ordered) * 95 // 100) - 1], ordered[-1]
    return f"| {what} | {way.name} | {len(ordered)} | {' | '.join(f'{one:,.0f}' for one in figures)} | {target} |"


if __name__ == "__main__":
    main()
