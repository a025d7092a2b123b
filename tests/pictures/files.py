"""Pictures to send: good ones, and files that are not what they say."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def photo(
    kind: str = "PNG",
    size: tuple[int, int] = (300, 200),
    colours: tuple[str, ...] = ("red", "green", "blue"),
    **options: Any,
) -> bytes:
    """A picture of stripes beside each other, as a file of ``kind``."""
    image = Image.new("RGB", size)
    wide = size[0] // len(colours)
    for at, colour in enumerate(colours):
        image.paste(colour, (at * wide, 0, (at + 1) * wide if at + 1 < len(colours) else size[0], size[1]))
    return saved(image, kind, **options)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """An image as a file."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def moving(kind: str) -> bytes:
    """Two frames."""
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def png_header(width: int, height: int) -> bytes:
    """A PNG that announces a size and holds next to nothing of it."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 1_000)),
        (b"IEND", b""),
    ]
    packed = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def webp_header(width: int, height: int) -> bytes:
    """A WebP that announces a moving picture of a size."""
    body = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + (width - 1).to_bytes(3, "little")
    body += (height - 1).to_bytes(3, "little") + b"ANIM" + struct.pack("<IIH", 6, 0, 0)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
