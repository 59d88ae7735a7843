"""The real tools that tests look at the built site with: where they are, and what to do where one is missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"


def chromium() -> str:
    """The path of Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return found or missing("Chromium", "apt-get install chromium")


def firefox() -> str:
    """The path of Firefox."""
    return shutil.which("firefox-esr") or shutil.which("firefox") or missing("Firefox", "apt-get install firefox-esr")


def checker() -> list[str]:
    """The command that runs the Nu HTML checker, without its arguments."""
    java = shutil.which("java") or missing("Java", "apt-get install default-jre-headless")
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.is_file():
        missing("the Nu HTML checker", "npm ci")
    return [java, "-Xss4m", "-jar", str(jar)]


def node() -> str:
    """The path of Node."""
    return shutil.which("node") or missing("Node", "apt-get install nodejs")


def axe() -> str:
    """The source of axe-core."""
    script = MODULES / "axe-core" / "axe.min.js"
    if not script.is_file():
        missing("axe-core", "npm ci")
    return script.read_text(encoding="utf-8")


def sitemap_schema() -> Path:
    """The schema of sitemaps by sitemaps.org."""
    schema = MODULES / "sitemap" / "schema" / "sitemap.xsd"
    return schema if schema.is_file() else missing("the schema of sitemaps", "npm ci")


def missing(tool: str, install: str) -> NoReturn:
    """Ends a test whose tool is missing: it skips here and fails where `CI` is set."""
    unable(f"{tool} is missing; install it with: {install}")


def unable(reason: str) -> NoReturn:
    """Ends a test that cannot be made on this machine: it skips here and fails where `CI` is set."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
