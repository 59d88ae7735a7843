"""`python tests/kill.py KILLS SEED`: builds killed at any moment leave whole files, and the next build mends the rest.

A real build, and all that it has started, gets SIGKILL: from nothing and after an edit, with one worker and with two.
Half of the moments lie anywhere in the build's time. The others lie where files are staged and put in place, where
danger is: the killer watches for what a build writes beside the output (the staging folder, the commit, the manifest),
takes one of these at random as the sign, and waits after it for a random part of the time that was left until the last
of them was gone, as measured in a build that was let be.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle, islice, product
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from edits import SECTIONS, Edits
from test_incremental import built, built_clean, tree

from builder.output.commit import is_ours
from builder.output.manifest import read_manifest

ROOT = Path(__file__).resolve().parent.parent
SESSION = 25  # kills on one site, before another begins
RESOURCES = 60  # of the site beside its own, so that publishing takes a while
SIGNS = ("staging", "commit.new", "commit", "manifest.new")  # what a build writes beside the output, in its order
PATIENCE = 60  # seconds that a build may take
OURS = {".public.manifest", ".public.manifest.copy", ".public.lock"}  # what may lie beside the output after a build


@dataclass
class Findings:
    """What the kills of a run met, and what went wrong, if anything did."""

    kills: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    too_late: int = 0
    wrong: str = ""

    def __str__(self) -> str:
        met = ", ".join(f"{number} {what}" for what, number in self.met.most_common())
        kills = ", ".join(f"{number} {what}" for what, number in self.kills.items())
        return f"{self.kills.total()} kills ({kills}): {met}; {self.too_late} came too late"


@dataclass(frozen=True)
class Rehearsal:
    """A build that was let be: when it ended, first showed each sign, and was through; in seconds from its start."""

    seconds: float
    signs: dict[str, float]
    through: float


def run(kills: int, seed: int) -> Findings:
    """Kills so many builds, and stops at the first that did harm."""
    rng = Random(seed)
    findings = Findings()
    ways = cycle(product((True, False), (1, 2)))
    while findings.kills.total() < kills and not findings.wrong:
        with tempfile.TemporaryDirectory(prefix="catalogue-kill-") as folder:
            edits = _site(Path(folder))
            rehearsals = {way: _rehearsed(edits, *way) for way in islice(ways, 4)}
            last = min(kills, findings.kills.total() + SESSION)
            while findings.kills.total() < last and not findings.wrong:
                is_cold, jobs = way = next(ways)
                story, after = _edited(edits, rng)
                if is_cold:
                    _forget(edits)
                before = _ours(edits)
                _kill(edits, is_cold, jobs, rehearsals[way], rng, findings)
                if wrong := _harm(edits, before, after):
                    findings.wrong = f"{wrong} (after {story}; kill {findings.kills.total()} of seed {seed})"
    return findings


def _site(folder: Path) -> Edits:
    edits = Edits(folder)
    for number in range(RESOURCES):
        (edits.site / SECTIONS / f"after-school/popular-science/more-{number}.md").write_text(
            f"---\ntitle: 第 {number} 份\nkind: article\ndate: 2022-03-05\n---\n一篇短文。\n", encoding="utf-8"
        )
    return edits


def _edited(edits: Edits, rng: Random) -> tuple[str, dict[str, bytes]]:
    """Changes a site a little or all over, without errors; says how, and what a clean build makes of it."""
    while True:
        story = edits.step(rng)
        if rng.random() < 0.5:
            edits.write_settings(rng)
            story += ", write_settings"
        after = built_clean(edits)
        if after is not None:
            _take_away(edits, after)
            return story, after
        edits.undo()


def _take_away(edits: Edits, after: dict[str, bytes]) -> None:
    """Removes what somebody has changed by hand and the site has no more: a build would leave it to them."""
    known = read_manifest(edits.out).files
    for address in known.keys() - after.keys():
        if not is_ours(edits.out, address, known):
            (edits.out / address).unlink(missing_ok=True)


def _kill(edits: Edits, is_cold: bool, jobs: int, rehearsal: Rehearsal, rng: Random, findings: Findings) -> None:
    """Starts a build, and kills it at some moment."""
    with _started(edits, jobs) as process:
        began = perf_counter()
        signs = list(rehearsal.signs)
        if signs and rng.random() < 0.5:
            sign = rng.choice([*signs, *[sign for sign in signs if sign.startswith("commit")]])  # these pass quickly
            _await(process, edits, set(signs[signs.index(sign) :]))
            sleep(rng.uniform(0, rehearsal.through - rehearsal.signs[sign]))
        else:
            sleep(max(0.0, began + rng.uniform(0, rehearsal.seconds) - perf_counter()))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    if process.returncode >= 0:
        findings.too_late += 1
    else:
        findings.kills[f"{'cold' if is_cold else 'incremental'} with {jobs}"] += 1
        findings.met[_met(edits)] += 1


def _harm(edits: Edits, before: dict[str, bytes], after: dict[str, bytes]) -> str:
    """What a kill has done that it should not, now or to the next build."""
    found = _ours(edits)
    for address in sorted(before.keys() | after.keys()):
        if found.get(address) not in {before.get(address), after.get(address)}:
            return f"{address} is {'gone' if address not in found else 'neither what it was nor what it should be'}"
    if strange := sorted(found.keys() - before.keys() - after.keys()):
        return f"{strange[0]} belongs to no site"
    if built(edits) != after:
        return "the next build differs from a clean one"
    left = [*edits.site.glob(".cache/**/*.new"), *edits.site.glob(".public.*")]
    if names := sorted(path.name for path in left if path.name not in OURS):
        return f"the next build leaves {', '.join(names)}"
    return ""


def _rehearsed(edits: Edits, is_cold: bool, jobs: int) -> Rehearsal:
    """Lets a build be that changes all pages."""
    edits.write_settings(Random(jobs + 2 * is_cold))
    if is_cold:
        _forget(edits)
    signs: dict[str, float] = {}
    through = 0.0
    with _started(edits, jobs) as process:
        began = perf_counter()
        while process.poll() is None:
            for sign in _await(process, edits, set(SIGNS)):
                through = perf_counter() - began
                signs.setdefault(sign, through)
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    return Rehearsal(perf_counter() - began, signs, through)


def _started(edits: Edits, jobs: int) -> subprocess.Popen[bytes]:
    """A build that leads a process group of its own."""
    command = [sys.executable, "build.py", "--site", str(edits.site), "build", "--jobs", str(jobs)]
    command += ["--now", edits.today.isoformat(), *(["--drafts"] if edits.drafts else [])]
    command += [] if edits.search else ["--no-search"]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def _await(process: subprocess.Popen[bytes], edits: Edits, signs: set[str]) -> set[str]:
    """Waits until one of some signs shows, or the build has ended; which show."""
    until = perf_counter() + PATIENCE
    while process.poll() is None:
        assert perf_counter() < until
        if seen := {sign for sign in signs if (edits.site / f".public.{sign}").exists()}:
            return seen
        sleep(0.0001)
    return set()


def _met(edits: Edits) -> str:
    """How far a killed build had come, as what lies beside the output tells."""
    names = {path.name for path in edits.site.glob(".public.*")}
    if ".public.commit" in names:
        return "when the commit was written down"
    return "while staging" if any("staging" in name for name in names) else "before or after that"


def _forget(edits: Edits) -> None:
    """Takes away all that builds have written, but the foreign files with them."""
    subprocess.run(["rm", "-rf", edits.out, edits.site / ".cache", *edits.site.glob(".public.*")], check=True)
    edits.foreign = {}


def _ours(edits: Edits) -> dict[str, bytes]:
    return {address: content for address, content in tree(edits.out).items() if address not in edits.foreign}


def main(kills: int, seed: int) -> int:
    """Kills so many builds; 1 where one did harm."""
    findings = run(kills, seed)
    print(f"seed {seed}, {findings}")
    print(findings.wrong or "every file was whole, and the next build reached the clean site and left nothing over")
    return 1 if findings.wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
