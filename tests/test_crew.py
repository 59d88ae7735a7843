"""Any workers make the same site: processes however they are started, and those of a cluster; some may be lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from distributed import Client
from lost import make_after_one_is_lost, make_never
from sites import GOOSE, TODAY, build, catalogue, page, state

from builder.build import build as build_site
from builder.crew import Crew, UnfitCrewError, local_crew
from builder.options import Options
from builder.output.manifest import COPY, MANIFEST, beside, read_manifest
from builder.output.staging import StagingError
from builder.pages.plan import Bundle
from builder.tasks import MakeTask

ROOT = Path(__file__).resolve().parent.parent
GOOSE_PAGE = "after-school/classic-reading/goose-song.html"
PATIENCE = 60  # seconds that a cluster may take to start


def published(site: Path) -> dict[str, bytes]:
    former = read_manifest(site / "public").former
    return {name: content for name, (content, _) in state(site / "public").items() if name not in former}


@pytest.fixture
def alone(site: Path) -> dict[str, bytes]:
    """What one process alone makes of the site; nothing is left of how it did."""
    build(site)
    made = published(site)
    _forget(site)
    return made


def _forget(site: Path) -> None:
    """Takes away all that a build has left."""
    shutil.rmtree(site / "public")
    shutil.rmtree(site / ".cache", ignore_errors=True)
    for name in (MANIFEST, COPY):
        beside(site / "public", name).unlink()


def _edit(site: Path) -> None:
    (site / GOOSE).write_text((site / GOOSE).read_text(encoding="utf-8") + "又一段。\n", encoding="utf-8")


@pytest.mark.parametrize("start", multiprocessing.get_all_start_methods())
def test_workers_make_the_same_site_however_their_processes_are_started(
    site: Path, alone: dict[str, bytes], start: str
) -> None:
    options = Options(site, site / "public", TODAY, crew=partial(local_crew, 2, start))
    build_site(options)
    assert published(site) == alone
    _edit(site)
    assert GOOSE_PAGE in build_site(options).published.written
    afresh = published(site)
    assert "又一段" in page(site, GOOSE_PAGE)
    _forget(site)
    build(site)
    assert published(site) == afresh


def test_a_process_that_is_killed_is_no_loss_while_another_is_left(
    site: Path, alone: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.tasks.make", make_after_one_is_lost)
    result = catalogue(site, "build", "--jobs", "2")
    assert result.exit_code == 0, result.output
    assert (site / "lost").exists()
    assert published(site) == alone
    assert "中途结束的工作进程：1 个，它们的工作已由其他进程重做" in result.stderr


# ---- a cluster


class Cluster:
    """A Dask scheduler and its workers, each process started by Dask's own command line, as a host would.

    Args:
        folder: for what they write.
        program: a folder with the program that the workers run.
    """

    def __init__(self, folder: Path, program: Path):
        self._folder = folder
        self._path = os.pathsep.join([str(program), str(ROOT / "tests")])
        self._processes: list[subprocess.Popen[bytes]] = []
        self._file = folder / "scheduler.json"

    @property
    def address(self) -> str:
        """Of the scheduler."""
        address: str = json.loads(self._file.read_text(encoding="utf-8"))["address"]
        return address

    def start(self, workers: int, *options: str) -> None:
        """Starts the scheduler, then workers with one thread each."""
        self._run("scheduler", "--port", "0", "--scheduler-file", str(self._file))
        _wait_until(lambda: self._file.exists() and self._file.read_bytes().endswith(b"}"))
        file = ["--scheduler-file", str(self._file), "--local-directory", str(self._folder)]
        for _ in range(workers):
            self._run("worker", *file, "--nthreads", "1", *options)

    def end(self, number: int) -> None:
        """Kills a process: 0 is the scheduler."""
        os.killpg(self._processes[number].pid, signal.SIGKILL)
        self._processes[number].wait()

    def close(self) -> None:
        """Ends all."""
        for number, process in enumerate(self._processes):
            if process.poll() is None:
                self.end(number)

    def _run(self, command: str, *options: str) -> None:
        arguments = [sys.executable, "-m", "dask", command, "--host", "127.0.0.1", "--no-dashboard", *options]
        with (self._folder / f"{command}.log").open("ab") as log:
            self._processes.append(
                subprocess.Popen(
                    arguments,
                    cwd=self._folder,
                    env={**os.environ, "PYTHONPATH": self._path},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )


def _wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)


@contextmanager
def _cluster(folder: Path, workers: int, *options: str, program: Path = ROOT) -> Iterator[Cluster]:
    cluster = Cluster(folder, program)
    try:
        cluster.start(workers, *options)
        with Client(cluster.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=PATIENCE)
        yield cluster
    finally:
        cluster.close()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers, each a process with one thread that is started again when it dies."""
    with _cluster(tmp_path_factory.mktemp("cluster"), 2) as cluster:
        yield cluster


