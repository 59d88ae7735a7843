"""Finding by typing, in a real browser: over HTTP under the site's own headers, and from a stick."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from built import Tree, compressed
from fixtures import build_tree, tree_of
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route, expect
from serving import serve

SUGGESTION = ".ask [role=option]:not(.all)"
LAST = ".ask .all"
LESSON = "content/textbooks/primary/chinese/chinese-1a.yaml"
POEM = "content/sections/study/poems/poem-05.md"

Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[BrowserContext]:
    """One browser context for the pages of this file."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture(params=["http", "file"])
def visit(request: pytest.FixtureRequest, real: Tree, real_url: str, pages: BrowserContext) -> Iterator[Open]:
    """Opens a page of the catalogue, served or from its folder; nothing goes wrong, and no other host is asked."""
    base = real_url if request.param == "http" else real.folder.as_uri() + "/"
    page = pages.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith((base, "data:")) else None)

    def visit(address: str) -> Page:
        page.goto(base + address)
        return page

    yield visit
    page.close()
    assert wrong == []


@pytest.fixture
def served(real_url: str, pages: BrowserContext) -> Iterator[Open]:
    """Opens a page of the catalogue over HTTP, whatever may go wrong in it."""
    page = pages.new_page()

    def visit(address: str) -> Page:
        page.goto(real_url + address)
        return page

    yield visit
    page.close()


def typed(page: Page, words: str) -> list[str]:
    """The titles that are suggested for what is typed into the box."""
    page.locator(".ask input").fill(words)
    expect(page.locator(LAST)).to_be_visible()
    page.wait_for_function("document.querySelector('.ask .all') !== null")
    return page.locator(f"{SUGGESTION} span").all_inner_texts()


def titles(page: Page) -> list[str]:
    """The titles that the search page shows."""
    expect(page.locator(".seek [role=status]")).to_contain_text("找到")
    return page.locator(".found h2").all_inner_texts()


def counted(page: Page) -> int:
    """How much the search page says that it has found."""
    return int("".join(filter(str.isdigit, page.locator(".seek [role=status]").inner_text())))


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("天地人", "天地人"),
        ("tiandiren", "天地人"),
        ("tian di ren", "天地人"),
        ("tdr", "天地人"),
        ("tiandr", "天地人"),
        ("天帝人", "天地人"),
        ("ＴＤＲ", "天地人"),
        ("語文一年級上冊", "语文 一年级上册"),
        ("一年级 语文 上册", "语文 一年级上册"),
        ("天地人 第二课时", "天地人"),
        ("双减", "聚焦“双减”"),
        ("最近更新", "最近更新"),
        ("guanyu", "关于本目录"),
        ("shuzi dunhuang", "数字敦煌"),
        ("chnmuseum.cn", "中国国家博物馆"),
        ("12355", "青少年服务台"),
        ("家长", "家长"),
        ("我不想活了", "全国统一心理援助热线"),  # which nobody calls by its name
        ("被欺负了", "青少年服务台"),
    ],
)
def test_a_title_is_suggested_however_it_is_typed(visit: Open, words: str, title: str) -> None:
    page = visit("about.html")
    page.locator(".ask input").fill(words)
    expect(page.locator(f"{SUGGESTION} span", has_text=title).first).to_be_visible()


def test_a_suggestion_leads_to_its_page_by_keyboard_alone(visit: Open) -> None:
    page = visit("about.html")
    page.locator(".ask input").focus()
    page.keyboard.type("tiandiren")
    expect(page.locator(f"{SUGGESTION} span").first).to_have_text("天地人")
    page.keyboard.press("ArrowDown")
    first = page.locator(SUGGESTION).first
    expect(first).to_have_attribute("aria-selected", "true")
    assert page.locator(".ask input").get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/textbooks/**")
    assert "天地人" in page.locator("h1").inner_text()


def test_a_hotline_shows_its_number_whatever_it_is_asked_for_by(visit: Open) -> None:
    page = visit("about.html")
    for words in ("我不想活了", "心理援助"):
        page.locator(".ask input").fill(words)
        expect(page.locator(f"{SUGGESTION} span").first).to_have_text("全国统一心理援助热线 · 12356")


def test_what_stands_on_a_list_is_shown_where_it_stands(visit: Open) -> None:
    page = visit("about.html")
    page.locator(".ask input").fill("数字敦煌")
    expect(page.locator(f"{SUGGESTION} small").first).to_have_text("专业网站")
    page.locator(SUGGESTION).first.click()
    page.wait_for_url("**/links.html#digital-dunhuang")
    assert "数字敦煌" in page.locator(":target").inner_text()


def test_a_stage_and_a_subject_lead_to_their_textbooks(visit: Open) -> None:
    page = visit("about.html")
    page.locator(".ask input").fill("小学 语文")
    first = page.locator(SUGGESTION).first
    expect(first.locator("small")).to_have_text("教材列表 · 小学")
    first.click()
    page.wait_for_url("**/curriculum/primary/chinese.html")


def test_an_old_textbook_is_told_from_the_new_one_of_the_same_title(served: Open) -> None:
    page = served("about.html")
    typed(page, "语文一年级上册")
    said = page.locator(f"{SUGGESTION} small").all_inner_texts()
    assert said[:2] == ["教材 · 小学 · 统编版 · 新版", "教材 · 小学 · 统编版 · 旧版"]


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(served: Open) -> None:
    page = served("about.html")
    typed(page, "语文")
    page.keyboard.press("Escape")
    expect(page.locator(".ask .drop")).to_be_hidden()
    assert page.locator(".ask input").input_value() == "语文"
    assert page.locator(".ask input").get_attribute("aria-expanded") == "false"


