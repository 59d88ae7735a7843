"""What a bundle was made of, part by part: where no part has changed, its files are still right."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from builder.digest import digest
from builder.inputs import Inputs
from builder.output.publish import Output, Trace
from builder.pages.context import Common, Sight
from builder.pages.plan import Bundle
from builder.problems import say
from builder.rendering.theme import Theme
from builder.sentences import SENTENCES

# The manifest keeps these, so they stay as they are; `in_words` says them to readers.
PROGRAM, COMMON, THEME = "program", "common", "theme"
NEW, DAMAGED = "new", "damaged"

_encoder = msgspec.msgpack.Encoder()


class Tracer:
    """Says of bundles what they are made of.

    Args:
        program: the digest of the program.
        common: what all pages show.
        theme: that they are rendered with.
    """

    def __init__(self, program: str, common: Common, theme: Theme):
        self._shared = {PROGRAM: program, COMMON: digest(_encoder.encode(common)), THEME: theme.digest}
        self._seen: dict[Bundle, dict[str, str]] = {}

    def parts(self, bundle: Bundle, inputs: Inputs) -> dict[str, str]:
        """Everything that a bundle's files are made of, as digests.

        Args:
            bundle: whose files.
            inputs: with the digests of its records' files.
        """
        seen = self._seen.get(bundle)
        if seen is None:
            seen = self._seen[bundle] = {
                name: digest(_encoder.encode(value))
                for name in Sight.__struct_fields__
                if (value := getattr(bundle.sight, name))
            }
        return {**self._shared, **{file: inputs.files[file].digest for file in bundle.files}, **seen}


def causes(parts: Mapping[str, str], former: Trace | None, output: Output) -> tuple[str, ...]:
    """Why a bundle must be made; nothing where its files in the output are right.

    Args:
        parts: what it is made of now.
        former: what it was made of, if it was.
        output: where its files lie.
    """
    if former is None:
        return (NEW,)
    if former.parts != parts:
        return tuple(name for name in {**former.parts, **parts} if former.parts.get(name) != parts.get(name))
    return () if all(map(output.right.__contains__, former.addresses)) else (DAMAGED,)


def in_words(cause: str, language: str) -> str:
    """What a part of a bundle is, or why else it is made, in a reader's language; a file is called by its path."""
    sentence = f"part-{cause}"
    return say(sentence, language) if sentence in SENTENCES else cause
