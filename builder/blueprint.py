"""The blueprint of a site: all that a build must know beside the records in full, worked out from what every record
shows to others.

It is the same for as long as no record shows anything else to others, however the texts may change. So a build that
finds it kept makes the pages of a saved record without linking, checking and planning the whole catalogue again. What
each bundle sees is large, and needed only where the bundle is made: it is kept apart (`builder.cache`), and here stand
the digests of its parts.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.msgpack import Encoder

from builder.charts import ChartFile
from builder.digest import digest
from builder.inputs import Inputs
from builder.media import Attachment, Variant
from builder.pages.context import Common, Sight
from builder.pages.plan import Bundle, Lot
from builder.problems import Problem

_encoder = Encoder()


class Outline(Lot, frozen=True, array_like=True):
    """A lot without what its pages show beside its records.

    Args:
        seen: the digests of the parts of that, by name.
    """

    seen: dict[str, str]

    def bundle(self, sight: Sight) -> Bundle:
        """The bundle, with what it sees."""
        return Bundle(self.kind, self.id, self.files, self.weight, sight)


class Blueprint(Struct, frozen=True):
    """What is to be made of a site.

    Args:
        made_of: the digest of what it was worked out from, as `known_from` gives it.
        placed: digests of the files in which linking has found something to warn of, since it says where that stands.
        common: what all pages show.
        outlines: of all bundles.
        charts: of the figures.
        attachments: files that are published as they are.
        covers: pictures in all sizes and formats.
        counts: of what is published, by the names of the report.
        warnings: of the content.
    """

    made_of: str
    placed: dict[str, str]
    common: Common
    outlines: tuple[Outline, ...]
    charts: tuple[ChartFile, ...]
    attachments: tuple[Attachment, ...]
    covers: tuple[Variant, ...]
    counts: dict[str, int]
    warnings: tuple[Problem, ...]

    def holds(self, made_of: str, inputs: Inputs) -> bool:
        """Whether it still is what would be worked out.

        Args:
            made_of: the digest of what that would be worked out from.
            inputs: the site's files.
        """
        files = inputs.files
        return made_of == self.made_of and all(
            file in files and files[file].digest == former for file, former in self.placed.items()
        )


def outline_of(bundle: Bundle) -> Outline:
    """A bundle without what it sees."""
    return Outline(bundle.kind, bundle.id, bundle.files, bundle.weight, seen_by(bundle.sight))


def seen_by(sight: Sight) -> dict[str, str]:
    """The digests of the parts of what a bundle sees, by name, without those that are empty."""
    return {name: digest(_encoder.encode(value)) for name in Sight.__struct_fields__ if (value := getattr(sight, name))}
