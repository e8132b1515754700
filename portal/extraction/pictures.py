"""Makes pictures smaller in a process of its own: one that hangs, bursts or crashes it is just
no picture."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.extraction.process import ENVIRONMENT
from portal.extraction.results import ExtractionUnavailable

SCRIPT = Path(__file__).with_name("picture_child.py")
# By these the machine, not the picture, ends a process.
FROM_OUTSIDE = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
LARGEST_ANSWER = 20 * 1024 * 1024


@dataclass(frozen=True)
class PictureLimits:
    """What making a picture smaller may cost. A photo is decoded at a fraction of its size and
    may have more pixels than a drawing."""

    sizes: Sequence[int] = (240, 1280)
    pixels: int = 50_000_000
    photo_pixels: int = 220_000_000
    memory_mb: int = 768
    cpu_seconds: int = 15
    wall_seconds: float = 60.0


@dataclass(frozen=True)
class Smaller:
    """The size of the whole picture, upright, and the smaller ones in the order asked for."""

    width: int
    height: int
    pictures: tuple[bytes, ...]


def smaller(path: Path, limits: PictureLimits | None = None) -> Smaller | None:
    """The smaller pictures; None for what cannot be made smaller.

    Raises `ExtractionUnavailable` when that says nothing about the file.
    """
    limits = limits or PictureLimits()
    said = json.dumps(asdict(limits))
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-X", "utf8", str(SCRIPT), str(path), said],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            cwd="/", start_new_session=True, timeout=limits.wall_seconds, check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        raise ExtractionUnavailable(str(error)) from error
    if done.returncode in FROM_OUTSIDE:
        raise ExtractionUnavailable(f"making a picture smaller got signal {-done.returncode}")
    return _taken_apart(done.stdout) if done.returncode == 0 else None


def _taken_apart(answer: bytes) -> Smaller | None:
    head, _, rest = answer.partition(b"\n")
    try:
        said = json.loads(head)
        width, height, lengths = int(said["width"]), int(said["height"]), list(said["lengths"])
    except (ValueError, KeyError, TypeError):
        return None
    if sum(lengths) != len(rest) or len(rest) > LARGEST_ANSWER:
        return None
    pictures, start = [], 0
    for length in lengths:
        pictures.append(rest[start : start + length])
        start += length
    return Smaller(width, height, tuple(pictures))
