"""Whatever is sent becomes a small square that carries nothing else, or is refused in words."""

import resource
import time
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app.errors import InvalidInput
from app.pictures.image import MAX_PIXELS, SIDE, small_square
from tests.pictures import files

SECRET = "Camera of Ana, 52.52 N 13.40 E"


def shown(data: bytes) -> Image.Image:
    """What was made of a picture."""
    image = Image.open(BytesIO(data))
    assert (image.format, image.size, image.mode) == ("WEBP", (SIDE, SIDE), "RGB")
    return image


def near(image: Image.Image, place: tuple[int, int], wanted: tuple[int, int, int]) -> bool:
    """Whether a pixel has about a colour: it was packed with losses."""
    found: Any = image.getpixel(place)
    return all(abs(one - other) < 40 for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_middle_is_kept(kind: str) -> None:
    """Of a wide picture both ends go."""
    image = shown(small_square(files.photo(kind, (600, 200))))
    for place in ((2, 2), (SIDE // 2, SIDE // 2), (SIDE - 3, SIDE - 3)):
        assert near(image, place, (0, 128, 0)), image.getpixel(place)


def test_a_telephones_photo_is_turned_upright() -> None:
    """Orientation is in its metadata, which goes; so the pixels are turned. Neither place nor camera stays."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET
    sent = files.photo("JPEG", (400, 400), ("red", "blue"), exif=exif.tobytes(), icc_profile=SECRET.encode() * 9)
    assert SECRET.encode() in sent
    made = small_square(sent)
    assert SECRET.encode() not in made
    for chunk in (b"EXIF", b"ICCP", b"XMP "):
        assert chunk not in made
    image = shown(made)
    assert near(image, (SIDE // 2, 5), (255, 0, 0)), "what was left is above"
    assert near(image, (SIDE // 2, SIDE - 5), (0, 0, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel(mode: str) -> None:
    """Grey, with a palette, see-through, for print."""
    kind = "JPEG" if mode == "CMYK" else "PNG"
    shown(small_square(files.saved(Image.new("L", (90, 120), 200).convert(mode), kind)))


def test_see_through_becomes_white() -> None:
    """Where there was nothing, initials would shine through."""
    image = shown(small_square(files.saved(Image.new("RGBA", (64, 64), (200, 0, 0, 0)), "PNG")))
    assert near(image, (9, 9), (255, 255, 255))


def test_two_views_of_a_telephone() -> None:
    """A JPEG with a second picture behind the first is a photo, not a film."""
    frames = [Image.new("RGB", (80, 80), colour) for colour in ("green", "red")]
    image = shown(small_square(files.saved(frames[0], "MPO", save_all=True, append_images=frames[1:])))
    assert near(image, (9, 9), (0, 128, 0))


def test_large_ones_pass_and_stay_small() -> None:
    """Just below the limit, in each format."""
    side = int(MAX_PIXELS**0.5)
    for kind in ("PNG", "JPEG"):
        assert len(small_square(files.photo(kind, (side, side)))) < 10_000


CUT = files.photo("JPEG", (900, 900))
BAD = {
    "text": (b"hello", "no picture"),
    "svg": (files.SVG, "no picture"),
    "gif": (files.saved(Image.new("RGB", (64, 64)), "GIF"), "no picture"),
    "tiff": (files.saved(Image.new("RGB", (64, 64)), "TIFF"), "no picture"),
    "html in a jpeg's clothes": (b"\xff\xd8\xff\xe0" + files.SVG, "picture"),
    "moving webp": (files.moving("WEBP"), "moves"),
    "moving png": (files.moving("PNG"), "moves"),
    "cut jpeg": (CUT[: len(CUT) // 2], "not whole"),
    "cut png": (files.photo("PNG")[:-400], "picture"),
    "cut webp": (files.photo("WEBP", (900, 900))[:200], "picture"),
    "bomb of png": (files.png_header(50_000, 50_000), "25 million pixels"),
    "long and thin": (files.png_header(1_000_000, 30), "25 million pixels"),
    "bomb of webp": (files.webp_header(16_383, 16_383), "25 million pixels"),
    "lie of png": (files.png_header(4_000, 4_000), "not whole"),
    "small": (files.photo("PNG", (31, 200)), "too small"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files(name: str) -> None:
    """Each is refused in a sentence that says what to choose, quickly, and a size is read before room is made."""
    data, words = BAD[name]
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(InvalidInput, match=words):
        small_square(data)
    assert time.monotonic() - begun < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kilobytes"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_damage_at_every_place(kind: str) -> None:
    """A file with a wrong byte anywhere is shown or refused, never an error of ours."""
    whole = files.photo(kind, (64, 64))
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        for byte in (0, 255):
            damaged = whole[:at] + bytes([byte]) + whole[at + 1 :]
            with suppress(InvalidInput):
                shown(small_square(damaged))
        with suppress(InvalidInput):
            shown(small_square(whole[:at]))