def on(cluster: Cluster, site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Builds a site by a cluster's workers, with the real command."""
    command = [sys.executable, "build.py", "--site", str(site), "build", "--now", TODAY.isoformat()]
    return subprocess.run(
        [*command, "--scheduler", cluster.address, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_cluster_makes_the_same_site_from_nothing_and_after_an_edit(
    site: Path, alone: dict[str, bytes], cluster: Cluster
) -> None:
    done = on(cluster, site, "--report", str(site / "report.json"))
    assert done.returncode == 0, done.stderr
    assert published(site) == alone
    _edit(site)
    done = on(cluster, site, "--report", str(site / "report.json"), "--verify")
    assert done.returncode == 0, done.stderr
    assert "已核对：所有文件都和从头生成的一样" in done.stderr
    report = json.loads((site / "report.json").read_text(encoding="utf-8"))
    assert GOOSE_PAGE in report["changed"]
    assert report["unchanged"] > report["written"]


def test_a_worker_of_a_cluster_that_is_lost_is_no_loss_while_another_is_left(
    site: Path, alone: dict[str, bytes], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.tasks.make", make_after_one_is_lost)
    result = catalogue(site, "build", "--scheduler", cluster.address)
    assert result.exit_code == 0, result.output
    assert (site / "lost").exists()
    assert published(site) == alone


def test_a_cluster_that_loses_all_workers_is_told_and_nothing_is_written(
    site: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site)
    _edit(site)
    before = state(site / "public")
    monkeypatch.setattr("builder.tasks.make", make_never)
    result = catalogue(site, "build", "--scheduler", cluster.address)
    assert result.exit_code == 2
    assert "的 Dask 集群有工作进程中途结束了" in result.stderr
    assert "--jobs" not in result.stderr and "去掉 `--scheduler`" in result.stderr
    assert state(site / "public") == before


def test_a_cluster_whose_scheduler_is_lost_is_told_and_nothing_is_written(
    site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _cluster(tmp_path_factory.mktemp("lost"), 1, "--no-nanny") as cluster:

        def losing(bundle: Bundle) -> int:
            cluster.close()
            return bundle.weight

        monkeypatch.setattr("builder.dispatch._weight", losing)
        result = catalogue(site, "build", "--scheduler", cluster.address)
        assert result.exit_code == 2
        assert "的 Dask 集群有工作进程中途结束了" in result.stderr
        assert "--jobs" not in result.stderr and "去掉 `--scheduler`" in result.stderr
        assert not (site / "public").exists()


def test_an_address_where_no_cluster_is_is_told_at_once(site: Path) -> None:
    result = catalogue(site, "build", "--scheduler", "tcp://127.0.0.1:1")
    assert result.exit_code == 2
    assert "tcp://127.0.0.1:1 没有 Dask 调度器应答" in result.stderr


def test_workers_that_run_another_version_of_the_program_are_refused(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    for folder in ("builder", "themes"):
        shutil.copytree(ROOT / folder, other / folder)
    with (other / "builder/pages/lists.py").open("a", encoding="utf-8") as module:
        module.write("# another version\n")
    with _cluster(tmp_path_factory.mktemp("cluster"), 1, program=other) as cluster:
        result = catalogue(site, "build", "--scheduler", cluster.address)
    assert result.exit_code == 2
    assert "版本与这里不同" in result.stderr
    assert not (site / "public").exists()


def test_workers_that_do_not_have_the_program_are_told(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    nothing = tmp_path_factory.mktemp("nothing")
    (nothing / "builder").mkdir()
    (nothing / "builder/__init__.py").touch()
    with _cluster(tmp_path_factory.mktemp("cluster"), 1, program=nothing) as cluster:
        result = catalogue(site, "build", "--scheduler", cluster.address)
    assert result.exit_code == 2
    assert "有一个工作进程没有本程序" in result.stderr
    assert not (site / "public").exists()


# ---- workers on other machines, which may not see what this one sees


class Elsewhere(Executor):
    """A worker on a machine where other folders have the same paths.

    Args:
        there: what it makes of a task that it is given.
    """

    def __init__(self, there: Callable[[Any], Any]):
        self._there = there

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Does a task at once, with what lies there."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*map(self._there, args), **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _on(worker: Executor, site: Path) -> Options:
    return Options(site, site / "public", TODAY, crew=lambda: nullcontext(Crew([worker])))


def test_a_worker_that_has_a_copy_of_the_site_is_refused(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = shutil.copytree(site, tmp_path_factory.mktemp("copy") / "site")  # with the times of its files
    with pytest.raises(UnfitCrewError, match="other-folder"):
        build_site(_on(Elsewhere(lambda task: copy if task == site else task), site))
    assert not (site / "public").exists()


def test_a_worker_that_does_not_share_the_output_is_told_and_nothing_is_written(site: Path, tmp_path: Path) -> None:
    def there(task: Any) -> Any:
        if isinstance(task, MakeTask):
            return replace(task, job=replace(task.job, staging=tmp_path / "elsewhere"))
        return task

    with pytest.raises(StagingError):
        build_site(_on(Elsewhere(there), site))
    assert not (site / "public").exists()
    assert not (tmp_path / "elsewhere").exists()


def test_executors_of_any_kind_make_the_same_site(site: Path, alone: dict[str, bytes]) -> None:
    with ThreadPoolExecutor(4) as threads:
        build_site(Options(site, site / "public", TODAY, crew=lambda: nullcontext(Crew([threads, threads]))))
    assert published(site) == alone


class UnreadableError(Exception):
    """An error that cannot travel between processes: to make it anew takes more than its message."""

    def __init__(self, one: str, other: str):
        super().__init__(one)


def _fail_unreadably(_: int) -> int:
    raise UnreadableError("this is", "why")


def test_an_error_that_cannot_travel_is_told_and_costs_no_worker() -> None:
    with local_crew(2) as crew, pytest.raises(RuntimeError, match="this is"):
        list(crew.run(_fail_unreadably, [[1], []]))


class Gone(Executor):
    """A worker that is lost before it is asked anything."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Takes no task."""
        raise BrokenExecutor


def test_a_worker_that_is_lost_before_it_is_asked_is_no_loss_while_another_is_left() -> None:
    with local_crew(2) as crew:
        answers = Crew([Gone(), *crew._workers]).ask(abs, -3)
    assert answers == [3, 3]


def test_workers_begin_at_once_and_none_has_a_second_task_before_all_have_a_first() -> None:
    given: list[int] = []

    class Asked(Executor):
        def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            given.append(args[0])
            done: Future[Any] = Future()
            done.set_result(work(*args))
            return done

    results = Crew([Asked(), Asked()]).run(abs, [[1, 2, 3], [4, 5, 6]])
    assert given == [1, 4, 2, 5]
    assert sorted(results) == [1, 2, 3, 4, 5, 6]
