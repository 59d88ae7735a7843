"""What a bundle was made of, part by part: where no part has changed, its files are still right."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from builder.blueprint import Outline
from builder.digest import digest
from builder.inputs import Inputs
from builder.output.manifest import Trace
from builder.output.publish import Output
from builder.pages.context import Common
from builder.problems import say
from builder.rendering.theme import Theme
from builder.sentences import SENTENCES

# The manifest keeps these, so they stay as they are; `in_words` says them to readers.
PROGRAM = "program"
INDEX = "index "  # begins the names of indexes of texts; behind it stands that of the pack
NEW, DAMAGED = "new", "damaged"


class Tracer:
    """Says of bundles what they are made of.

    Args:
        program: the digest of the program.
        common: what all pages show.
        theme: that they are rendered with; its strings are those of `common`.
    """

    def __init__(self, program: str, common: Common, theme: Theme):
        fields = (name for name in Common.__struct_fields__ if name != "strings")
        shown = {f"common-{name}": digest(msgspec.msgpack.encode(getattr(common, name))) for name in fields}
        self._shared = {PROGRAM: program, **shown, **{f"theme-{name}": of for name, of in theme.digests.items()}}

    def parts(self, outline: Outline, inputs: Inputs) -> dict[str, str]:
        """Everything that a bundle's files are made of, as digests.

        Args:
            outline: of the bundle.
            inputs: with the digests of its records' files.
        """
        return {**self._shared, **{file: inputs.files[file].digest for file in outline.files}, **outline.seen}


def causes(parts: Mapping[str, str], former: Trace | None, output: Output) -> tuple[str, ...]:
    """Why a bundle must be made; nothing where its files in the output are right.

    Args:
        parts: what it is made of now.
        former: what it was made of, if it was.
        output: where its files lie.
    """
    if former is None:
        return (NEW,)
    if changes := changed(parts, former):
        return changes
    return () if all(map(output.right.__contains__, former.addresses)) else (DAMAGED,)


def changed(parts: Mapping[str, str], former: Trace) -> tuple[str, ...]:
    """The parts of a bundle that are not what they were, that have come or are gone.

    Args:
        parts: what it is made of now.
        former: what it was made of.
    """
    if former.parts == parts:  # as of nearly all, and told in C
        return ()
    return tuple(name for name in {**former.parts, **parts} if former.parts.get(name) != parts.get(name))


def in_words(cause: str, language: str) -> str:
    """What a part of a bundle is, or why else it is made, in a reader's language; a file is called by its path."""
    sentence = f"part-{cause}"
    return say(sentence, language) if sentence in SENTENCES else cause
