"""Every link leads somewhere, wherever the tree lies."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from built import Reference, Tree, is_absolute
from playwright.sync_api import Browser, expect
from serving import serve

# Where an address may leave the site: what a reader follows or plays, and what only machines read.
OUTWARD = {"a", "link canonical", "source", "track", "video", "audio", "refresh"}
SCHEMES = {"a": {"http", "https", "mailto", "tel"}}
CLICKS = 5
# What is clicked on the way from home to a lesson, and the type of the page that it leads to.
WAY_TO_A_LESSON = (
    ("main .stages a", "stage"),
    ("main .subjects h3 a", "subject"),
    ("main .book:has-text('课时') a", "textbook"),
    ("main .unit ol a", "lesson"),
)


@pytest.fixture(params=["real", "small"])
def tree(request: pytest.FixtureRequest) -> Tree:
    """Each of the two sites: one lies at the root of its host, the other below a path."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Tree)
    return found


def local(tree: Tree, address: str) -> list[Reference]:
    """References of a page to other files of the tree."""
    return [reference for reference in tree.pages[address].references if not is_absolute(reference.value)]


def test_every_relative_address_leads_to_a_file_and_an_anchor_of_the_tree(tree: Tree) -> None:
    broken = []
    for address, facts in tree.pages.items():
        for reference in local(tree, address):
            file, anchor = tree.resolve(address, reference.value)
            target = tree.pages.get(file)
            if file not in tree.files or (anchor and (target is None or anchor not in target.ids)):
                broken.append(f"{address}: <{reference.element}> {reference.value}")
        assert facts.references, address
    assert broken == []


def test_no_page_needs_to_know_where_the_tree_lies(tree: Tree) -> None:
    wrong = [
        f"{address}: {reference.value}"
        for address in tree.pages
        for reference in local(tree, address)
        if reference.value.startswith("/")
        or (".." in reference.value and tree.resolve(address, reference.value)[0][:2] == "..")
        if address != "404.html"
    ]
    assert wrong == []


def test_the_page_for_what_is_not_there_finds_its_way_from_any_depth(tree: Tree) -> None:
    values = [reference.value for reference in local(tree, "404.html") if not reference.value.startswith("#")]
    assert values
    assert [value for value in values if not value.startswith(tree.path)] == []


def test_only_readers_links_players_and_canonical_addresses_leave_the_site(tree: Tree) -> None:
    wrong = []
    for address, facts in tree.pages.items():
        for element, value in ((r.element, r.value) for r in facts.references if is_absolute(r.value)):
            if element not in OUTWARD or urlsplit(value).scheme not in SCHEMES.get(element, {"http", "https"}):
                wrong.append(f"{address}: <{element}> {value}")
    assert wrong == []


def test_every_page_names_its_own_address_as_canonical(tree: Tree) -> None:
    for address, facts in tree.pages.items():
        named = [reference.value for reference in facts.references if reference.element == "link canonical"]
        if address == "404.html" or (facts.type == "moved" and tree.redirects[address][1].startswith("410")):
            continue
        own = tree.redirects[address][0] if facts.type == "moved" else address
        assert named == [tree.base_url + ("" if own == "index.html" else own)], address


def test_styles_and_scripts_refer_to_nothing_outside_the_tree(tree: Tree) -> None:
    for address in tree.files:
        if address.endswith((".css", ".js")):
            text = tree.bytes(address).decode()
            values = [value.strip("'\"") for value in re.findall(r"url\(\s*([^)]+?)\s*\)", text)]
            assert "@import" not in text, address
            outside = [value for value in values if is_absolute(value) and not value.startswith("data:")]
            missing = [v for v in values if not is_absolute(v) and tree.resolve(address, v)[0] not in tree.files]
            assert (outside, missing) == ([], []), address
            assert re.findall(r"https?://(?!www\.w3\.org/)[\w.-]+", text) == [], address


def test_every_lesson_and_resource_is_at_most_five_clicks_from_home_and_no_page_is_an_orphan(tree: Tree) -> None:
    clicks = {"index.html": 0}
    pending = deque(clicks)
    while pending:
        address = pending.popleft()
        if tree.pages[address].type == "moved":  # no way for a reader, who is sent on
            continue
        for reference in local(tree, address):
            file = tree.resolve(address, reference.value)[0]
            if reference.element == "a" and file in tree.pages and file not in clicks:
                clicks[file] = clicks[address] + 1
                pending.append(file)
    expected = {address for address, facts in tree.pages.items() if facts.type not in {"404", "moved"}}
    assert expected - clicks.keys() == set()
    for kind in ("lesson", "resource"):
        assert {a: clicks[a] for a in tree.of_type(kind) if clicks[a] > CLICKS} == {}
        assert tree.of_type(kind)


def test_a_reader_without_scripts_clicks_from_home_to_a_lesson(real: Tree, real_url: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real_url)
    for link, kind in WAY_TO_A_LESSON:
        target = page.locator(link).first
        said = target.locator("span").last.inner_text() if kind == "stage" else target.inner_text()
        target.click()
        assert page.url.removeprefix(real_url) in real.of_type(kind)
        expect(page.locator("main h1")).to_be_visible()
        assert page.locator("main h1").inner_text().endswith(said)
    context.close()


def test_the_tree_can_be_walked_from_a_stick_without_any_server(real: Tree, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda r: complaints.append(r.url) if r.failure != "net::ERR_ABORTED" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto((real.folder / "index.html").as_uri())
    page.click("main .stages a >> nth=0")
    page.click("main .subjects h3 a >> nth=0")
    page.click("main .book:has-text('课时') a >> nth=0")
    page.click("main .unit ol a >> nth=0")
    page.wait_for_load_state()
    assert page.url.removeprefix(real.folder.as_uri() + "/") in real.of_type("lesson")
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    assert {urlsplit(url).scheme for url in asked} == {"file"}
    page.goto((real.folder / real.samples["resource"]).as_uri())
    page.wait_for_timeout(200)  # for what is told after the page has been loaded
    assert page.evaluate("[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)") == []
    assert complaints == []
    context.close()


def test_below_a_path_the_site_works_and_a_wrong_address_shows_the_way_home(small: Tree, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    with serve(small.folder, small.path) as url:
        answer = page.goto(f"{url}study/poems/not/there.html")
        assert answer is not None
        assert answer.status == 404
        assert page.evaluate("document.styleSheets.length") == 1
        page.click("main a >> nth=0")
        assert page.url == f"{url}index.html"
        page.click("main a[href='study.html']")
        page.click("main a[href='study/poems.html'] >> nth=0")
        page.click("a[rel=next]")
        assert page.url == f"{url}study/poems/2.html"
    context.close()


def test_a_moved_page_takes_the_browser_to_its_new_place(real: Tree, real_url: str, browser: Browser) -> None:
    address = real.samples["moved"]
    context = browser.new_context()
    page = context.new_page()
    page.goto(real_url + address)
    page.wait_for_url(real_url + real.redirects[address][0])
    context.close()
