"""Whatever befalls a build, what was published stays whole, somebody is told what to do, and nothing is left over."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from kill import run
from sites import BOOK, GOOSE, TODAY, build, catalogue, make_site, state
from tools import ROOT, unable

from builder.output.manifest import beside
from builder.preview.worker import Answer, Brief, Worker
from builder.sealed import write_sealed

Disk = Callable[[str], Path]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Makes small disks, which need somebody who may mount one."""
    mounted: list[Path] = []
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]

    def mount(size: str) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        command = [*rights, "mount", "-t", "tmpfs", "-o", f"size={size},mode=777", "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            unable(f"no small disk can be mounted ({done.stderr.strip()}); run the tests as root")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run([*rights, "umount", "-l", str(folder)], check=True)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the base site, with a folder of its own."""
    return make_site(tmp_path / "site")


def _fill(folder: Path) -> Path:
    """Fills a disk to the last byte."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as target:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while target.write(b"x" * size):
                    pass
            except OSError:
                continue
    return ballast


def _retitle(site: Path, title: str = "新目录") -> None:
    """Changes every page."""
    settings = site / "site.yaml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    settings.write_text("\n".join([f"title: {title}", *lines[1:]]) + "\n", encoding="utf-8")


def _beside(out: Path) -> list[str]:
    """What lies beside an output that is ours."""
    return sorted(path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}."))


def _tree(out: Path) -> dict[str, bytes]:
    return {address: content for address, (content, _) in state(out).items()}


KEPT = [".public.lock", ".public.manifest", ".public.manifest.copy"]


# ---- killed


def test_a_build_that_is_killed_at_any_moment_leaves_whole_files_and_the_next_one_mends_the_rest() -> None:
    findings = run(8, 1)
    assert findings.wrong == ""
    assert findings.kills.total() == 8


def test_what_a_killed_build_left_over_is_gone_after_the_next_even_if_that_has_nothing_to_do(site: Path) -> None:
    build(site)
    for name in ("commit.new", "manifest.new"):
        beside(site / "public", name).write_bytes(b"half of i")
    (beside(site / "public", "staging") / "topics").mkdir(parents=True)
    build(site)
    assert _beside(site / "public") == KEPT


def test_a_killed_build_keeps_nobody_waiting(site: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom builder.output.publish import open_output\n"
        "with open_output(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(600)\n"
    )
    command = [sys.executable, "-c", code, str(site / "public")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        result = catalogue(site, "build", "--jobs", "1")
        assert result.exit_code == 2
        assert f"另一个构建正在写入 {site / 'public'}" in result.stderr
        other.kill()
        other.wait()
        build(site)


# ---- no room, no right


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_that_fills_up_while_pages_are_made_is_told_and_nothing_changes(
    site: Path, disk: Disk, jobs: str
) -> None:
    out = disk("4m") / "public"
    build(site, "--out", str(out))
    before = state(out)
    ballast = _fill(out.parent)
    _retitle(site)
    result = catalogue(site, "build", "--jobs", jobs, "--out", str(out))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"catalogue: 没有发布任何文件：{out.parent}/.public.staging")
    assert "写不进去，磁盘已满；请腾出空间，或用 `--out` 另选文件夹，再构建一次" in result.stderr
    assert state(out) == before
    assert _beside(out) == KEPT
    ballast.unlink()
    assert "所有文件都和从头生成的一样" in build(site, "--out", str(out), "--verify").stderr
    assert "新目录" in (out / "index.html").read_text(encoding="utf-8")


def test_a_disk_that_fills_up_in_the_first_build_leaves_nothing(site: Path, disk: Disk) -> None:
    out = disk("64k") / "public"
    result = catalogue(site, "build", "--jobs", "1", "--out", str(out))
    assert result.exit_code == 2
    assert "磁盘已满" in result.stderr
    assert not out.exists()
    assert _beside(out) == [".public.lock"]


def _filling(monkeypatch: pytest.MonkeyPatch, out: Path, name: str) -> None:
    """Fills the disk just before something of a name is written beside an output."""
    real = write_sealed

    def filling(path: Path, *arguments: Any) -> None:
        if path == beside(out, name):
            _fill(out.parent)
        real(path, *arguments)

    for module in ("publish", "commit"):
        monkeypatch.setattr(f"builder.output.{module}.write_sealed", filling)


def test_a_disk_that_fills_up_before_the_commit_is_told_and_nothing_changes(
    site: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = disk("4m") / "public"
    build(site, "--out", str(out))
    before = state(out)
    _retitle(site)
    _filling(monkeypatch, out, "commit")
    result = catalogue(site, "build", "--jobs", "1", "--out", str(out))
    assert result.exit_code == 2
    assert "磁盘已满" in result.stderr
    assert state(out) == before
    assert _beside(out) == KEPT


def test_a_disk_that_fills_up_before_the_manifest_does_not_matter(
    site: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = disk("4m") / "public"
    build(site, "--out", str(out))
    _retitle(site)
    (site / BOOK).unlink()
    with monkeypatch.context() as patch:
        _filling(patch, out, "manifest")
        build(site, "--out", str(out))
    assert _beside(out) == KEPT[:-1]  # of the two only what needs no room
    published = _tree(out)
    (out.parent / "ballast").unlink()
    assert "写入 0，删除 0" in build(site, "--out", str(out)).stderr
    assert "所有文件都和从头生成的一样" in build(site, "--out", str(out), "--verify").stderr
    assert _tree(out) == published


def test_a_report_on_a_full_disk_is_told_and_the_site_is_built(site: Path, disk: Disk) -> None:
    full = disk("64k")
    _fill(full)
    result = catalogue(site, "build", "--jobs", "1", "--report", str(full / "report.json"))
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        f"catalogue: 网站已经构建好，但报告 {full / 'report.json'} 写不进去，磁盘已满；请腾出空间，"
        "或用 `--report` 另选位置，再构建一次"
    )
    assert [path.name for path in full.iterdir()] == ["ballast"]
    assert (site / "public/index.html").is_file()


def test_a_preview_on_a_full_disk_says_so_with_the_remedy_and_goes_on_when_there_is_room(
    site: Path, disk: Disk
) -> None:
    folder = disk("4m")
    ballast = _fill(folder)
    worker = Worker(Brief(site, folder / "site", now=TODAY))

    def built() -> Answer:
        with ThreadPoolExecutor(1) as thread:  # the browser of other tests keeps an event loop in this one
            return thread.submit(lambda: asyncio.run(worker.build(set()))).result()

    try:
        outcome = built()
        assert outcome.language == "zh-CN"
        assert outcome.failure.startswith(f"没有生成页面：{folder}")
        assert outcome.failure.endswith("用不了，磁盘已满；请腾出空间，然后保存一个文件再试一次")
        ballast.unlink()
        assert built().is_good
    finally:
        worker.end()


def test_a_read_only_output_is_told_and_nothing_changes(site: Path, disk: Disk) -> None:
    out = disk("4m") / "public"
    build(site, "--out", str(out))
    before = state(out)
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*rights, "mount", "-o", "remount,ro", str(out.parent)], check=True)
    _retitle(site)
    for jobs in ("1", "2"):
        result = catalogue(site, "build", "--jobs", jobs, "--out", str(out))
        assert result.exit_code == 2
        assert result.stderr.startswith(f"catalogue: 没有发布任何文件：{out.parent}")
        assert "写不进去，磁盘是只读的；请把它改为可写，或用 `--out` 另选文件夹" in result.stderr
    assert state(out) == before
    assert _beside(out) == KEPT


def test_a_file_that_cannot_be_replaced_is_told_and_the_next_build_puts_the_rest_in_place(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a file that somebody has open cannot be replaced."""
    build(site)
    _retitle(site)
    real = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if str(target) == str(site / "public/index.html"):
            raise PermissionError(13, "Permission denied", str(target))
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refusing)
        result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert f"发布到一半停下了：{site / 'public/index.html'} 写不进去，没有权限" in result.stderr
    assert "下次构建会补齐其余的" in result.stderr
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr
    assert _beside(site / "public") == KEPT


