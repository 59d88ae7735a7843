"""Readers who see badly, who do not use a mouse, and who have small screens, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from built import KINDS, Tree
from fixtures import stay
from playwright.sync_api import Browser, BrowserContext, Page
from tools import axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 768, 1440)
STOPS = 12  # presses of Tab in the main part of each page, and twice as many from the top of the first

FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    name: e.outerHTML.slice(0, 120),
    body: e === document.body,
    // A link may draw its outline around the whole card; the parts of a player have the browser's own.
    outline: [style, getComputedStyle(e, '::after')]
      .some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
      || /VIDEO|AUDIO/.test(e.tagName) && !e.matches(':focus-visible'),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth,
  };
}"""

# The colours of each hue, as red, green and blue from 0 to 255.
HUES = """() => {
  const box = document.createElement('div');
  document.querySelector('main').append(box);
  const names = ['tint', 'deep', 'bind', 'slip', 'leaf', 'paper'];
  const found = [];
  for (let hue = 0; hue < 12; hue++) {
    box.className = 'hue-' + hue;
    found.push(Object.fromEntries(names.map(name => {
      box.style.color = `var(--${name})`;
      return [name, getComputedStyle(box).color.match(/[\\d.]+/g).map(Number)];
    })));
  }
  return found;
}"""
# What stands on what: words of a drawn cover and a tag, of a box, of a list's sign, of a drawn book.
ON = (("deep", "tint"), ("deep", "leaf"), ("deep", "paper"), ("slip", "bind"))

FIRST_BOOK_WITH_LESSONS = (
    "[...document.querySelectorAll('.books .book')].findIndex(b => /\\d+课时/.test(b.textContent))"
)


@pytest.fixture(scope="module")
def context(browser: Browser, urls: dict[str, str]) -> Iterator[BrowserContext]:
    """One browser context for the pages of this file."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    stay(context, urls["moved"])
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, urls: dict[str, str]) -> Iterator[Callable[..., Page]]:
    """Opens the page of a kind, in a window of a width."""
    pages = []

    def open_page(kind: str, width: int = 1280, scheme: Literal["light", "dark"] = "light") -> Page:
        page = context.new_page()
        pages.append(page)
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(urls[kind])
        return page

    yield open_page
    for page in pages:
        page.close()


def violations(page: Page) -> list[str]:
    """What axe finds on a page."""
    page.evaluate(axe())
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(options).then(r => r.violations)", options)
    return [
        f"{violation['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for violation in found
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_wrong(visit: Callable[..., Page], kind: str, scheme: str) -> None:
    assert violations(visit(kind, scheme=scheme)) == []


def test_axe_finds_nothing_wrong_in_the_open_menu_of_a_phone(visit: Callable[..., Page]) -> None:
    page = visit("home", 360)
    page.click("summary")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_in_suggestions_and_in_what_was_found(visit: Callable[..., Page], scheme: str) -> None:
    page = visit("textbook", scheme=scheme)
    page.locator(".ask input").fill("语文")
    page.locator(".ask [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page = visit("search", scheme=scheme)
    page.locator(".seek input[type=search]").fill("语文")
    page.locator(".results[aria-busy=false]").wait_for()
    assert violations(page) == []


def test_axe_sees_what_is_wrong(visit: Callable[..., Page]) -> None:
    page = visit("home")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"\"><a href=\"x\"></a>')")
    assert len(violations(page)) >= 2


def test_dark_readers_get_a_dark_page(visit: Callable[..., Page]) -> None:
    colours = [
        visit("home", scheme=scheme).evaluate("getComputedStyle(document.documentElement).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert colours[0] != colours[1]


def contrast(one: list[float], other: list[float]) -> float:
    """The contrast ratio of two colours (WCAG 2.2, from relative luminance)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: list[float]) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = (part / 255 for part in colour[:3])
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_in_every_hue(visit: Callable[..., Page], scheme: str) -> None:
    hues = visit("home", scheme=scheme).evaluate(HUES)
    assert len({tuple(hue["tint"]) for hue in hues}) == 12
    faint = [
        (number, *pair, round(contrast(*(hue[name] for name in pair)), 2))
        for number, hue in enumerate(hues)
        for pair in ON
        if contrast(*(hue[name] for name in pair)) < 4.5
    ]
    assert faint == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_screen_scrolls_sideways(visit: Callable[..., Page], kind: str) -> None:
    page = visit(kind)
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        needed = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if needed > 0:
            wide[width] = needed
    assert wide == {}


@pytest.mark.parametrize("kind", KINDS)
def test_no_phone_scrolls_sideways_where_readers_want_text_twice_as_large(
    context: BrowserContext, visit: Callable[..., Page], kind: str
) -> None:
    page = visit(kind, 360)
    context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_no_line_of_breadcrumbs_begins_with_the_sign_between_them(visit: Callable[..., Page]) -> None:
    page = visit("lesson", 360)
    left = "e => e.getBoundingClientRect().left"
    items = page.locator(".crumbs li").all()
    tops = {item.evaluate("e => e.getBoundingClientRect().top") for item in items}
    assert len(tops) > 1  # else there is but one line
    assert all(abs(item.evaluate(left) - item.locator("a").evaluate(left)) < 1 for item in items)


