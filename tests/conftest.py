"""What all tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from sites import make_site

settings.register_profile("catalogue", deadline=None)  # a busy machine is no defect
settings.load_profile("catalogue")


def pytest_configure() -> None:
    """A shell that runs the tests in the background lets its children ignore Ctrl-C, which some tests send."""
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


@pytest.fixture
def lacking() -> Callable[[str, str], NoReturn]:
    """Ends a test whose tool is missing: it skips here and fails where `CI` is set.

    The fixture's value takes the tool's name and the command that installs it.
    """

    def end(tool: str, install: str) -> NoReturn:
        reason = f"{tool} is missing; install it with: {install}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)

    return end