# ---- other disks


def test_an_output_on_another_disk_is_staged_there(site: Path, disk: Disk) -> None:
    out = disk("4m") / "public"
    for title in ("甲", "乙"):
        _retitle(site, title)
        assert "所有文件都和从头生成的一样" in build(site, "--out", str(out), "--verify").stderr
    assert _beside(out) == KEPT
    assert _beside(site / "public") == []


def test_an_output_that_is_a_disk_of_its_own_holds_all_that_is_ours(site: Path, disk: Disk) -> None:
    out = disk("4m")
    beside_before = sorted(out.parent.iterdir())
    (out / "mine.txt").write_bytes(b"mine")
    for title in ("甲", "乙"):
        _retitle(site, title)
        result = build(site, "--out", str(out), "--verify")
        assert "所有文件都和从头生成的一样" in result.stderr
        assert "  mine.txt\n" in result.stderr
        assert ".catalogue" not in result.stderr
    (site / BOOK).unlink()
    build(site, "--out", str(out))
    assert not (out / "textbooks/chinese-1a").exists()
    assert (out / "mine.txt").read_bytes() == b"mine"
    assert sorted(out.parent.iterdir()) == beside_before
    assert sorted(path.name for path in out.glob(".*")) == [
        ".catalogue.lock",
        ".catalogue.manifest",
        ".catalogue.manifest.copy",
    ]


