"""What finding costs in bytes, as Chromium counts them: compressed, cold, with a catalogue of the published size."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from built import Tree
from playwright.sync_api import Browser, Locator, Page, Request, expect

pytestmark = pytest.mark.scale

KIB = 1024
FIRST, REQUESTS = 45 * KIB, 3  # until the first suggestion, after the page
ALL = 200 * KIB  # with the packs of all other stages and sections, which come behind
FIRST_TEXT, FURTHER_TEXT = 60 * KIB, 20 * KIB  # what is found in texts: the first time in a visit, and then
FILES = 2_000  # that search has in all
STAGES = ("primary", "junior-high", "senior-high", "primary-54", "junior-54")

SUGGESTION = ".ask [role=option]:not(.all)"


@pytest.fixture
def requests() -> list[Request]:
    """What has been asked for since the list was emptied."""
    return []


@pytest.fixture
def page(browser: Browser, requests: list[Request]) -> Iterator[Page]:
    """A page of a browser that has been nowhere yet."""

    def note(request: Request) -> None:
        requests.append(request)

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.on("request", note)
    yield context.new_page()
    context.close()


BODIES = "Object.fromEntries(performance.getEntriesByType('resource').map((e) => [e.name, e.encodedBodySize]))"


def taken(page: Page, requests: list[Request]) -> int:
    """The bytes of the answers, their heads too; of a worker's own script only the page knows how long it is."""
    known = page.evaluate(BODIES)
    sizes = [(request.url, request.sizes()) for request in requests]
    return sum(max(size["responseBodySize"], known.get(url, 0)) + size["responseHeadersSize"] for url, size in sizes)


def packs(tree: Tree) -> dict[str, str]:
    """Addresses of the packs of a catalogue, by their names."""
    text = tree.bytes("search/index.js").decode()
    listed = json.loads(text[text.index("(") + 1 : text.rindex(")")])["packs"]
    return {name: address for name, address, *_ in listed}


@pytest.mark.parametrize("stage", STAGES)
def test_a_first_suggestion_takes_three_requests_and_few_bytes_whatever_the_readers_stage(
    sample: Tree, sample_url: str, page: Page, requests: list[Request], stage: str
) -> None:
    first = packs(sample)[f"stages/{stage}"]
    page.add_init_script(f"localStorage.setItem('catalogue-stage', '{stage}')")
    page.goto(f"{sample_url}about.html")
    page.wait_for_load_state("networkidle")
    requests.clear()
    page.context.route(lambda url: "/search/s" in url and first not in url, lambda route: route.abort())
    page.locator(".ask input").press_sequentially("的")
    expect(page.locator(SUGGESTION).first).to_be_visible()
    asked = requests[:REQUESTS]
    found = {request.url.removeprefix(sample_url).split(".")[0] for request in asked}
    assert found == {"assets/finder", "search/index", f"search/stages/{stage}"}
    assert taken(page, asked) <= FIRST


def test_any_pack_could_be_the_first_and_all_together_stay_small(
    sample: Tree, sample_url: str, page: Page, requests: list[Request]
) -> None:
    page.goto(f"{sample_url}search.html?q=%E7%9A%84")
    expect(page.locator(".seek [role=status]")).to_contain_text("找到")
    sizes = {request.url.removeprefix(sample_url): taken(page, [request]) for request in requests}
    before = sum(size for address, size in sizes.items() if address.startswith(("assets/finder.", "search/index.")))
    of_packs = [sizes[address] for address in packs(sample).values()]
    assert before + max(of_packs) <= FIRST
    assert before + sum(of_packs) <= ALL


def test_facets_and_further_queries_take_nothing_more(sample_url: str, page: Page, requests: list[Request]) -> None:
    page.goto(f"{sample_url}search.html?q=%E6%95%B0")
    status = page.locator(".seek [role=status]")
    expect(status).to_contain_text("找到")
    page.wait_for_load_state("networkidle")
    requests.clear()
    all_of_them = status.inner_text()
    page.locator("[id^='_grade-']").first.check()
    expect(status).not_to_have_text(all_of_them)
    expect(status).to_contain_text("找到")
    page.locator("[id^='_grade-']").first.uncheck()
    for query, title in {"小数": "小数", "youlishu": "有理数", "七年级 数学 上册": "数学 七年级上册"}.items():
        page.locator(".seek input[type=search]").fill(query)
        expect(page.locator(".found h2").first).to_contain_text(title)
    # Chromium looks into its cache for the icon whenever the address changes.
    assert [request.url for request in requests if "/assets/favicon." not in request.url] == []


def within(page: Page, requests: list[Request], most: int, query: str, shown: Locator) -> None:
    """Enter leads to what is shown, with so many bytes at most."""
    box = page.locator(".seek input[type=search]")
    requests.clear()
    box.fill(query)
    box.press("Enter")
    expect(shown).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert taken(page, requests) <= most, [(request.url, taken(page, [request])) for request in requests]


def test_what_pages_say_is_found_with_few_bytes_and_then_with_less(
    sample_url: str, page: Page, requests: list[Request]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.add_init_script("localStorage.setItem('catalogue-stage', 'primary')")
    page.goto(f"{sample_url}search.html")
    page.wait_for_load_state("networkidle")
    for query, most in (("听辨主题", FIRST_TEXT), ("写下疑问", FURTHER_TEXT)):
        within(page, requests, most, query, page.locator(".found .excerpt mark", has_text=query).first)


def test_that_nothing_says_a_word_is_told_with_few_bytes_and_then_with_less(
    sample_url: str, page: Page, requests: list[Request]
) -> None:
    page.goto(f"{sample_url}search.html")
    page.wait_for_load_state("networkidle")
    for query, most in (("女娲补天", FIRST_TEXT), ("清平乐", FURTHER_TEXT)):
        within(page, requests, most, query, page.locator(".seek [role=status]", has_text=f"没有找到“{query}”"))


def test_search_has_few_files(sample: Tree) -> None:
    assert len([address for address in sample.files if address.startswith("search/")]) <= FILES