def test_an_empty_box_leads_to_the_search_page(visit: Open) -> None:
    page = visit("about.html")
    page.locator(".ask button[type=submit], .ask button:not([type])").first.click()
    page.wait_for_url("**/search.html*")
    expect(page.locator(".browse")).to_be_visible()


def test_on_a_phone_the_box_in_the_head_closes_as_it_was_opened(real_url: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(real_url + "about.html")
    box, opener = page.locator(".ask input"), page.locator(".find")
    opener.click()
    expect(box).to_be_focused()
    opener.click()
    expect(box).to_be_hidden()
    opener.click()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(opener).to_be_focused()
    context.close()


def test_the_suggestions_close_when_the_keyboard_goes_on_to_the_button(served: Open) -> None:
    page = served("about.html")
    typed(page, "语文")
    page.keyboard.press("Tab")
    expect(page.locator(".ask button").first).to_be_focused()
    expect(page.locator(".ask .drop")).to_be_hidden()


def test_of_suggestions_that_are_opened_again_none_is_chosen(served: Open) -> None:
    page = served("about.html")
    typed(page, "语文")
    chosen = page.locator(".ask [aria-selected=true]")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.locator(LAST)).to_be_visible()
    expect(chosen).to_have_count(0)


def test_enter_leads_to_all_that_was_found(visit: Open) -> None:
    page = visit("about.html")
    page.locator(".ask input").fill("天地人")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert "天地人" in titles(page)


@pytest.mark.parametrize("place", ["list", "box"])
def test_a_press_on_what_was_found_leads_there_though_more_is_found_meanwhile(
    real_url: str, browser: Browser, place: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    context.route(re.compile("/search/(stages|sections)/(?!primary\\.)"), hold)
    page = context.new_page()
    page.goto(real_url + ("search.html?q=%E5%A4%A9" if place == "list" else "about.html"))
    if place == "box":
        page.locator(".ask input").fill("天")
    link = page.locator(".found h2 a" if place == "list" else f"{SUGGESTION} span").first
    expect(link).to_be_visible()
    link.hover()
    page.mouse.down()
    for route in held:
        route.continue_()
    expect(page.locator(".seek [role=status]" if place == "list" else LAST)).to_have_text(re.compile("找到|[0-9]{2}"))
    page.wait_for_timeout(500)
    page.mouse.up()
    page.wait_for_url("**/textbooks/**")
    context.close()


def test_sending_what_is_asked_already_is_no_step_to_go_back_from(visit: Open) -> None:
    page = visit("search.html?q=%E5%A4%A9%20%E5%9C%B0")  # as a friend's program may have written it
    titles(page)
    before = page.evaluate("history.length")
    page.locator(".seek input[type=search]").press("Enter")
    titles(page)
    assert page.evaluate("history.length") == before


def test_who_types_on_after_a_choice_is_shown_all_that_was_found(visit: Open) -> None:
    page = visit("search.html")
    box = page.locator(".seek input[type=search]")
    box.press_sequentially("示例")
    expect(page.locator(".found .excerpt").first).to_be_visible()  # texts have been looked into
    page.locator("#_stage-primary").check()
    box.click()
    for _ in range(8):  # what is come to is quoted
        page.mouse.wheel(0, 200)
        page.wait_for_timeout(250)
    expect(page.locator(".found .excerpt").nth(7)).to_be_attached()
    status = page.locator(".seek [role=status]")
    before = status.inner_text()
    box.press_sequentially("第")
    expect(status).not_to_have_text(before)
    expect(status).to_contain_text(re.compile(r"找到 \d"))
    assert counted(page) > 1
    expect(page.locator(".found > li").nth(1)).to_be_attached()


def test_who_scrolls_while_the_box_has_the_keyboard_is_not_thrown_back_by_what_is_quoted(visit: Open) -> None:
    page = visit("search.html")
    page.evaluate(
        """() => {
          const wait = window.setTimeout;
          window.setTimeout = (work, time) => (window.isHeld && time === 1000 ? 0 : wait(work, time));
        }"""
    )
    box = page.locator(".seek input[type=search]")
    box.press_sequentially("示例")
    expect(page.locator(".found .excerpt").first).to_be_visible()  # texts have been looked into
    page.evaluate("window.isHeld = true")  # as if the pause after which they are again had not passed
    page.locator("#_stage-primary").check()
    box.click()
    page.wait_for_function("() => document.querySelector('.found').children.length > 6")  # these are drawn first
    page.evaluate(
        """() => {
          const found = document.querySelector(".found");
          window.fewest = found.children.length;
          const count = () => { window.fewest = Math.min(window.fewest, found.children.length); };
          new MutationObserver(count).observe(found, { childList: true });
        }"""
    )
    for _ in range(8):  # what is come to is quoted
        page.mouse.wheel(0, 200)
        page.wait_for_timeout(250)
    expect(page.locator(".found .excerpt").nth(7)).to_be_attached()
    assert page.evaluate("window.fewest") > 6


def test_a_count_of_titles_alone_is_said_to_be_one_and_texts_can_be_looked_into(visit: Open) -> None:
    page = visit("search.html")
    page.locator(".seek input[type=search]").press_sequentially("阅读")
    status = page.locator(".seek [role=status]")
    expect(status).to_contain_text("标题里找到")
    before = counted(page)
    page.locator(".after button", has_text="正文").click()
    expect(status).not_to_contain_text("标题里")
    expect(status).not_to_contain_text(f" {before} ")
    assert counted(page) > before


def test_texts_can_be_looked_into_for_what_is_written_in_letters(visit: Open) -> None:
    page = visit("search.html?q=AI")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".seek [role=status]")).to_contain_text("标题里找到")
    page.locator(".after button", has_text="到正文里也找找").click()
    expect(page.locator(".seek [role=status]")).not_to_contain_text("标题里")
    assert any("/search/" in url for url in asked)


