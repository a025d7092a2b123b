"""Image: whatever somebody sent as their picture, made into a small square that carries nothing else."""

import struct
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from app.errors import InvalidInput

SIDE = 128
MIN_SIDE = 32
"""Pixels of what is kept, and the least that a side may have."""
MAX_PIXELS = 25_000_000
"""Decoded, a picture takes up to four bytes a pixel."""
FORMATS = ("PNG", "JPEG", "WEBP")
QUALITY = 82
READABLE = "choose a PNG, JPEG or WebP file"
_WHITE = (255, 255, 255)
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError, struct.error, OverflowError)
"""What Pillow raises for files that are not what they say."""


def small_square(data: bytes) -> bytes:
    """The middle of a picture as WebP of ``SIDE`` by ``SIDE`` pixels, upright, without metadata.

    Its size is read from the header and refused before anything is decoded. Raises InvalidInput, in words.
    """
    _check_size(*_webp_canvas(data))
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            _check_size(*image.size)
            # A JPEG may hold a second view, as telephones write it: the first is the picture.
            if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
                raise InvalidInput("this picture moves; choose one that stands still")
            return _encoded(_decoded(image))
    except InvalidInput:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many() from None
    except UnidentifiedImageError:
        raise InvalidInput(f"this is no picture that can be read here; {READABLE}") from None
    except _BROKEN:
        raise InvalidInput(f"this picture is broken or not whole; {READABLE}") from None


def _decoded(image: Image.Image) -> Image.Image:
    # JPEG is decoded at an eighth of its size where that is still large enough.
    image.draft("RGB", (2 * SIDE, 2 * SIDE))
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode not in ("RGB", "L"):
        upright = upright.convert("RGBA")
    return ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)


def _encoded(square: Image.Image) -> bytes:
    # A new image: profile, place and camera stay behind with the old one.
    kept = Image.new("RGB", square.size, _WHITE)
    kept.paste(square, mask=square.getchannel("A") if square.mode == "RGBA" else None)
    out = BytesIO()
    kept.save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many()
    if min(width, height) < MIN_SIDE:
        raise InvalidInput(f"this picture is too small; {MIN_SIDE} by {MIN_SIDE} pixels are the least")


def _too_many() -> InvalidInput:
    return InvalidInput(f"this picture has more than {MAX_PIXELS // 1_000_000} million pixels; choose a smaller one")


def _webp_canvas(data: bytes) -> tuple[int, int]:
    """Width and height as an extended WebP announces them: libwebp makes room for all of it when it only looks.

    Of everything else, a size that passes.
    """
    if data[:4] != b"RIFF" or data[8:16] != b"WEBPVP8X" or len(data) < 30:
        return MIN_SIDE, MIN_SIDE
    return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