# ---- asked to end

_SENDING = """
import os, signal, sys, time
import builder.cli
import builder.{module} as module

def {name}(*arguments, real=module.{name}):
    if {published} or not os.path.exists(sys.argv[1]):
        open(sys.argv[1], "w").close()
        os.killpg(os.getpgid(0), {number})
        time.sleep({seconds})
    return real(*arguments)

{name}.__module__ = module.__name__
module.{name} = {name}
{more}
builder.cli.main(["--site", sys.argv[2], "build", "--now", "2022-04-01", "--jobs", {jobs!r}])
"""


# The process that waits for others has taken the locks of what they do, when the signal comes.
_TAKING = """
from concurrent.futures import _base

def take(locks, real=_base._AcquireFutures.__enter__):
    real(locks)
    open(sys.argv[1] + ".taken", "w").close()
    time.sleep({seconds})

def read(*arguments, real=read):
    while not os.path.exists(sys.argv[1] + ".taken"):
        time.sleep(0.01)
    return real(*arguments)

read.__module__ = module.__name__
module.read = read
_base._AcquireFutures.__enter__ = take
"""


def _interrupted(site: Path, phase: str, number: int, jobs: str, more: str = "") -> subprocess.CompletedProcess[str]:
    """A build that gets a signal, with all that it has started, in the midst of a phase; and nothing of it is alive."""
    module, name = {"reading": ("tasks", "read"), "rendering": ("tasks", "make"), "publishing": _PUT}[phase]
    seconds = 0 if phase == "publishing" else 600  # a worker that nobody ends would be found
    more = more.format(seconds=seconds)
    code = _SENDING.format(
        module=module, name=name, number=number, jobs=jobs, seconds=seconds, published=seconds == 0, more=more
    )
    command = [sys.executable, "-c", code, str(site.parent / "sent"), str(site)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            said, errors = process.communicate(timeout=60)
            for _ in range(100):
                try:
                    os.killpg(process.pid, 0)
                except ProcessLookupError:
                    return subprocess.CompletedProcess(command, process.returncode, said, errors)
                time.sleep(0.1)
            raise AssertionError("something of the build is still alive")
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


_PUT = ("output.commit", "put_all")
_STOPPED = "catalogue: 已停止；已经发布的内容是完整的，下次构建会接着完成\n"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("phase", ["reading", "rendering"])
def test_a_build_that_is_asked_to_end_ends_at_once_and_changes_nothing(
    site: Path, phase: str, jobs: str, number: int, status: int
) -> None:
    build(site)
    before = state(site / "public")
    (site / GOOSE).write_text((site / GOOSE).read_text(encoding="utf-8") + "又一段。\n", encoding="utf-8")
    _retitle(site)
    done = _interrupted(site, phase, number, jobs)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", _STOPPED)
    assert state(site / "public") == before
    assert _beside(site / "public") == KEPT


def test_a_build_that_is_asked_to_end_while_it_takes_locks_ends_at_once(site: Path) -> None:
    done = _interrupted(site, "reading", signal.SIGINT, "2", _TAKING)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", _STOPPED)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_is_asked_to_end_while_it_publishes_finishes_that_first(
    site: Path, number: int, status: int
) -> None:
    build(site)
    _retitle(site)
    done = _interrupted(site, "publishing", number, "1")
    assert (done.returncode, done.stdout, done.stderr) == (status, "", _STOPPED)
    assert "新目录" in (site / "public/index.html").read_text(encoding="utf-8")
    assert _beside(site / "public") == KEPT
    assert "写入 0，删除 0" in build(site, "--verify").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that one process sends to one other")
