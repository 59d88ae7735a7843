"""Proof on demand: a second build from nothing, aside, compared with the published one byte by byte."""

from __future__ import annotations

import dataclasses
import filecmp
import tempfile
from collections.abc import Iterable
from pathlib import Path

from builder import tasks
from builder.build import build
from builder.options import Options
from builder.output.manifest import read_manifest
from builder.output.staging import stamps_in


def verify(options: Options, foreign: Iterable[str]) -> list[str]:
    """Addresses whose bytes differ from a clean build, are missing from it, or lie in the output too many.

    Former search files are none of the site.
    The clean build is made by this machine alone: it lies in a folder that no other sees.

    Args:
        options: as for the build that is verified.
        foreign: files in the output that are not ours.
    """
    with tempfile.TemporaryDirectory(prefix="catalogue-verify-") as aside:
        clean = Path(aside) / options.out.name
        tasks.forget()
        build(dataclasses.replace(options, out=clean, clean=True, cached=False, crew=None))
        expected = set(dict(stamps_in(clean)))
        found = dict(stamps_in(options.out)).keys() - read_manifest(options.out).former.keys() - set(foreign)
        missing_or_extra = expected ^ found
        different = {
            address
            for address in expected & found
            if not filecmp.cmp(clean / address, options.out / address, shallow=False)
        }
        return sorted(missing_or_extra | different)
