"""Finding by typing in Firefox as it is installed: over HTTP under the site's own headers, and from a stick."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from built import Tree
from firefox import DOWN, ENTER, ESCAPE, Firefox, firefox
from tools import firefox as program

Open = Callable[[str], Firefox]

SUGGESTED = "Array.from(document.querySelectorAll('.ask [role=option]:not(.all) span'), (e) => e.innerText)"
FOUND = "document.querySelector('.seek [role=status]').innerText"
TITLES = "Array.from(document.querySelectorAll('.found h2'), (e) => e.innerText)"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One Firefox for the pages of this file; no host but this machine answers it."""
    with firefox(program(), tmp_path_factory.mktemp("firefox")) as running:
        yield running


@pytest.fixture(params=["http", "file"])
def visit(request: pytest.FixtureRequest, real: Tree, real_url: str, window: Firefox) -> Open:
    """Opens a page of the catalogue, served or from its folder."""
    base = real_url if request.param == "http" else real.folder.as_uri() + "/"

    def visit(address: str) -> Firefox:
        window.open(base + address)
        return window

    return visit


@pytest.mark.parametrize("words", ["天地人", "tiandiren", "tdr", "天帝人", "天地人 第一课时"])
def test_a_title_is_suggested_however_it_is_typed(visit: Open, words: str) -> None:
    page = visit("about.html")
    page.type(".ask input", words)
    page.until(f"{SUGGESTED}.includes('天地人')")


def test_a_suggestion_leads_to_its_page_by_keyboard_alone(visit: Open) -> None:
    page = visit("textbooks/chinese-unified-1a.html")
    page.type(".ask input", "tiandiren")
    page.until(f"{SUGGESTED}[0] === '天地人'")
    page.type(".ask input", DOWN)
    active = page.run("return document.activeElement.getAttribute('aria-activedescendant')")
    assert page.run("return document.getElementById(arguments[0]).getAttribute('aria-selected')", active) == "true"
    page.type(".ask input", ENTER)
    page.until("document.querySelector('h1').innerText.includes('天地人')")
    assert "/textbooks/" in page.address


def test_escape_closes_the_suggestions_and_enter_leads_to_all_of_them(visit: Open) -> None:
    page = visit("about.html")
    page.type(".ask input", "语文")
    page.until("document.querySelector('.ask .all')")
    page.type(".ask input", ESCAPE)
    assert page.run("return document.querySelector('.ask .drop').hidden")
    assert page.run("return document.querySelector('.ask input').value") == "语文"
    page.type(".ask input", ENTER)
    page.until("document.querySelector('.seek') && " + FOUND + ".includes('找到')")
    assert page.address.endswith("search.html?q=%E8%AF%AD%E6%96%87")


def test_a_choice_shows_as_many_as_it_promised_and_the_back_button_undoes_it(visit: Open) -> None:
    page = visit("search.html?q=%E8%AF%AD%E6%96%87")
    page.until(f"{FOUND}.includes('找到')")
    before = page.run(f"return {FOUND}")
    promised = page.run("return document.querySelector('label[for=_grade-2] small').innerText")
    page.click("#_grade-2")
    page.until(f"{FOUND}.includes(arguments[0])", f" {promised} ")
    assert page.address.endswith("&grade=2")
    page.back()
    page.until(f"{FOUND} === arguments[0]", before)
    assert not page.run("return document.querySelector('#_grade-2').checked")
    page.type(".seek input[type=search]", "园地")
    page.until(f"{TITLES}.length && {TITLES}.every((title) => title.includes('语文园地'))")


def test_what_is_nowhere_is_not_found_and_other_ways_are_shown(visit: Open) -> None:
    page = visit("search.html?q=qqqqqq")
    page.until(f"{FOUND}.includes('没有找到“qqqqqq”')")
    assert page.run("return document.querySelector('.browse').getClientRects().length > 0")
