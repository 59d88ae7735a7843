"""Small pictures and documents, the same bytes everywhere: no compressor or font has a say in them."""

from __future__ import annotations

import struct
import zlib

WIDTH, HEIGHT = 640, 360  # pixels
_PALETTES = (
    ("e8f1f2", "9cc5c9", "4f8a8b", "1f4e5f"),
    ("fdf3e1", "f2c57c", "d98841", "7a4a2b"),
    ("eef3e6", "b5cf94", "6b9a55", "2f5d3a"),
    ("f1ecf7", "c3b1e1", "8e7cc3", "4b3f72"),
)
PICTURES = len(_PALETTES)


def picture(number: int) -> bytes:
    """A PNG of a sun over two hills, in one of `PICTURES` palettes.

    The format is that of the PNG specification (W3C, third edition); the pixels are stored without compression, because
    zlib and its successors do not compress to the same bytes.
    """
    palette = b"".join(bytes.fromhex(colour) for colour in _PALETTES[number % PICTURES])
    rows = b"".join(b"\0" + _row(y, number) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 2, 3, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", _stored(rows)),
            _chunk(b"IEND", b""),
        )
    )


def _row(y: int, number: int) -> bytes:
    """One row of two bits a pixel: 0 sky, 1 sun, 2 far hill, 3 near hill."""
    centre, shift = 420 - 60 * number, 40 * number
    pixels = []
    for x in range(WIDTH):
        if y > 260 + (x - 200 - shift) ** 2 // 900:
            pixels.append(3)
        elif y > 210 + (x - 480 + shift) ** 2 // 700:
            pixels.append(2)
        else:
            pixels.append(1 if (x - centre) ** 2 + (y - 110) ** 2 < 3600 else 0)
    quads = (pixels[at : at + 4] for at in range(0, WIDTH, 4))
    return bytes(a << 6 | b << 4 | c << 2 | d for a, b, c, d in quads)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _stored(data: bytes) -> bytes:
    """A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4)."""
    size = 65535
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    body = b"".join(
        struct.pack("<BHH", number == len(blocks), len(block), len(block) ^ 0xFFFF) + block
        for number, block in enumerate(blocks, 1)
    )
    return b"\x78\x01" + body + struct.pack(">I", zlib.adler32(data))


def document(title: str) -> bytes:
    """A PDF of one A4 page with a line of ASCII text (ISO 32000-1; Helvetica is in every reader)."""
    line = title.replace("\\", "").replace("(", "[").replace(")", "]")
    stream = f"BT /F1 20 Tf 60 760 Td ({line}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    text, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(text))
    return text + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end
