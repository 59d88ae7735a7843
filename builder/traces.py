"""What a bundle was made of, part by part: where no part has changed, its files are still right."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from builder.blueprint import Outline
from builder.digest import digest
from builder.inputs import Inputs
from builder.output.manifest import Trace
from builder.output.publish import Output
from builder.output.staging import Made
from builder.pages.context import Common
from builder.problems import say
from builder.rendering.theme import Theme
from builder.sentences import SENTENCES

# The manifest keeps these, so they stay as they are; `in_words` says them to readers.
PROGRAM = "program"
INDEX = "index "  # begins the names of indexes of texts; behind it stands that of the pack
LEXICON = "lexicon"
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


class Traces:
    """The traces of a site that is being built: a bundle keeps that which it had, or is due to be made anew.

    Args:
        output: where the files of bundles lie.
    """

    def __init__(self, output: Output):
        self._output = output
        self._due: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {}  # of bundles: what each is made of, and why
        self.by_name: dict[str, Trace] = {}

    def enter(self, name: str, parts: dict[str, str]) -> bool:
        """Enters what a bundle is made of, and says whether it must be made; else the trace that it had is kept.

        Args:
            name: of the bundle.
            parts: what it is made of now.
        """
        former = self._output.manifest.bundles.get(name)
        if former is None:
            reasons: tuple[str, ...] = (NEW,)
        elif not (reasons := changed(parts, former)):
            if all(map(self._output.right.__contains__, former.addresses)):
                self.by_name[name] = former
                return False
            reasons = (DAMAGED,)
        self._due[name] = parts, reasons
        return True

    def note(self, name: str, files: list[Made]) -> None:
        """Takes note that a bundle that was due has been made.

        Args:
            name: of the bundle.
            files: of it.
        """
        parts, reasons = self._due.pop(name)
        self.by_name[name] = Trace(parts, tuple(file.address for file in files), reasons)

    def addresses(self) -> set[str]:
        """Addresses of the files of all bundles."""
        return set().union(*(trace.addresses for trace in self.by_name.values()))


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