def test_no_letter_of_a_section_stands_alone_on_a_line_of_a_phone(
    visit: Callable[..., Page], real: Tree, real_url: str
) -> None:
    page = visit("textbook", 360)
    page.goto(real_url + "textbooks/english-pep-7a-2024.html")
    alone = """letters => letters.filter(letter => {
      const words = [...letter.previousElementSibling.getClientRects()].pop();
      return letter.getBoundingClientRect().top > words.bottom;
    }).map(letter => letter.parentElement.textContent)"""
    letters = page.locator(".unit small:not(.tag)")
    assert letters.count() > 10
    assert letters.evaluate_all(alone) == []


def test_the_name_of_a_class_hour_is_not_broken_in_its_textbook(
    visit: Callable[..., Page], real: Tree, real_url: str
) -> None:
    page = visit("textbook", 1440)
    page.goto(real_url + "textbooks/sample-chinese-1a.html")
    names = page.locator(".unit .words a")
    assert names.count()
    for name in names.all():
        assert (
            name.evaluate(
                "a => { const text = document.createRange(); text.selectNodeContents(a);"
                " return text.getClientRects().length }"
            )
            == 1
        ), name.text_content()


def test_the_words_of_a_chart_are_large_enough_on_a_phone(visit: Callable[..., Page]) -> None:
    page = visit("operation", 360)
    scale = page.locator("figure img").first.evaluate("e => e.getBoundingClientRect().width / e.getAttribute('width')")
    assert 16 * scale >= 12  # pixels


@pytest.mark.parametrize("kind", ["moved", "gone"])
def test_the_foot_of_a_short_page_stands_at_the_foot_of_the_window(visit: Callable[..., Page], kind: str) -> None:
    page = visit(kind)
    page.set_viewport_size({"width": 1280, "height": 1200})
    assert page.evaluate("document.querySelector('footer').getBoundingClientRect().bottom - innerHeight") == 0


def unseen_stops(page: Page, stops: int) -> list[str]:
    """Presses Tab and returns the elements whose focus cannot be seen."""
    unseen = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["body"]:
            break
        if not focus["outline"] or not focus["seen"]:
            unseen.append(focus["name"])
    return unseen


def test_the_focus_is_seen_from_the_top_of_the_page(visit: Callable[..., Page]) -> None:
    assert unseen_stops(visit("home"), 2 * STOPS) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_stop_skips_to_the_main_part_where_the_focus_is_always_seen(
    visit: Callable[..., Page], kind: str
) -> None:
    page = visit(kind)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    assert unseen_stops(page, 1) == []
    assert page.evaluate("!document.querySelector('main a') || !!document.activeElement.closest('main')")
    assert unseen_stops(page, STOPS - 1) == []


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Presses Tab until an element that the selector fits has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not within {most} stops of {page.url}")


def test_the_menu_of_a_phone_opens_with_enter_and_closes_with_escape(visit: Callable[..., Page]) -> None:
    page = visit("home", 360)
    link = page.locator("header nav a").first
    tab_to(page, ".menu summary", 6)
    page.keyboard.press("Enter")
    link.wait_for(state="visible", timeout=2000)
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('header nav')")
    page.keyboard.press("Escape")
    link.wait_for(state="hidden", timeout=2000)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_keyboard_leads_from_home_to_a_lesson(visit: Callable[..., Page], real: Tree, real_url: str) -> None:
    page = visit("home")
    for selector in ("main .stages a", "main .subjects a", "main .book:nth-child({}) a", "main .unit ol a"):
        tab_to(page, selector.format(page.evaluate(FIRST_BOOK_WITH_LESSONS) + 1))
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.url.removeprefix(real_url) in real.of_type("lesson")


def test_the_keyboard_turns_the_pages_of_a_list(visit: Callable[..., Page], real: Tree, real_url: str) -> None:
    page = visit("column-2")
    second = real.samples["column-2"]
    tab_to(page, ".pager a[rel=prev]")
    page.keyboard.press("Enter")
    page.wait_for_url(real_url + second.replace("/2.html", ".html"))
    tab_to(page, ".pager a[rel=next]")
    page.keyboard.press("Enter")
    page.wait_for_url(real_url + second)


@pytest.mark.parametrize("kind", ["home", "lesson", "textbook", "column-list"])
def test_touch_targets_of_the_main_navigation_are_large_enough_on_a_phone(
    visit: Callable[..., Page], kind: str
) -> None:
    page = visit(kind, 360)
    small = page.evaluate(
        """() => [...document.querySelectorAll('header summary, header .find, .pager a, .turn a, .keys a, .stages a')]
          .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
          .filter(([, box]) => box.width && (box.height < 40 || box.width < 40)).map(([text]) => text)"""
    )
    assert small == []
