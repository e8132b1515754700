"""The process that makes a picture smaller: reads one file, within limits, and writes no file.

Started as a script by `pictures.py`, never imported by the portal. Its answer is one line of JSON
(width, height, the lengths of what follows) and then the smaller pictures, one after the other.
"""

import contextlib
import io
import json
import os
import resource
import sys

from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
ORIENTATION = 0x0112
# Sides are exchanged.
LYING = (5, 6, 7, 8)
QUALITY = 80


def main() -> None:
    """`picture_child.py PATH LIMITS`, the limits as JSON."""
    path, limits = sys.argv[1], json.loads(sys.argv[2])
    _enclose(limits)
    # Our own limit is stricter for most formats, and looser for photos, which are read smaller.
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(path, formats=FORMATS) as picture:
        width, height = _checked(picture, limits)
        upright = (height, width) if _turned(picture) in LYING else (width, height)
        small = _smaller(picture, max(limits["sizes"]))
    pictures = [_written(small, size) for size in limits["sizes"]]
    head = {"width": upright[0], "height": upright[1], "lengths": [len(one) for one in pictures]}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(pictures))


def _enclose(limits: dict[str, int]) -> None:
    """Give up what it does not need: memory, time, writing files, precedence."""
    memory, seconds = limits["memory_mb"] * MEGABYTE, limits["cpu_seconds"]
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0),
                       (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CPU, seconds)):
        # A stricter limit that is in force already is as good.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    os.nice(10)


def _checked(picture: Image.Image, limits: dict[str, int]) -> tuple[int, int]:
    width, height = picture.size
    most = limits["photo_pixels" if picture.format == "JPEG" else "pixels"]
    if width * height > most:
        raise ValueError("too many pixels")
    return width, height


def _turned(picture: Image.Image) -> int:
    turned: int = picture.getexif().get(ORIENTATION, 1)
    return turned


def _smaller(picture: Image.Image, size: int) -> Image.Image:
    """At most so large, upright, without anything a camera wrote into it."""
    # A photo is decoded at a fraction of its size.
    picture.draft("RGB", (size, size))
    picture.thumbnail((size, size), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(picture)
    clear = "A" in upright.getbands() or "transparency" in upright.info
    return upright.convert("RGBA" if clear else "RGB")


def _written(picture: Image.Image, size: int) -> bytes:
    small = picture.copy()
    small.thumbnail((size, size), Image.Resampling.LANCZOS)
    bare = Image.new(small.mode, small.size)
    bare.paste(small)
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()


if __name__ == "__main__":
    main()