@pytest.mark.parametrize("begun", [["build.py"], ["-m", "builder"]])
def test_the_program_ends_without_a_word_where_it_is_interrupted_while_it_is_loaded(
    tmp_path: Path, begun: list[str]
) -> None:
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, *begun, "check"]
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_a_first_build_that_is_asked_to_end_leaves_nothing(site: Path) -> None:
    done = _interrupted(site, "rendering", signal.SIGINT, "2")
    assert (done.returncode, done.stderr) == (130, _STOPPED)
    assert not (site / "public").exists()
    assert _beside(site / "public") == [".public.lock"]


# ---- strange places


@pytest.mark.parametrize(
    "place", ["/", ".", "..", "content", "content/sections/x", "themes/own", ".cache", "site.yaml/x"]
)
def test_an_output_that_would_hold_or_lie_among_the_sites_own_files_is_refused(site: Path, place: str) -> None:
    before = state(site)
    result = catalogue(site, "build", "--out", str(site / place))
    assert result.exit_code == 2
    assert "输出要用单独的文件夹" in result.stderr
    assert state(site) == before


def test_an_output_among_content_that_lies_elsewhere_is_refused(site: Path, tmp_path: Path) -> None:
    (site / "content").rename(tmp_path / "texts")
    (site / "content").symlink_to(tmp_path / "texts")
    (site / "public").symlink_to(tmp_path / "texts/sections")
    result = catalogue(site, "build")
    assert result.exit_code == 2
    assert "输出要用单独的文件夹" in result.stderr


def test_an_output_that_is_a_link_to_a_folder_yet_to_be_is_made_there(site: Path, tmp_path: Path) -> None:
    (site / "public").symlink_to(tmp_path / "real")
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr
    assert (tmp_path / "real/index.html").is_file()
    assert (site / "public").is_symlink()
    shutil.rmtree(tmp_path / "real")
    build(site)
    assert (tmp_path / "real/index.html").is_file()


def test_an_output_that_is_a_link_to_itself_is_refused(site: Path) -> None:
    (site / "public").symlink_to(site / "public")
    result = catalogue(site, "build")
    assert result.exit_code == 2
    assert "失效的链接" in result.stderr


def test_a_staged_file_that_is_gone_when_it_should_be_put_in_place_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site)
    _retitle(site)
    real = Path.replace

    def losing(self: Path, target: Path) -> Path:
        if str(target) == str(site / "public/index.html"):
            self.unlink()
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", losing)
        result = catalogue(site, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert "发布到一半停下了" in result.stderr
    assert "所有文件都和从头生成的一样" in build(site, "--verify").stderr
