"""A photo keeps its picture and does not tell where it was taken."""

import io
import struct
import zlib
from functools import lru_cache
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD

from portal.core.exif import TooManyPartsError, exif_without_place
from portal.core.photos import without_place

FORMATS = ["JPEG", "PNG", "WEBP"]


@lru_cache
def photo(form="JPEG", size=(60, 40), **options):
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera maker"
    place = exif.get_ifd(IFD.GPSInfo)
    place[1], place[2], place[3], place[4] = "N", (31.0, 14.0, 5.5), "E", (121.0, 28.0, 9.25)
    out = io.BytesIO()
    picture.save(out, form, exif=exif.tobytes(), **options)
    return out.getvalue()


def place_of(content):
    return dict(Image.open(io.BytesIO(content)).getexif().get_ifd(IFD.GPSInfo))


def pixels(content):
    return Image.open(io.BytesIO(content)).tobytes()


@pytest.mark.parametrize("form", FORMATS)
def test_the_place_goes_and_nothing_else(form):
    taken = photo(form)
    assert place_of(taken)
    kept = without_place(taken)
    assert place_of(kept) == {}
    assert pixels(kept) == pixels(taken)
    exif = Image.open(io.BytesIO(kept)).getexif()
    assert (exif[0x0112], exif[0x010F]) == (6, "Camera maker")
    assert without_place(kept) == kept


def test_an_exposure_in_scans_keeps_its_picture():
    taken = photo(progressive=True, quality=95)
    assert pixels(without_place(taken)) == pixels(taken)


def test_what_a_phone_appends_to_a_photo_is_cut_off():
    taken = photo()
    film = b"\x00\x00\x00\x18ftypmp42 +31.2345+121.4691/ film"
    assert without_place(taken + film) == without_place(taken)


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_the_place_in_words_beside_the_picture_goes_too(form):
    words = b"<x:xmpmeta><rdf exif:GPSLatitude='31,14.09N'/></x:xmpmeta>"
    kept = without_place(photo(form, xmp=words))
    assert b"GPSLatitude" not in kept
    assert pixels(kept) == pixels(photo(form))


def test_a_picture_without_a_place_is_kept_to_the_byte():
    for form in (*FORMATS, "GIF"):
        out = io.BytesIO()
        Image.new("RGB", (9, 9), "red").save(out, form)
        assert without_place(out.getvalue()) == out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.9, 0.99])
def test_half_a_photo_tells_no_place_either(form, share):
    taken = photo(form)
    part = taken[: int(len(taken) * share)]
    kept = without_place(part)
    assert (31).to_bytes(4, "little") + (1).to_bytes(4, "little") not in kept[:400]


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(noise):
    for start in (b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBPEXIF", b""):
        without_place(start + noise)
    assert len(exif_without_place(noise)) == len(noise)


@given(st.data())
def test_no_damage_to_a_photo_makes_it_fail(data):
    for form in FORMATS:
        broken = bytearray(photo(form))
        for _ in range(4):
            broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
        without_place(bytes(broken))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def exif_of_places(count):
    """A directory of nothing but places, each with thousands of values that fill the file."""
    place = 8 + 2 + 12 * count + 4
    return (b"II*\0" + struct.pack("<IH", 8, count)
            + struct.pack("<HHII", 0x8825, 4, 1, place) * count + struct.pack("<I", 0)
            + struct.pack("<H", 20_000) + struct.pack("<HHII", 1, 2, 1 << 20, 0) * 20_000)


def made_to_take_long():
    jpeg, png = photo(), photo("PNG")
    webp = photo("WEBP")
    return {
        "segments": jpeg[:2] + b"\xff\xfe\x00\x02" * 500_000 + jpeg[2:],
        "chunks": png[:33] + chunk(b"tEXt", b"") * 200_000 + png[33:],
        "pieces": webp[:12] + b"VP9 \0\0\0\0" * 200_000 + webp[12:],
        "blocks": png[:33] + chunk(b"eXIf", exif_of_places(30)) * 60 + png[33:],
    }


@pytest.mark.parametrize("what", ["segments", "chunks", "pieces", "blocks"])
def test_a_file_that_was_made_to_take_long_is_refused_soon(what):
    hostile = made_to_take_long()[what]
    began = monotonic()
    with pytest.raises(TooManyPartsError):
        without_place(hostile)
    assert monotonic() - began < 5


def test_places_beyond_number_are_blanked_at_once():
    began = monotonic()
    tiff = exif_of_places(1000)
    assert exif_without_place(tiff) == bytes(len(tiff))
    assert monotonic() - began < 5


def test_bytes_that_fill_change_nothing():
    taken = photo()
    assert without_place(taken[:2] + b"\xff" * 100_000 + taken[2:]) == without_place(taken)
