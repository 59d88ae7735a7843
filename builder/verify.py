"""Proof on demand: a second build from nothing, aside, compared with the published one byte by byte."""

from __future__ import annotations

import filecmp
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from builder import tasks
from builder.build import Report, build
from builder.options import Options
from builder.output.manifest import read_manifest
from builder.output.staging import stamps_in


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a clean build makes otherwise.

    Args:
        different: addresses whose bytes differ, that are missing, or that are there too many; sorted.
        is_told_alike: it counts the same and warns of the same.
    """

    different: list[str]
    is_told_alike: bool


def verify(options: Options, done: Report) -> Verdict:
    """Compares what was built with a clean build. Former search files are none of the site.

    The clean build is made by this machine alone: it lies in a folder that no other sees.

    Args:
        options: as for the build that is verified.
        done: what that did.

    Raises:
        ContentError: a clean build refuses the site.
    """
    with tempfile.TemporaryDirectory(prefix="catalogue-verify-") as aside:
        clean = Path(aside) / options.out.name
        tasks.forget()
        anew = build(replace(options, out=clean, clean=True, cached=False, crew=None))
        expected = set(dict(stamps_in(clean)))
        theirs = {*done.published.foreign, *read_manifest(options.out).former}
        found = dict(stamps_in(options.out)).keys() - theirs
        missing_or_extra = expected ^ found
        different = {
            address
            for address in expected & found
            if not filecmp.cmp(clean / address, options.out / address, shallow=False)
        }
        return Verdict(sorted(missing_or_extra | different), anew.outcome == done.outcome)
