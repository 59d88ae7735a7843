"""The house keeps its own rules: imports run one way, and what is said twice says the same."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from builder.output.headers import HEADERS

ROOT = Path(__file__).parent.parent
BUILDER = ROOT / "builder"

# From the bottom of the house to its top; a room may know those before it. A later name goes before an earlier one.
ROOMS = [
    "language",
    "signals",
    "digest",
    "stamps",
    "listing",
    "sealed",
    "aside",
    "messages",
    "sentences",
    "problems",
    "system",
    "reading",
    "settings",
    "engine",
    "content",
    "inputs",
    "media",
    "pictures",
    "pages",
    "rendering",
    "charts",
    "search",
    "output",
    "blueprint",
    "cache",
    "reporter",
    "crew",
    "cluster",
    "options",
    "tasks",
    "dispatch",
    "site",
    "linking",
    "traces",
    "phases",
    "build",
    "verify",
    "explain",
    "preview",
    "schema",
    "new",
    "sample",
    "commands",
    "cli",
    "reference",
]


def _room(module: str) -> str:
    return module.split(".")[1]


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    runtime = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {node.module for node in runtime if isinstance(node, ast.ImportFrom) and node.module}
    names |= {alias.name for node in runtime if isinstance(node, ast.Import) for alias in node.names}
    names |= {
        f"{node.module}.{alias.name}"
        for node in runtime
        if isinstance(node, ast.ImportFrom) and node.module == "builder"
        for alias in node.names
    }
    return {name for name in names if name.startswith("builder.") and name != "builder.__version__"}


@pytest.mark.parametrize("path", sorted(BUILDER.rglob("*.py")), ids=lambda path: path.relative_to(BUILDER).as_posix())
def test_a_room_knows_only_the_rooms_above_it_in_the_table(path: Path) -> None:
    inner = path.relative_to(ROOT).with_suffix("").parts
    if len(inner) == 2 and inner[1] in {"__init__", "__main__"}:
        return
    own = ROOMS.index(inner[1])
    below = {name for name in _imports(path) if ROOMS.index(_room(name)) > own}
    assert not below


def test_no_two_modules_import_each_other_even_by_a_way_round() -> None:
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in BUILDER.rglob("*.py")}
    edges = {name: {known for known in _imports(path) if known in modules} for name, path in modules.items()}
    reached = {name: set(known) for name, known in edges.items()}
    for _ in modules:
        for known in reached.values():
            known |= {further for near in set(known) for further in reached[near]}
    assert {name for name, known in reached.items() if name in known} == set()


PRINTING = {"print", "input", *(f"click.{name}" for name in ("echo", "secho", "echo_via_pager", "prompt", "confirm"))}


def test_only_the_command_line_prints_and_reads_the_environment() -> None:
    offenders = []
    for path in BUILDER.rglob("*.py"):
        if _room(".".join(path.relative_to(ROOT).with_suffix("").parts)) in {"commands", "cli", "reference"}:
            continue
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        unpacked = (zip(node.keys, node.values, strict=True) for node in nodes if isinstance(node, ast.Dict))
        handed_on = {value for items in unpacked for key, value in items if key is None}  # to a program that is started
        for node in nodes:
            is_print = isinstance(node, ast.Call) and ast.unparse(node.func) in PRINTING
            is_environment = isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
            is_environment = is_environment and node not in handed_on
            if is_print or is_environment:
                offenders.append(f"{path.relative_to(ROOT)}: {ast.unparse(node)}")
    assert not offenders


def test_help_starts_without_the_heavy_libraries() -> None:
    heavy = "{'pydantic', 'jinja2', 'PIL', 'pygal', 'starlette', 'uvicorn', 'markdown_it', 'yaml'}"
    code = f"import builder.cli, sys; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_netlify_gets_the_same_headers_as_the_headers_file() -> None:
    config = tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))
    assert {block["for"]: block["values"] for block in config["headers"]} == HEADERS


def test_netlify_pins_the_python_that_the_project_names() -> None:
    config = tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))
    pinned = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    assert config["build"]["environment"]["PYTHON_VERSION"] == pinned
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={pinned}"


def test_the_lock_holds_every_dependency_with_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=]", name)[0] for name in project["dependencies"]}
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    assert wanted <= locked
    assert "://" not in lock
    blocks = re.split(r"\n(?=[a-z])", lock.strip())
    assert all("--hash=sha256:" in block for block in blocks)


def test_architecture_names_every_dependency_and_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=]", name)[0] for name in project["dependencies"]}
    assert {name for name in names if name not in text} == set()
    rooms = {path.name.removesuffix(".py") for path in BUILDER.iterdir() if not path.name.startswith("_")} - {"themes"}
    table = re.findall(
        r"`builder/([a-z][a-z_]*)(?:\.py|/)`", text[text.index("## Rooms") : text.index("## How data flows")]
    )
    assert sorted(table) == sorted(rooms) == sorted(ROOMS)
