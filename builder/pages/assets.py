"""What a pupil watches, hears, reads or fills in: the views of assets."""

from __future__ import annotations

import posixpath
from urllib.parse import urlsplit

from builder.content.files import beside
from builder.content.model import Asset
from builder.pages.context import Context
from builder.pages.views import AssetView, CaptionView

# Media types by ending; the standard library's table is not used, because it differs from system to system.
_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".pdf": "application/pdf",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".epub": "application/epub+zip",
    ".zip": "application/zip",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
    ".gif": "image/gif",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".html": "text/html",
}
_NAMES = {media_type: suffix[1:].upper() for suffix, media_type in reversed(_TYPES.items())}
_NAMES["application/vnd.apple.mpegurl"] = "HLS"
_NAMES["audio/mpeg"] = "MP3"
_NAMES["image/jpeg"] = "JPEG"


def media_type(asset: Asset) -> str:
    """The media type that an asset gives, or that its name tells; empty where neither does."""
    if asset.format:
        return asset.format
    name = asset.file or urlsplit(asset.url or "").path
    return _TYPES.get(posixpath.splitext(name)[1].lower(), "")


def asset_views(context: Context, assets: tuple[Asset, ...], file: str) -> tuple[AssetView, ...]:
    """Views of a record's assets.

    Args:
        context: of the site.
        assets: in their order.
        file: the record's file, beside which files are named.
    """
    return tuple(_view(context, asset, file) for asset in assets)


def source_of(context: Context, url: str | None, name: str | None, file: str) -> tuple[str, int]:
    """The address of a file or of what lies elsewhere, and its size in bytes where it is known."""
    if name is None:
        return url or "", 0
    attachment = context.sight.attachments.get(beside(file, name))
    return (attachment.address, attachment.bytes) if attachment else ("", 0)


def located(context: Context, asset: Asset, file: str) -> tuple[str, int]:
    """The address of an asset and its size in bytes: as it is given, else that of the file; 0 where it is not known."""
    address, size = source_of(context, asset.url, asset.file, file)
    return address, asset.bytes or size


def _view(context: Context, asset: Asset, file: str) -> AssetView:
    kind = media_type(asset)
    src, size = located(context, asset, file)
    attachment = context.sight.attachments.get(beside(file, asset.file)) if asset.file else None
    return AssetView(
        asset.type,
        context.text(asset.title) if asset.title else None,
        src,
        asset.file is None,
        _NAMES.get(kind, kind.partition("/")[2].upper()),
        kind,
        size,
        asset.duration or 0,
        tuple(_caption(context, caption.language, caption.url, caption.file, file) for caption in asset.captions),
        context.terms("audiences", asset.audience),
        _player(asset, kind),
        attachment.width if attachment else 0,
        attachment.height if attachment else 0,
    )


def _caption(context: Context, language: str, url: str | None, name: str | None, file: str) -> CaptionView:
    return CaptionView(language, context.term("languages", language).title, source_of(context, url, name, file)[0])


def _player(asset: Asset, media_type: str) -> str:
    """Pages show only pictures of the site itself, so one that lies elsewhere is a link."""
    family = media_type.partition("/")[0]
    if asset.type == "video" or family == "video":
        return "video"
    if asset.type == "audio" or family == "audio":
        return "audio"
    return "picture" if asset.file and asset.type == "picture" and family == "image" else ""
