"""Pictures are made smaller in a process of their own, within limits."""

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.ExifTags import IFD

from portal.extraction.pictures import PictureLimits, smaller


@pytest.fixture
def picture(tmp_path):
    def write(content):
        path = tmp_path / "picture"
        path.write_bytes(content)
        return path

    return write


def encoded(form, size=(300, 200), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, form, **options)
    return out.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(side):
    """A PNG of a few hundred kilobytes that unpacks to `side` × `side` points."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + 3 * side)) for _ in range(side)) + packer.flush()
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows)
            + chunk(b"IEND", b""))


@pytest.mark.parametrize(("form", "mode"), [
    ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
    ("PNG", "I;16"), ("GIF", "P"), ("WEBP", "RGB"),
])
def test_every_kind_gets_two_smaller_ones(picture, form, mode):
    made = smaller(picture(encoded(form, (3000, 1500), mode)), PictureLimits(sizes=(240, 1280)))
    assert (made.width, made.height) == (3000, 1500)
    sizes = [Image.open(io.BytesIO(one)).size for one in made.pictures]
    assert sizes == [(240, 120), (1280, 640)]


def test_a_small_one_is_not_made_larger(picture):
    made = smaller(picture(encoded("PNG", (30, 20))))
    assert [Image.open(io.BytesIO(one)).size for one in made.pictures] == [(30, 20)] * 2


def test_it_stands_upright_and_tells_nothing_of_the_camera(picture):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    exif.get_ifd(IFD.GPSInfo)[1] = "N"
    made = smaller(picture(encoded("JPEG", (400, 200), exif=exif.tobytes(), comment=b"mine")))
    assert (made.width, made.height) == (200, 400)
    for one in made.pictures:
        small = Image.open(io.BytesIO(one))
        assert small.height > small.width
        assert not dict(small.getexif()) and b"Maker" not in one and b"mine" not in one


@pytest.mark.parametrize("content", [
    b"", b"text", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + b"x" * 200, b"GIF89a" + b"\xff" * 50,
    encoded("PNG")[:60], b"RIFF\x20\x00\x00\x00WEBPVP8 " + b"\x00" * 40,
    b'<svg xmlns="http://www.w3.org/2000/svg"/>', b"%!PS-Adobe-3.0 EPSF-3.0\n",
    b"BM" + b"\x00" * 90,
])
def test_what_is_no_picture_gets_none(picture, content):
    assert smaller(picture(content)) is None


def test_a_picture_that_would_burst_is_not_unpacked(picture):
    content = bomb(9000)
    assert len(content) < 2_000_000
    assert smaller(picture(content)) is None
    assert smaller(picture(bomb(2000)), PictureLimits(memory_mb=60)) is None


def test_a_photo_of_many_points_is_read_at_a_fraction(picture):
    made = smaller(picture(encoded("JPEG", (12000, 9000))))
    assert (made.width, made.height) == (12000, 9000)


def test_one_that_takes_too_long_is_given_up(picture):
    assert smaller(picture(encoded("PNG")), PictureLimits(wall_seconds=0.001)) is None
