"""What is installed carries all that a site needs."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

from built import Tree, digests
from small_site import TODAY, write_small_site
from tools import ROOT

CARRIED = ("builder", "themes", "pyproject.toml", "README.md", "LICENSE")


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_installed_wheel_builds_a_site_that_brings_no_theme(tmp_path: Path, small: Tree) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in CARRIED:
        path = ROOT / name
        copy = shutil.copytree if path.is_dir() else shutil.copyfile
        copy(path, source / name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, source, folder=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")

    fresh = tmp_path / "fresh"
    venv.create(fresh, with_pip=False, symlinks=True)
    python = fresh / "bin" / "python"
    folder = next((fresh / "lib").glob("python*")) / "site-packages"
    running = "\n".join(site.getsitepackages())  # of the libraries that the wheel needs; none is fetched again
    (folder / "libraries.pth").write_text(running + "\n", encoding="utf-8")
    run(*pip, "--python", python, "install", "--no-deps", "--no-index", "--ignore-installed", wheel, folder=tmp_path)
    where = run(python, "-c", "import builder; print(builder.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(fresh)

    made = write_small_site(tmp_path / "site")
    assert not (made / "themes").exists()
    run(fresh / "bin" / "catalogue", "build", "--now", TODAY, folder=made)
    assert digests(made / "public") == small.state()
