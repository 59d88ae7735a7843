"""Pictures of every page type, to look at: `python tests/screenshots.py OUT_DIR [--site DIR]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

TESTS = Path(__file__).resolve().parent
WIDTHS = (360, 768, 1440)
HEIGHT = 900
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAPER = 794  # width of A4 in pixels of 1/96 inch


def take(browser: Browser, kind: str, url: str, out: Path) -> None:
    """Takes all pictures of a page.

    Args:
        browser: Chromium.
        kind: of the page; the pictures are named `<kind>-<width>-<scheme>.png`.
        url: of the page.
        out: the folder for the pictures.
    """
    page = browser.new_page()
    for scheme in SCHEMES:
        page.emulate_media(media="screen", color_scheme=scheme)
        page.goto(url)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.screenshot(path=out / f"{kind}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": PAPER, "height": HEIGHT})
    page.emulate_media(media="print", color_scheme="light")
    page.goto(url)
    page.screenshot(path=out / f"{kind}-{PAPER}-print.png", full_page=True)
    page.close()


def main() -> None:
    """Builds the site into a temporary folder and takes the pictures."""
    sys.path[:0] = [str(TESTS), str(TESTS / "site")]
    from built import KINDS
    from fixtures import build_tree
    from serving import serve
    from tools import ROOT, chromium

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--site", type=Path, default=ROOT, help="the site's folder; this repository when left out")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        tree = build_tree(given.site.resolve(), Path(folder) / "public", now="")
        browser = playwright.chromium.launch(executable_path=chromium())
        with serve(tree.folder, tree.path) as url:
            for kind in KINDS:
                if kind not in tree.samples:
                    print(f"{kind}: the site has no such page")
                    continue
                # A page that has moved would send the browser on at once.
                address = tree.samples[kind]
                if kind == "moved":
                    content = tree.bytes(address).replace(b'http-equiv="refresh"', b'name="refresh"')
                    (tree.folder / address).write_bytes(content)
                take(browser, kind, url + address, given.out)
                print(f"{kind}: {address}")
        browser.close()


if __name__ == "__main__":
    main()
