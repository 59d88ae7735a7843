"""What a pupil watches, hears, reads or fills in: the views of assets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from builder.content.files import beside
from builder.content.media_types import TYPES, media_type, player
from builder.content.model import Asset
from builder.pages.context import Context
from builder.pages.views import ApartView, AssetsView, AssetView, CaptionView, Term

_NAMES = {media_type: suffix[1:].upper() for suffix, media_type in reversed(TYPES.items())}
_NAMES["application/vnd.apple.mpegurl"] = "HLS"
_NAMES["audio/mpeg"] = "MP3"
_NAMES["image/jpeg"] = "JPEG"


def asset_views(context: Context, assets: tuple[Asset, ...], file: str) -> AssetsView | None:
    """Views of a record's assets; nothing where it has none.

    Args:
        context: of the site.
        assets: in their order.
        file: the record's file, beside which files are named.
    """
    if not assets:
        return None
    views = [asset_view(context, asset, file) for asset in assets]
    groups: dict[tuple[Term, ...], list[AssetView]] = {}
    for view in views:
        groups.setdefault(view.audiences, []).append(view)
    players, files = _divided(groups.pop((), ()))
    return AssetsView(
        players,
        files,
        tuple(ApartView(audiences, *_divided(group)) for audiences, group in groups.items()),
        any(view.external for view in views),
        any(view.has_poster for view in players),
    )


def _divided(views: Iterable[AssetView]) -> tuple[tuple[AssetView, ...], tuple[AssetView, ...]]:
    """What is played, and what is downloaded."""
    views = list(views)
    return tuple([view for view in views if view.player]), tuple([view for view in views if not view.player])


class Located(NamedTuple):
    """Where something lies: its address, its size in bytes and SHA-256; 0 and empty where they are not known."""

    address: str
    bytes: int
    sha256: str


def located(context: Context, asset: Asset, file: str) -> Located:
    """Where an asset lies; what is given of one that lies elsewhere is believed."""
    if asset.file is None:
        return Located(asset.url or "", asset.bytes or 0, asset.sha256 or "")
    address, size, sha256 = source_of(context, asset.url, asset.file, file)
    return Located(address, size or asset.bytes or 0, sha256 or asset.sha256 or "")


def source_of(context: Context, url: str | None, name: str | None, file: str) -> Located:
    """Where a file lies, or what lies elsewhere."""
    if name is None:
        return Located(url or "", 0, "")
    attachment = context.sight.attachments.get(beside(file, name))
    return Located(attachment.address, attachment.bytes, attachment.sha256) if attachment else Located("", 0, "")


def asset_view(context: Context, asset: Asset, file: str) -> AssetView:
    """The view of one asset of a record, beside whose file files are named."""
    kind = media_type(asset)
    src, size, _ = located(context, asset, file)
    attachment = context.sight.attachments.get(beside(file, asset.file)) if asset.file else None
    played = player(asset, kind)
    has_captions_elsewhere = asset.file is None and bool(asset.captions)
    return AssetView(
        asset.type,
        context.text(asset.title) if asset.title else None,
        src,
        asset.file is None,
        _NAMES.get(kind, kind.partition("/")[2].upper()),
        kind,
        size,
        asset.duration or 0,
        tuple([_caption(context, caption.language, caption.url, caption.file, file) for caption in asset.captions]),
        context.terms("audiences", asset.audience),
        played,
        played == "video" and not has_captions_elsewhere,
        attachment.width if attachment else 0,
        attachment.height if attachment else 0,
    )


def _caption(context: Context, language: str, url: str | None, name: str | None, file: str) -> CaptionView:
    return CaptionView(language, context.term("languages", language).title, source_of(context, url, name, file).address)
