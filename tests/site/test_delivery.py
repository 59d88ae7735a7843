"""What the pages cost and what they ask for: sizes, folders, hosts, the Content-Security-Policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from built import KINDS, Tree, compressed
from fixtures import build_tree, run, stay
from playwright.sync_api import Browser, BrowserContext, Page, Route
from serving import serve

KIB = 1024
BUDGETS = {"resource": 6 * KIB, "lesson": 6 * KIB, "column": 14 * KIB, "textbook": 14 * KIB, "new": 14 * KIB}
BUDGETS |= {"section": 14 * KIB, "subject": 14 * KIB, "stage": 14 * KIB, "home": 14 * KIB, "topic": 14 * KIB}
MADE_UP = 400  # resources of a sample site, which has every section, column, stage, subject and kind of asset
MOST_ENTRIES = 5000


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A sample site, built; its lessons have texts and assets, which most of the real ones have not yet."""
    site = tmp_path_factory.mktemp("made-up") / "site"
    run("sample", str(site), "--resources", str(MADE_UP))
    return build_tree(site, site / "public", now="")


@pytest.mark.parametrize("kind", BUDGETS)
@pytest.mark.parametrize("name", ["real", "made_up"])
def test_every_page_stays_within_its_budget(request: pytest.FixtureRequest, name: str, kind: str) -> None:
    tree: Tree = request.getfixturevalue(name)
    sizes = {address: compressed(tree.bytes(address)) for address in tree.of_type(kind)}
    assert sizes
    assert {address: size for address, size in sizes.items() if size > BUDGETS[kind]} == {}


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("style", 33 * KIB // 4),
        ("script", KIB),
        ("search", 19 * KIB // 4),
        ("search-page", 47 * KIB // 8),
        ("finder", 29 * KIB // 2),
    ],
)
def test_styles_and_scripts_stay_small(real: Tree, name: str, most: int) -> None:
    (found,) = (address for address in real.files if address.startswith(f"assets/{name}."))
    assert compressed(real.bytes(found)) <= most


def test_no_folder_holds_more_than_five_thousand_entries(real: Tree) -> None:
    entries = Counter(Path(address).parent.as_posix() for address in real.files)
    assert max(entries.values()) <= MOST_ENTRIES


def test_no_font_is_published(real: Tree) -> None:
    assert [a for a in real.files if a.endswith((".woff", ".woff2", ".ttf", ".otf"))] == []


@pytest.fixture(scope="module")
def context(browser: Browser, urls: dict[str, str]) -> Iterator[BrowserContext]:
    """One browser context for the pages of this file."""
    context = browser.new_context()
    stay(context, urls["moved"])
    yield context
    context.close()


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and the list of other hosts that it will have asked for something; none of them answers."""
    page = context.new_page()
    hosts: list[str] = []

    def refuse(route: Route) -> None:
        hosts.append(urlsplit(route.request.url).hostname or "")
        route.abort()

    page.route(lambda url: urlsplit(url).hostname != "127.0.0.1", refuse)
    return page, hosts


def complaints(context: BrowserContext, url: str) -> tuple[list[str], list[str]]:
    """Errors that a browser reports on a page, and the other hosts that the page asks for something."""
    page, hosts = watched(context)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url, wait_until="load")
    page.mouse.wheel(0, 20_000)  # what waits until it is seen
    page.wait_for_timeout(50)
    page.close()
    return errors, hosts


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_keeps_the_policy_and_asks_no_other_host(
    context: BrowserContext, urls: dict[str, str], kind: str
) -> None:
    errors, hosts = complaints(context, urls[kind])
    assert [e for e in errors if not (kind == "404" and "404" in e)] == []
    assert hosts == []


def test_the_policy_stops_an_inline_script_and_a_foreign_picture(
    context: BrowserContext, tmp_path: Path, real: Tree
) -> None:
    (tmp_path / "_headers").write_bytes(real.bytes("_headers"))
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>x</title><link rel=icon href='data:,'><body><script>document.title = 'ran'</script>"
        "<p style='color:red'>x</p><img src='https://media.example.org/x.png'>",
        encoding="utf-8",
    )
    with serve(tmp_path) as url:
        errors, hosts = complaints(context, url)
    for directive in ("script-src", "style-src", "img-src"):
        assert [error for error in errors if "Content Security Policy" in error and directive in error], directive
    assert hosts == []


def test_a_video_is_asked_for_only_when_it_is_played(context: BrowserContext, real: Tree, real_url: str) -> None:
    page, hosts = watched(context)
    page.goto(real_url + real.samples["lesson-tabs"], wait_until="load")
    assert hosts == []
    page.evaluate("() => { document.querySelector('video').play().catch(() => {}) }")
    page.wait_for_timeout(500)
    assert set(hosts) == {"media.example.org"}
    page.close()


def test_every_answer_carries_the_headers_that_protect_readers(real: Tree) -> None:
    text = real.bytes("_headers").decode()
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Strict-Transport-Security"):
        assert f"  {name}: " in text
    policy = next(line for line in text.splitlines() if "Content-Security-Policy" in line)
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "immutable" in text.split("/assets/*")[1].split("\n\n")[0]
