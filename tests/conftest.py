"""What all tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from sites import make_site
from tools import chromium

settings.register_profile("catalogue", deadline=None)  # a busy machine is no defect
settings.load_profile("catalogue")


def pytest_configure() -> None:
    """A shell that runs the tests in the background lets its children ignore Ctrl-C, which some tests send.

    Where there is no site, the program speaks the language of the system, which is here the same everywhere.
    """
    os.environ["LC_ALL"] = "C.UTF-8"
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="Write the expected texts of tests/invalid anew, for review."
    )


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether expected texts are to be written anew."""
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the base site."""
    return make_site(tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of all tests: two of them would get into each other's event loop."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()
