"""What an asset is for a browser: its media type, and whether a page plays or shows it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from builder.content.model import Asset

# Media types by ending; the standard library's table is not used, because it differs from system to system.
TYPES = {
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
_PLAYED_NOWHERE = (".wmv", ".avi", ".flv", ".mkv", ".rmvb", ".rm", ".mpg", ".mpeg", ".swf", ".wma", ".amr")
_SUFFIX = re.compile(r"(?>(?:[^/?#]*//[^/?#]*)?)[^?#]*(\.\w+)(?:[?#]|\Z)")
Player = Literal["video", "audio", "picture", ""]


def media_type(asset: Asset) -> str:
    """The media type that an asset gives, or that its name tells; empty where neither does."""
    return asset.format or _by_name(asset.file or asset.url or "")


@lru_cache(maxsize=1000)  # a page, its data and the twin ask one after the other
def _by_name(name: str) -> str:
    named = _SUFFIX.match(name)
    return TYPES.get(named[1].lower(), "") if named else ""


def why_not_played(asset: Asset) -> str:
    """The phrase that says why no browser plays what is called a video or a sound; empty where one may."""
    kind, name = media_type(asset), asset.file or asset.url or ""
    if asset.type not in {"video", "audio"} or kind.partition("/")[0] in {"video", "audio"} or kind == TYPES[".m3u8"]:
        return ""
    if kind:
        return "media-other"
    return "media-format" if asset.file or name.lower().endswith(_PLAYED_NOWHERE) else "media-page"


def may_be_meant(name: str, other: str) -> bool:
    """Whether one file may be meant by the name of another: a PDF is no picture, but a PNG may be meant by `x.jpg`."""
    kinds = [_by_name(file) for file in (name, other)]
    families = [kind if kind.startswith("application/") else kind.partition("/")[0] for kind in kinds]
    return "" in kinds or families[0] == families[1]


def player(asset: Asset, kind: str) -> Player:
    """What shows an asset of a media type on its page; empty where it is a link.

    Pages show only pictures of the site itself, and browsers are told to play nothing that comes without encryption.
    """
    found = "" if is_unencrypted(asset.url) else medium(asset, kind)
    return "" if found == "picture" and asset.file is None else found


def medium(asset: Asset, kind: str) -> Player:
    """Whether an asset of a media type is something to watch, to hear or to look at."""
    family = kind.partition("/")[0]
    if asset.type == "video" or family == "video":
        return "video"
    if asset.type == "audio" or family == "audio":
        return "audio"
    return "picture" if asset.type == "picture" and family == "image" else ""


def is_unencrypted(url: str | None) -> bool:
    """Whether what lies at an address comes without encryption (RFC 9110, 4.2.1)."""
    return url is not None and url[:5].lower() == "http:"
