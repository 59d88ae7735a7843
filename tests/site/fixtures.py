"""Sites that are built once a session, and how they are built and looked at."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from built import KINDS, Tree
from playwright.sync_api import BrowserContext, Route
from serving import serve
from small_site import TODAY, write_small_site
from tools import ROOT


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The catalogue of this repository, built."""
    return build_tree(ROOT, tmp_path_factory.mktemp("real") / "public", now="")


@pytest.fixture(scope="session")
def real_url(real: Tree) -> Iterator[str]:
    """The address at which the catalogue is served, with its own headers."""
    with serve(real.folder, real.path) as url:
        yield url


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A made-up catalogue of the published size, built."""
    site = tmp_path_factory.mktemp("sample") / "site"
    run("sample", str(site))
    return build_tree(site, site / "public", now="")


@pytest.fixture(scope="session")
def sample_url(sample: Tree) -> Iterator[str]:
    """The address at which the made-up catalogue is served, its texts compressed."""
    with serve(sample.folder, sample.path, compressing=True) as url:
        yield url


@pytest.fixture(scope="session")
def urls(real: Tree, real_url: str, small: Tree) -> Iterator[dict[str, str]]:
    """The address of a page of each of `KINDS`: of the catalogue, and where it has none, of the small site."""
    with serve(small.folder, small.path) as small_url:
        yield {
            kind: real_url + real.samples[kind] if kind in real.samples else small_url + small.samples[kind]
            for kind in KINDS
        }


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with its output in `public`, as it was just built; to be copied, never changed."""
    site = write_small_site(tmp_path_factory.mktemp("small") / "site")
    build_tree(site, site / "public")
    return site


@pytest.fixture(scope="session")
def small(base: Path) -> Tree:
    """The small site, built."""
    return tree_of(base, base / "public")


@pytest.fixture
def small_site(base: Path, tmp_path: Path) -> Path:
    """A copy of the small site to change; it has been built."""
    site = tmp_path / "site"
    shutil.copytree(base, site)
    return site


def stay(context: BrowserContext, url: str) -> None:
    """Lets a page that has moved be looked at: the browsers of a context are not sent on from there."""

    def without_refresh(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('http-equiv="refresh"', 'name="refresh"'))

    context.route(url, without_refresh)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the program in a process of its own; it must end well."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def build_tree(site: Path, out: Path, *arguments: str, now: str = TODAY, **environment: str) -> Tree:
    """Builds a site.

    Args:
        site: its folder.
        out: the output.
        arguments: more options of the command.
        now: the day to build for; today where it is empty.
        environment: variables of the process.
    """
    report = out.parent / "report.json"
    day = ["--now", now] if now else []
    run("--site", str(site), "build", "--out", str(out), "--report", str(report), *day, *arguments, **environment)
    return tree_of(site, out)


def tree_of(site: Path, out: Path) -> Tree:
    """A site that has been built already."""
    settings = yaml.safe_load((site / "site.yaml").read_text(encoding="utf-8"))
    report = json.loads((out.parent / "report.json").read_text(encoding="utf-8"))
    return Tree(out, site, settings["base_url"], report)