def test_what_is_not_within_the_filters_is_not_said_to_be_nowhere(visit: Open) -> None:
    page = visit("search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA&grade=9")
    expect(page.locator(".seek [role=status]")).to_have_text("所选范围里没有找到“天地人”。")
    expect(page.locator(".after button", has_text="去掉")).to_be_visible()


def test_the_title_of_the_page_says_what_is_asked_for(visit: Open) -> None:
    page = visit("search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA")
    titles(page)
    assert page.title().startswith("天地人 · 查找")
    page.locator(".seek input[type=search]").fill("")
    page.wait_for_function("() => document.title.startsWith('查找')")


def test_the_keyboard_can_skip_the_filters(visit: Open) -> None:
    page = visit("search.html?q=%E8%AF%AD%E6%96%87")
    titles(page)
    page.locator(".seek input[type=search]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".seek .skip")).to_be_focused()
    expect(page.locator(".seek .skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".found h2 a").first).to_be_focused()


def test_a_wrong_character_leads_to_what_was_meant_and_the_page_says_so(visit: Open) -> None:
    page = visit("search.html?q=%E8%AF%AD%E6%96%87%E5%9B%AD%E6%B1%A0%E4%B8%80")  # 语文园池一
    expect(page.locator(".seek [role=status]")).to_contain_text("差一个字")
    assert "语文园地一" in titles(page)
    expect(page.locator(".found h2 mark").first).to_have_text("语文园地一")


def test_what_meets_a_part_stays_while_more_is_quoted(visit: Open) -> None:
    page = visit("search.html?q=%E7%A4%BA%E4%BE%8B%E7%AC%AC%E4%BA%8C%E5%B0%8F%E5%AD%A6%20%E7%BB%83%E4%B9%A0")
    expect(page.locator(".seek [role=status]")).to_contain_text("符合一部分")
    page.wait_for_timeout(500)
    page.evaluate(
        "window.least = 99; new MutationObserver(() => {"
        " least = Math.min(least, document.querySelectorAll('.found > li').length) })"
        ".observe(document.querySelector('.found'), { childList: true })"
    )
    shown = page.locator(".found > li").count()
    before = page.locator(".found .excerpt").count()
    for _ in range(6):
        page.mouse.wheel(0, 250)
        page.wait_for_timeout(250)
    assert page.locator(".found .excerpt").count() > before
    assert page.evaluate("window.least") >= shown


def test_an_opened_list_of_textbooks_stays_open_when_more_is_shown(served: Open) -> None:
    page = served("search.html?q=%E8%AF%AD%E6%96%87%E5%9B%AD%E5%9C%B0")
    titles(page)
    page.locator(".found summary").first.click()
    page.locator(".after .more button").click()
    expect(page.locator(".found > li")).not_to_have_count(20)
    expect(page.locator(".found details").first).to_have_attribute("open", "")


def test_who_comes_back_to_a_list_finds_the_place_again(served: Open) -> None:
    page = served("search.html?q=%E8%AF%AD%E6%96%87")
    titles(page)
    page.locator(".after .more button").click()
    link = page.locator(".found > li").nth(30).locator("h2 a")
    link.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    link.click()
    page.wait_for_url(lambda url: "search.html" not in url)
    page.go_back()
    expect(page.locator(".found > li").nth(30)).to_be_attached()
    page.wait_for_function("(top) => Math.abs(window.scrollY - top) < 2", arg=before)
    assert before > 0


def test_who_takes_back_a_choice_finds_the_place_in_the_list_again(served: Open) -> None:
    page = served("search.html?q=%E8%AF%AD%E6%96%87")
    titles(page)
    page.locator(".after .more button").click()
    expect(page.locator(".found > li")).to_have_count(40)
    page.locator(".found > li").nth(30).scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    page.evaluate("document.querySelector('#_grade-1').click()")  # which is out of sight, and would be scrolled to
    expect(page.locator(".found > li")).to_have_count(20)
    page.go_back()
    expect(page.locator(".found > li")).to_have_count(40)
    page.wait_for_function("(top) => Math.abs(window.scrollY - top) < 2", arg=before)
    assert before > 0


def test_where_what_is_known_of_characters_does_not_come_the_answer_is_said_to_lack_something(served: Open) -> None:
    page = served("about.html")
    page.route("**/search/site/traditional*", lambda route: route.abort())
    page.goto(page.url.replace("about.html", "search.html?q=%E5%8B%BE%E8%82%A1%E9%BC%9B"))
    notice = page.locator(".after .notice")
    expect(notice).to_contain_text("没有取全")
    expect(page.locator(".seek [role=status]")).to_have_text("")  # whether there is none is not known
    page.unroute("**/search/site/traditional*")
    notice.locator("button").click()
    expect(notice).to_have_count(0)


def test_traditional_characters_are_found_while_they_are_typed_and_ask_for_no_texts(served: Open) -> None:
    page = served("search.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".seek input[type=search]").press_sequentially("語文園地")
    expect(page.locator(".found h2").first).to_contain_text("语文园地")
    assert [url for url in asked if "/search/indexes/" in url] == []


def composing(page: Page, *texts: str) -> CDPSession:
    """An input method, as the system's own, that has composed one text after the other where the keyboard is."""
    keyboard = page.context.new_cdp_session(page)
    for text in texts:
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    return keyboard


def test_nothing_is_searched_while_characters_are_composed(served: Open) -> None:
    page = served("about.html")
    typed(page, "语文")
    page.locator(".ask input").fill("")
    keyboard = composing(page, "t", "ti", "tian", "tian di")
    page.keyboard.press("ArrowDown")  # among what the input method offers
    page.wait_for_timeout(300)
    assert page.locator(".ask input").input_value() == "tian di"
    expect(page.locator(".ask .drop")).to_be_hidden()
    keyboard.send("Input.insertText", {"text": "天地人"})
    expect(page.locator(f"{SUGGESTION} span", has_text="天地人").first).to_be_visible()


def test_the_search_page_waits_for_composed_characters_too(served: Open) -> None:
    page = served("search.html?q=%E8%AF%AD%E6%96%87")
    before = titles(page)
    page.locator(".seek input[type=search]").select_text()
    keyboard = composing(page, "tian")
    page.wait_for_timeout(300)
    assert titles(page) == before
    keyboard.send("Input.insertText", {"text": "天地人"})
    expect(page.locator(".found h2").first).to_have_text("天地人")


def test_letters_that_stand_for_themselves_are_searched_while_a_phone_composes_them(served: Open) -> None:
    for address, box, shown in (
        ("about.html", ".ask input", SUGGESTION),
        ("search.html", ".seek input[type=search]", ".found h2"),
    ):
        page = served(address)
        page.locator(box).focus()
        composing(page, "ك", "كى", "كىتاب")  # and it stays composed until the next word
        expect(page.locator(shown).first).to_contain_text("كىتاب")


def test_what_is_still_composed_is_sent_by_the_key_that_sends(served: Open) -> None:
    for address, form in (("about.html", ".ask"), ("search.html", ".seek form")):
        page = served(address)
        page.locator(f"{form} input").first.focus()
        composing(page, "tiandiren")
        page.locator(form).evaluate("form => form.requestSubmit()")  # as phones do, of which some compose on meanwhile
        expect(page.locator(".found h2").first).to_have_text("天地人")


def test_the_counts_of_facets_are_those_of_what_choosing_them_shows(visit: Open) -> None:
    page = visit("search.html?q=%E8%AF%AD%E6%96%87")
    titles(page)
    page.wait_for_timeout(500)
    for facet in ("grade", "volume", "kind"):
        box = page.locator(f"[id^='_{facet}-']").first
        promised = int(page.locator(f"label[for='{box.get_attribute('id')}'] small").inner_text().replace(",", ""))
        before = counted(page)
        box.check()
        expect(page.locator(".seek [role=status]")).to_contain_text(f" {promised:,} ")
        box.uncheck()
        expect(page.locator(".seek [role=status]")).to_contain_text(f" {before:,} ")


def test_a_search_lies_in_its_address_and_the_back_button_undoes_a_choice(visit: Open) -> None:
    page = visit("search.html?q=%E8%AF%AD%E6%96%87&grade=1")
    titles(page)
    expect(page.locator("#_grade-1")).to_be_checked()
    one = counted(page)
    page.locator("#_grade-2").check()
    expect(page.locator(".seek [role=status]")).not_to_contain_text(f" {one:,} ")
    assert "grade=1&grade=2" in page.url
    page.go_back()
    expect(page.locator(".seek [role=status]")).to_contain_text(f" {one:,} ")
    expect(page.locator("#_grade-2")).not_to_be_checked()
    expect(page.locator(".seek input[type=search]")).to_have_value("语文")


def test_the_back_button_leads_from_query_to_query(visit: Open) -> None:
    page = visit("search.html")
    box = page.locator(".seek input[type=search]")
    for query in ("语文", "数学", "古诗"):
        box.fill(query)
        box.press("Enter")
        titles(page)
    for query in ("数学", "语文"):
        page.go_back()
        expect(box).to_have_value(query)


def test_a_filter_shows_as_many_as_its_count_has_promised_and_dropped_as_many_as_before(visit: Open) -> None:
    page = visit("search.html")
    page.locator(".seek input[type=search]").press_sequentially("古诗")
    status = page.locator(".seek [role=status]")
    expect(status).to_contain_text("找到")
    page.wait_for_timeout(1_500)  # longer than the pause in which texts are looked into
    before = status.inner_text()
    box = page.locator("[id^='_grade-']").first
    promised = int(page.locator(f"label[for='{box.get_attribute('id')}'] small").inner_text())
    box.check()
    expect(status).not_to_have_text(before)
    page.wait_for_timeout(500)
    assert counted(page) == promised
    box.uncheck()
    expect(status).to_have_text(before)


def test_where_nothing_is_found_the_query_stays_and_a_filter_can_be_dropped(visit: Open) -> None:
    page = visit("search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA&grade=2")
    drop = page.locator(".after button", has_text="二年级")
    expect(drop).to_be_visible()
    expect(page.locator(".seek [role=status]")).to_contain_text("没有找到“天地人”")
    expect(page.locator(".browse")).to_be_visible()
    drop.click()
    assert "天地人" in titles(page)
    assert "grade" not in page.url


def test_filters_that_exclude_a_page_only_together_can_be_dropped_together(visit: Open) -> None:
    page = visit("search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA&stage=senior-high&edition=pep")
    drop = page.locator(".after button")
    expect(drop).to_have_text(re.compile("去掉“高中、人教版”（有 [1-9][0-9]* 条）"))
    drop.click()
    assert "天地人" in titles(page)
    assert "stage" not in page.url and "edition" not in page.url


def test_who_drops_a_filter_after_a_pause_is_told_that_nothing_is_found(visit: Open) -> None:
    page = visit("search.html?kind=video")
    titles(page)
    page.locator(".seek input[type=search]").press_sequentially("qqqqqq")
    status = page.locator(".seek [role=status]")
    expect(status).to_contain_text("没有找到")
    page.locator("#_kind-video").click()  # which is gone with it
    expect(page.locator("#_kind-video")).to_have_count(0)
    expect(status).to_contain_text("没有找到")
    expect(page.locator(".browse")).to_be_visible()


def test_a_filter_that_nothing_meets_is_named_where_nothing_was_typed(visit: Open) -> None:
    page = visit("search.html?grade=99")
    expect(page.locator(".seek [role=status]")).to_have_text("没有找到“99”。")


def test_an_address_that_somebody_has_made_up_or_doubled_shows_no_more_than_it_says(visit: Open) -> None:
    page = visit("search.html?q=%E5%A4%A9&grade=constructor&kind=__proto__&stage=primary&stage=primary")
    expect(page.locator(".chosen button")).to_have_text(["小学 ×", "constructor ×", "__proto__ ×"])


@pytest.mark.parametrize(("words", "title"), [("كىتاپ", "كىتاپ وقۋ"), ("chnmuseum.cn", "chnmuseum.cn")])
def test_what_is_found_by_another_title_shows_that_one_too(visit: Open, words: str, title: str) -> None:
    page = visit("about.html")
    page.locator(".ask input").fill(words)
    expect(page.locator(f"{SUGGESTION} bdi", has_text=title).first).to_be_visible()
    page.goto(page.url.replace("about.html", f"search.html?q={words}"))
    expect(page.locator(".found h2 bdi", has_text=title).first).to_be_visible()


def test_what_is_nowhere_is_not_found(visit: Open) -> None:
    page = visit("search.html?q=qqqqqq")
    expect(page.locator(".seek [role=status]")).to_contain_text("没有找到“qqqqqq”")
    expect(page.locator(".found li")).to_have_count(0)


def test_where_nothing_has_all_words_what_has_some_is_shown_and_said_to_be_that(visit: Open) -> None:
    page = visit("search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA%20qqqqqq")
    expect(page.locator(".seek [role=status]")).to_contain_text("没有全部符合“天地人 qqqqqq”的")
    expect(page.locator(".found h2").first).to_have_text("天地人")


def test_without_a_worker_it_is_searched_in_the_page(real_url: str, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.Worker")
    page = context.new_page()
    page.goto(real_url + "about.html")
    assert "天地人" in typed(page, "天地人")
    page.goto(real_url + "search.html?q=tiandiren")
    assert "天地人" in titles(page)
    context.close()


def test_a_worker_that_cannot_start_is_done_without(real_url: str, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script("window.Worker = class { constructor() { throw new Error('not here') } }")
    page = context.new_page()
    page.goto(real_url + "about.html")
    assert "天地人" in typed(page, "天地人")
    context.close()


def test_what_is_typed_before_the_scripts_have_come_is_searched_then(real_url: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    held: list[Route] = []
    has_typed = False
    context.route("**/assets/search.*.js", lambda route: route.continue_() if has_typed else held.append(route))
    page = context.new_page()
    page.goto(real_url + "about.html", wait_until="commit")
    page.locator(".ask input").press_sequentially("tiandiren")
    has_typed = True
    held[0].continue_()
    expect(page.locator(f"{SUGGESTION} span", has_text="天地人").first).to_be_visible()
    context.close()


def test_what_has_been_loaded_is_searched_without_a_connection(real_url: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(real_url + "search.html?q=%E8%AF%AD%E6%96%87")
    titles(page)
    context.set_offline(True)
    page.locator(".seek input[type=search]").fill("tiandiren")
    expect(page.locator(".found h2").first).to_have_text("天地人")
    page.locator(".seek input[type=search]").fill("园地")
    page.locator("[id='_grade-2']").check()
    assert "语文园地一" in titles(page)
    page.locator("[id='_grade-2']").uncheck()
    page.locator(".seek input[type=search]").fill("天帝人")  # for this it would need to know more
    expect(page.locator(".seek [role=status]")).to_contain_text("正在查")  # no notice of the former question's is meant
    again = page.locator(".after button", has_text="再试一次")
    expect(again).to_be_visible()
    context.set_offline(False)
    again.click()
    expect(page.locator(".seek [role=status]")).to_contain_text("读音相近")
    assert "天地人" in page.locator(".found h2").all_inner_texts()
    context.close()


def test_who_types_on_while_the_catalogue_does_not_come_is_told_that_it_is_being_fetched(
    real_url: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route("**/search/**", lambda _: None)  # which keeps them waiting
    page = context.new_page()
    page.goto(real_url + "about.html")
    page.evaluate(
        "addEventListener('input', () => { window.told ||= document.querySelector('.ask .state').innerText })"
    )
    page.locator(".ask input").press_sequentially("tiandiren", delay=120)  # no key waits long enough for the next
    assert "正在取目录" in page.evaluate("window.told")
    context.close()


def test_a_list_that_is_typed_for_is_whole_before_one_pauses(real_url: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(
        "{ const later = setTimeout; window.setTimeout = (work, wait) => wait === 600 ? 0 : later(work, wait) }"
    )
    page = context.new_page()
    page.goto(real_url + "search.html")
    page.locator(".seek input[type=search]").press_sequentially("语文")
    expect(page.locator(".found > li")).to_have_count(20)
    expect(page.locator(".facets .choice").first).to_be_visible()
    expect(page.locator(".after .more button")).to_be_visible()
    context.close()


def test_what_was_found_before_is_not_shown_again_when_the_next_is_typed(served: Open) -> None:
    page = served("search.html?q=%E8%AF%AD%E6%96%87")
    titles(page)
    box = page.locator(".seek input[type=search]")
    box.fill("")
    expect(page.locator(".browse")).to_be_visible()
    shown = box.evaluate(
        "(box) => { box.value = '天'; box.dispatchEvent(new InputEvent('input'));"
        " return !document.querySelector('.results').hidden }"
    )
    assert not shown  # nothing has been found yet
    expect(page.locator(".found h2", has_text="天地人").first).to_be_visible()
    expect(page.locator(".browse")).to_be_hidden()


def test_a_slow_processor_keeps_up_with_quick_fingers(real_url: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(real_url + "about.html")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.locator(".ask input").press_sequentially("yuwentiandiren")
    page.locator(".ask input").fill("")
    page.locator(".ask input").press_sequentially("tiandiren")
    expect(page.locator(f"{SUGGESTION} span").first).to_have_text("天地人")
    context.close()


def test_a_catalogue_that_does_not_come_is_told_and_can_be_asked_for_again(real_url: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(real_url + "search.html")
    context.route("**/search/**", lambda route: route.abort())
    page.goto(real_url + "search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA")
    again = page.locator(".after button", has_text="再试一次")
    expect(again).to_be_visible()
    context.unroute("**/search/**")
    again.click()
    assert "天地人" in titles(page)
    context.close()


@pytest.mark.parametrize("gone", ["", "delete window.Worker"])
def test_a_finder_that_the_browser_cannot_run_is_told_and_can_be_asked_for_again(
    real_url: str, browser: Browser, gone: str
) -> None:
    context = browser.new_context()
    context.add_init_script(gone)
    page = context.new_page()
    page.route("**/assets/finder.*", lambda route: route.fulfill(content_type="text/javascript", body="let ="))
    page.goto(real_url + "search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA")
    again = page.locator(".after button", has_text="再试一次")
    expect(again).to_be_visible()
    expect(page.locator(".after .notice")).to_contain_text("没有取全")  # nobody has published anything
    page.unroute("**/assets/finder.*")
    again.click()
    assert "天地人" in titles(page)
    context.close()


def test_a_catalogue_that_does_not_come_is_announced_and_there_are_other_ways_to_go_on(
    real_url: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route("**/search/**", lambda route: route.abort())
    page = context.new_page()
    page.goto(real_url + "search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA")
    expect(page.get_by_role("alert")).to_contain_text("没有取全")
    expect(page.locator(".browse")).to_be_visible()
    page.goto(real_url + "about.html")
    page.locator(".ask input").fill("天地人")
    expect(page.locator(".ask [role=status]")).to_contain_text("没有取全")
    context.close()


def test_a_part_that_never_answers_is_given_up_and_keeps_no_other_from_being_searched(
    real_url: str, browser: Browser
) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.Worker")  # the clock is the page's own
    context.route("**/search/stages/primary.*", lambda _: None)
    page = context.new_page()
    page.clock.install()
    with page.expect_request("**/search/stages/primary.*"):
        page.goto(real_url + "search.html?q=%E5%8B%BE%E8%82%A1%E5%AE%9A%E7%90%86", wait_until="commit")
    expect(page.locator(".seek [aria-busy=true]")).to_be_attached()  # all else that comes now has come
    expect(page.locator(".seek [role=status]")).to_contain_text("正在取目录")
    page.clock.fast_forward(46_000)
    expect(page.locator(".found h2", has_text="勾股定理").first).to_be_visible()
    again = page.locator(".after button", has_text="再试一次")
    for _ in range(5):  # it is asked for again when all others have come, which nothing shows
        page.clock.fast_forward(46_000)
        page.wait_for_timeout(300)
        if again.is_visible():
            break
    expect(again).to_be_visible()
    context.close()


def test_a_part_that_is_missing_is_told_keeps_no_other_from_being_searched_and_can_be_asked_for_again(
    real_url: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    missing = "**/search/stages/primary.*"
    context.route(missing, lambda route: route.fulfill(status=404, body="<!doctype html><title>404</title>"))
    page = context.new_page()
    page.goto(real_url + "about.html")
    page.locator(".ask input").fill("勾股定理")
    expect(page.locator(f"{SUGGESTION} span", has_text="勾股定理").first).to_be_visible()
    again = page.locator(".ask .state button", has_text="再试一次")
    expect(again).to_be_visible()
    page.locator(".ask input").fill("天地人")
    expect(page.locator(".ask .state")).to_contain_text("没有取全")
    context.unroute(missing)
    again.click()
    expect(page.locator(f"{SUGGESTION} span", has_text="天地人").first).to_be_visible()
    expect(page.locator(".ask .state")).to_be_hidden()
    context.close()


def test_a_pack_of_a_version_that_is_gone_is_asked_for_under_its_new_name(
    real: Tree, real_url: str, browser: Browser
) -> None:
    index = real.bytes("search/index.js").decode()
    pack = json.loads(index[len("finder.index(") : -2])["packs"][0][1]
    former, asked = index.replace(pack, "search/stages/gone.000000000000.js"), []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(body=former, content_type="text/javascript")
        else:
            route.continue_()

    context = browser.new_context()
    context.route("**/search/index.js", answer)
    page = context.new_page()
    page.goto(real_url + "search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA")
    assert "天地人" in titles(page)
    assert len(asked) == 2
    context.close()


@pytest.mark.parametrize("times", [1, 2])
def test_a_reader_goes_on_typing_while_the_site_is_published_and_meets_one_version_only(
    small_site: Path, browser: Browser, times: int
) -> None:
    built = tree_of(small_site, small_site / "public")
    waiting: list[Route] = []
    lists: list[str] = []

    def hold_first(route: Route) -> None:
        if waiting:
            route.continue_()
        waiting.append(route)

    with serve(built.folder, built.path) as url:
        context = browser.new_context()
        context.route("**/search/sections/study.*", hold_first)
        context.on("request", lambda request: lists.append(request.url) if request.url.endswith("/index.js") else None)
        page = context.new_page()
        page.goto(url + "about.html")
        page.locator(".ask input").fill("秋天")
        expect(page.locator(f"{SUGGESTION} span", has_text="秋天")).to_be_visible()
        while not waiting:  # until another pack is on its way
            page.wait_for_timeout(50)
        for number in range(1, times + 1):
            for name, before, after in (
                (LESSON, "秋天" if number == 1 else "夜空1", f"夜空{number}"),
                (POEM, "title: 诗5" if number == 1 else "title: 月亮1", f"title: 月亮{number}"),
            ):
                text = (small_site / name).read_text(encoding="utf-8")
                (small_site / name).write_text(text.replace(before, after, 1), encoding="utf-8", newline="\n")
            build_tree(small_site, built.folder)
        waiting[0].continue_()
        there, gone = (["秋天", "诗5"], ["夜空1", "月亮1"]) if times == 1 else (["夜空2", "月亮2"], ["秋天", "诗5"])
        for words in there:
            page.locator(".ask input").fill(words)
            expect(page.locator(f"{SUGGESTION} span", has_text=words)).to_be_visible()
        for words in gone:
            page.locator(".ask input").fill(words)
            expect(page.locator(LAST, has_text="没有")).to_be_visible()
            expect(page.locator(f"{SUGGESTION} span", has_text=words)).to_have_count(0)
        assert len(lists) == times
        context.close()


def test_a_site_whose_former_version_is_gone_in_the_middle_of_a_visit_is_searched_as_it_is_then(
    small_site: Path, browser: Browser
) -> None:
    before = tree_of(small_site, small_site / "public")
    former = _held(before, "search/index.js")["packs"]
    held: list[Route] = []
    asked: list[str] = []
    is_slow = True
    with serve(before.folder, before.path) as url:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.route("**/search/sections/**", lambda route: held.append(route) if is_slow else route.continue_())
        page = context.new_page()
        page.goto(url + "about.html")
        assert typed(page, "天地人") == ["天地人"]
        while not held:
            page.wait_for_timeout(20)
        for file, old, new in (
            ("textbooks/primary/chinese/chinese-1a.yaml", "title: 天地人", "title: 天地人和"),
            ("sections/study/poems/poem-01.md", "title: ", "title: 天地玄黄"),
        ):
            path = small_site / "content" / file
            path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        after = build_tree(small_site, small_site / "public")
        packs = {address for _, address, *_ in _held(after, "search/index.js")["packs"]}
        for _, address, *_ in former:
            if address not in packs:
                (after.folder / address).unlink()  # as a further publication would
        is_slow = False
        context.on("request", lambda request: asked.append(request.url.removeprefix(url)))
        for route in held:
            route.continue_()
        expect(page.locator(f"{SUGGESTION} span").first).to_have_text("天地人和")
        page.locator(".ask input").fill("天地")
        expect(page.locator(LAST)).to_contain_text(" 2 ")
        assert "天地人" not in page.locator(f"{SUGGESTION} span").all_inner_texts()
        assert set(asked) - packs == {"search/index.js"}
        context.close()


def test_a_page_whose_finder_cannot_read_the_new_list_loads_itself_again(
    real: Tree, real_url: str, browser: Browser
) -> None:
    later = real.bytes("search/index.js").decode().replace('"format":', '"format":9')
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route("**/search/index.js", lambda route: route.fulfill(body=later, content_type="text/javascript"))
    page = context.new_page()
    page.goto(real_url + "search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA")
    again = page.locator(".after button", has_text="再试一次")
    expect(again).to_be_visible()
    context.unroute("**/search/index.js")
    page.evaluate("window.isFormer = true")
    again.click()
    assert "天地人" in titles(page)
    assert not page.evaluate("'isFormer' in window")
    context.close()


def test_where_the_script_of_the_search_page_does_not_come_the_box_in_the_head_serves(served: Open) -> None:
    page = served("about.html")
    page.route("**/assets/search-page.*", lambda route: route.fulfill(status=404, body="gone"))
    page.goto(page.url.replace("about.html", "search.html"))
    assert "天地人" in typed(page, "天地人")


def test_a_page_whose_finder_is_gone_says_so_and_its_box_leads_to_the_search_page_with_what_was_typed(
    real_url: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route("**/assets/finder.*", lambda route: route.fulfill(status=404, body="gone"))
    page = context.new_page()
    page.goto(real_url + "about.html")
    page.locator(".ask input").fill("天地人")
    expect(page.locator(".ask .state")).to_contain_text("网站更新过了")
    context.unroute("**/assets/finder.*")
    page.locator(".ask .state button").click()
    page.wait_for_url("**/search.html?q=*")
    assert "天地人" in titles(page)
    context.close()


@pytest.mark.parametrize("times", [1, 2])
def test_texts_are_searched_in_one_version_too_while_the_site_is_published(
    small_site: Path, browser: Browser, times: int
) -> None:
    built = say(small_site, "小鹅慢慢走过了纸桥")
    context = browser.new_context()
    page = context.new_page()
    with serve(built.folder, built.path) as url:
        page.goto(f"{url}search.html?kind=article")  # which asks for no texts yet
        titles(page)
        for text in ("月光落在窗台上面", "萤火虫提着灯回家")[:times]:
            say(small_site, text)
        said = "小鹅慢慢走过了纸桥" if times == 1 else "萤火虫提着灯回家"
        page.locator(".seek input[type=search]").fill(said)
        page.keyboard.press("Enter")
        expect(page.locator(".found .excerpt mark").first).to_have_text(said)
    context.close()


def say(site: Path, text: str) -> Tree:
    """Builds a site in which a resource says something that no title does."""
    head = (site / POEM).read_text(encoding="utf-8").rpartition("---\n")[0]
    (site / POEM).write_text(f"{head}---\n{text}。\n", encoding="utf-8", newline="\n")
    return build_tree(site, site / "public")


def test_the_readers_edition_comes_first_and_never_leaves_the_device(served: Open, pages: BrowserContext) -> None:
    page = served("search.html?q=%E5%A4%A9%E5%9C%B0%E4%BA%BA")
    titles(page)
    page.locator(".found h2 a").first.click()
    page.wait_for_url("**/textbooks/**")
    assert page.evaluate("localStorage.getItem('catalogue-edition')") == "unified"
    assert page.evaluate("localStorage.getItem('catalogue-stage')") == "primary"
    assert pages.cookies() == []


def test_without_scripts_the_box_leads_to_the_chooser(real_url: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real_url + "about.html")
    page.locator(".ask input").fill("天地人")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator(".browse")).to_be_visible()
    expect(page.locator(".seek")).to_be_hidden()
    assert "curriculum/primary/chinese.html" in page.content()
    context.close()


def test_a_phone_opens_the_box_with_one_tap(real_url: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(real_url + "about.html")
    expect(page.locator(".ask")).to_be_hidden()
    page.locator(".find").tap()
    expect(page.locator(".ask input")).to_be_focused()
    assert "天地人" in typed(page, "tiandiren")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_phone_shows_all_suggestions_and_the_way_to_the_rest_on_one_screen(real_url: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(real_url + "about.html")
    page.locator(".find").click()
    page.locator(".ask input").fill("有理数")
    expect(page.locator(LAST)).to_be_in_viewport(ratio=1)
    expect(page.locator(SUGGESTION)).to_have_count(6)
    context.close()


def test_a_phone_shows_what_is_chosen_and_drops_it_with_one_tap(real_url: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(real_url + "search.html?q=%E8%AF%AD%E6%96%87&stage=primary&grade=1")
    titles(page)
    before = counted(page)
    assert page.locator(".chosen button").all_inner_texts() == ["小学 ×", "一年级 ×"]
    page.get_by_role("button", name="去掉“一年级”").tap()
    expect(page.locator(".chosen button")).to_have_text(["小学 ×"])
    assert counted(page) > before
    assert page.url.endswith("stage=primary")
    page.locator(".narrow > summary").tap()
    expect(page.locator("#_stage-primary")).to_be_checked()
    expect(page.locator("#_grade-1")).not_to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_word_that_is_typed_is_in_the_address_before_the_page_is_left(served: Open) -> None:
    page = served("search.html")
    page.locator(".seek input[type=search]").fill("天地人")
    page.locator(".found h2 a").first.click()
    page.wait_for_url("**/textbooks/**")
    page.go_back()
    assert "天地人" in titles(page)
    expect(page.locator(".seek input[type=search]")).to_have_value("天地人")


def test_the_first_suggestion_takes_few_bytes_and_three_requests(real: Tree, real_url: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(real_url + "about.html")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url.removeprefix(real_url)))
    page.locator(".ask input").focus()
    page.keyboard.type("天")
    expect(page.locator(SUGGESTION).first).to_be_visible()
    first = [address for address in asked if "favicon" not in address][
        :3
    ]  # the browser looks for that whenever it likes
    assert sorted(address.partition("/")[0] for address in first) == ["assets", "search", "search"]
    assert sum(compressed(real.bytes(address)) for address in first) <= 70 * 1024
    context.close()


def test_every_page_that_can_be_found_is_there_and_every_page_can_be_found(real: Tree) -> None:
    rows = [row for pack in _packs(real) for row in _rows(pack)]
    assert len(rows) == len(set(rows))
    assert [row for row in rows if row.partition("#")[0] not in real.files] == []
    others = {"home", "search", "404", "moved", "lesson"}
    wanted = {address for address, facts in real.pages.items() if facts.type not in others}
    wanted -= {address for address in wanted if re.search(r"/\d+\.html$", address)}  # further pages of a list
    wanted |= {hours[0] for hours in _lessons(real)}
    assert wanted - set(rows) == set()


def _lessons(tree: Tree) -> Iterator[list[str]]:
    """The pages of each lesson: one for each class hour."""
    for address in tree.files:
        if address.startswith("data/textbooks/"):
            for unit in json.loads(tree.bytes(address)).get("units", []):
                yield from ([hour["page"] for hour in lesson["hours"]] for lesson in unit["lessons"])


def _packs(tree: Tree) -> Iterator[dict[str, Any]]:
    for _, address, *_ in _held(tree, "search/index.js")["packs"]:
        yield _held(tree, address)


def _held(tree: Tree, address: str) -> dict[str, Any]:
    """What a script hands over."""
    text = tree.bytes(address).decode()
    return dict(json.loads(text[text.index("(") + 1 : text.rindex(")")]))


def _rows(pack: dict[str, Any]) -> Iterator[str]:
    """The addresses of a pack's rows, as its format says."""
    names = iter(pack["names"].split("\n"))
    for folder, _, rows, *_ in pack["places"]:
        stem = folder.rpartition("/")[2]
        for number in range(rows):
            name = next(names)
            name = f"{stem}-{number:02}" if name == "=" else name
            yield f"{folder}/{name}.html" if name and name[0] != "#" else f"{folder}.html{name}"


def test_a_build_without_search_has_no_box_and_says_what_there_is_instead(small_site: Path) -> None:
    built = build_tree(small_site, small_site / "public", "--no-search")
    assert [address for address in built.files if address.startswith("search/")] == []
    assert built.page("index.html").xpath("//form") == []
    assert "不能输入文字查找" in built.page("search.html").text_content()
    again = build_tree(small_site, small_site / "public")
    assert "search/index.js" in again.files
    assert again.page("index.html").xpath("//header//form/@role") == ["search"]
