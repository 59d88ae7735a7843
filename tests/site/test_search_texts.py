"""Finding what pages say, in a real browser: over HTTP under the site's own headers, and from a stick."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from built import Tree
from playwright.sync_api import Browser, Page, Route, expect

PHRASE = "辩完交换立场"  # stands in the text of a sample, and in no title


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, real: Tree, real_url: str) -> str:
    """Where the catalogue is: served, or in its folder."""
    return real_url if request.param == "http" else real.folder.as_uri() + "/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page; nothing goes wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def test_what_a_page_says_is_found_and_marked_where_it_says_it(base: str, page: Page) -> None:
    page.goto(f"{base}search.html?q={PHRASE}")
    expect(page.locator(".found .excerpt mark").first).to_have_text(PHRASE)
    page.locator(".found h2 a").first.click()
    expect(page.locator("main")).to_contain_text(PHRASE)


def test_typing_looks_into_texts_after_a_pause_where_titles_say_little(base: str, page: Page) -> None:
    page.goto(f"{base}search.html")
    page.locator(".seek input[type=search]").press_sequentially(PHRASE)
    expect(page.locator(".found .excerpt mark").first).to_have_text(PHRASE)


def test_a_word_in_the_title_and_one_in_the_text_are_found_together(base: str, page: Page) -> None:
    page.goto(f"{base}search.html?q={PHRASE}")
    title = page.locator(".found h2").first.inner_text()
    page.goto(f"{base}search.html?q={title[:2]} {PHRASE}")
    expect(page.locator(".found h2").first).to_have_text(title)


def test_what_titles_answer_downloads_no_texts(real_url: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{real_url}about.html")
    page.locator(".ask input").fill("语文")
    expect(page.locator(".ask .all")).to_be_visible()
    page.goto(f"{real_url}search.html?kind=lesson")
    expect(page.locator(".found h2").first).to_be_visible()
    page.locator(".seek input[type=search]").press_sequentially("古诗")
    expect(page.locator(".seek [role=status]")).to_contain_text("找到")
    page.wait_for_timeout(1_500)  # longer than the pause after which texts would be looked into
    of_texts = ("/search/indexes/", "/search/texts/", "/search/site/lexicon")
    assert [url for url in asked if any(part in url for part in of_texts)] == []


def test_a_part_that_does_not_come_is_told_and_asked_for_again(real_url: str, page: Page) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=404, body="")

    page.route("**/search/indexes/**", refuse)
    page.goto(f"{real_url}search.html?q={PHRASE}")
    again = page.locator(".after .notice button")
    expect(again).to_be_visible()
    page.unroute("**/search/indexes/**")
    again.click()
    expect(page.locator(".found .excerpt mark").first).to_have_text(PHRASE)


def test_what_is_quoted_stays_while_more_is_quoted(real_url: str, page: Page) -> None:
    page.goto(real_url + "search.html?q=%E7%A4%BA%E4%BE%8B%E4%BD%9C%E8%80%85")
    expect(page.locator(".after button", has_text="再找找")).to_be_visible()
    expect(page.locator(".found .excerpt").first).to_be_attached()
    page.evaluate("window.quoted = document.querySelector('.found .excerpt')")
    page.locator(".found > li").nth(8).scroll_into_view_if_needed()
    expect(page.locator(".found .excerpt").nth(7)).to_be_attached()
    assert page.evaluate("window.quoted.isConnected")


def test_where_what_is_quoted_does_not_come_that_is_told_and_it_can_be_asked_for_again(
    real_url: str, page: Page
) -> None:
    page.route("**/search/texts/**", lambda route: route.fulfill(status=404, body=""))
    page.goto(f"{real_url}search.html?q={PHRASE}")
    again = page.locator(".after .notice button")
    expect(again).to_be_visible()
    expect(page.locator(".found h2").first).to_be_visible()
    page.unroute("**/search/texts/**")
    again.click()
    expect(page.locator(".found .excerpt mark").first).to_have_text(PHRASE)
    expect(again).to_have_count(0)


def test_a_browser_without_workers_and_webassembly_finds_texts_too(real_url: str, page: Page) -> None:
    page.add_init_script("delete window.Worker; delete window.WebAssembly;")
    page.goto(f"{real_url}search.html?q={PHRASE}")
    expect(page.locator(".found .excerpt mark").first).to_have_text(PHRASE)


def test_a_count_says_that_it_is_not_all_while_texts_are_left_that_were_not_looked_into(
    real_url: str, page: Page
) -> None:
    page.goto(real_url + "search.html?q=%E7%A4%BA%E4%BE%8B%E4%BD%9C%E8%80%85")
    on = page.locator(".after button", has_text="再找找")
    expect(on).to_be_visible()
    expect(page.locator(".seek [role=status]")).to_contain_text("已找到")
    counts = page.locator(".facets small")
    expect(counts.first).to_have_text(re.compile(r"\d\+$"))
    on.press("Enter")
    expect(page.locator(".seek [role=status]")).to_have_text(re.compile("^找到"))
    expect(page.locator(".seek [role=status]")).to_be_focused()  # the button is gone
    expect(counts.first).to_have_text(re.compile(r"\d$"))
