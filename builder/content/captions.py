"""Caption files (WebVTT, https://www.w3.org/TR/webvtt1/) as far as a browser needs them right to show anything."""

from __future__ import annotations

import re

from builder.problems import Problem
from builder.reading.source import decode

_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?\Z")
_TIME = r"(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_CUE = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?\Z")


def check_captions(file: str, raw: bytes) -> list[Problem]:
    """What would keep a caption file, or some of its lines, from being shown.

    Args:
        file: path from the site's folder.
        raw: its bytes; a byte order mark is allowed here.
    """
    source, problems = decode(file, raw.removeprefix(b"\xef\xbb\xbf"))
    found = [one for one in problems if one.code in {"invalid-utf8", "lost-characters", "unfinished-merge"}]
    if source is None:
        return found
    first = source.lines[0]
    if not _HEADER.match(first):  # in an SRT file the times are not right either, and a converter mends both
        return [*found, Problem("captions-without-header", source.place(0, 0, len(first)))]
    wrong = [number for number, line in enumerate(source.lines) if "-->" in line and not _is_cue(line)]
    if wrong:
        place = source.place(wrong[0], 0, len(source.lines[wrong[0]]))
        found.append(Problem("wrong-caption-time", place, facts={"number": str(len(wrong))}))
    return found


def _is_cue(line: str) -> bool:
    """Whether a line gives the beginning and the end of a cue, in this order."""
    match = _CUE.match(line)
    if match is None:
        return False
    begin, end = ([int(part or 0) for part in match.groups()[at : at + 4]] for at in (0, 4))
    return begin < end
