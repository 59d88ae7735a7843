"""How hosts should serve the site: one table of headers, from which `_headers` is written, and `_redirects`."""

from __future__ import annotations

from urllib.parse import quote

from builder.pages.context import Context

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self' https:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

LASTING = ("stages", "sections", "site", "texts", "indexes")  # their names carry digests

# Path patterns as Netlify and Cloudflare read them, in the order written; later ones add to earlier ones.
HEADERS: dict[str, dict[str, str]] = {
    "/*": {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    },
    "/assets/*": {"Cache-Control": "public, max-age=31536000, immutable"},
    "/search/index.js": {"Cache-Control": "no-cache"},
    **{f"/search/{folder}/*": {"Cache-Control": "public, max-age=31536000, immutable"} for folder in LASTING},
    "/feeds/*": {"Content-Type": "application/atom+xml; charset=utf-8"},
    "/data/*": {"Access-Control-Allow-Origin": "*"},
}


def headers() -> bytes:
    """`_headers`."""
    blocks = (path + "".join(f"\n  {name}: {value}" for name, value in rows.items()) for path, rows in HEADERS.items())
    return ("\n\n".join(blocks) + "\n").encode()


def redirects(context: Context) -> bytes:
    """`_redirects`: former addresses; what is gone says so with status 410. `!` outranks the page that stands there."""
    rows = []
    for move in context.sight.moves:
        source = "/" + quote(move.address)
        if move.target is None:
            rows.append(f"{source} {source} 410!")
        else:
            rows.append(f"{source} /{quote(move.target)} 301!")
    return ("\n".join(rows) + "\n").encode() if rows else b""


def robots(context: Context) -> bytes:
    """`robots.txt`."""
    return f"User-agent: *\nAllow: /\nSitemap: {context.site.base_url}sitemap.xml\n".encode()
