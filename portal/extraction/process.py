"""The other end of `child.py`: starts it, asks it, and ends it when it takes too long."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import IO, Any

from portal.extraction.results import ExtractionUnavailable, Limits

SCRIPT = Path(__file__).with_name("child.py")
# What Python needs to find its libraries; the portal's secrets are none of the child's business.
ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "TZ")
# Starting takes a twentieth of a second; on a machine that is out of breath, longer.
START_SECONDS = 60.0
# A sign outside of the usual plane takes twelve bytes of JSON.
BYTES_A_SIGN = 12
CHUNK = 256 * 1024
Answer = dict[str, Any]


class Child:
    """One running process. Raises `ExtractionUnavailable` when it does not start."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.asked = 0
        # Its exit status, or the signal that ended it, negative.
        self.ended = 0
        try:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-X", "utf8", str(SCRIPT), json.dumps(asdict(limits))],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
                # Who stops the portal at the keyboard does not mean the file being read.
                cwd="/", start_new_session=True,
            )
        except OSError as error:
            raise ExtractionUnavailable(str(error)) from error
        if self._receive(START_SECONDS) is None:
            self.end()
            raise ExtractionUnavailable(f"the reading process does not start ({self.ended})")

    def ask(self, request: str) -> Answer | None:
        """Its answer; None when it died over the question or did not come to an end with it."""
        self.asked += 1
        try:
            self._input.write(json.dumps(request).encode() + b"\n")
            self._input.flush()
        except BrokenPipeError:
            return None
        return self._receive(self._limits.wall_seconds)

    def end(self) -> None:
        """Without questions it ends by itself; if not, it is killed."""
        with contextlib.suppress(BrokenPipeError):
            self._input.close()
        try:
            self.ended = self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self.ended = self._process.wait()
        self._output.close()

    def _receive(self, seconds: float) -> Answer | None:
        deadline, line = monotonic() + seconds, b""
        most = BYTES_A_SIGN * self._limits.characters + 1000
        with selectors.DefaultSelector() as selector:
            selector.register(self._output, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                chunk = b""
                if selector.select(max(deadline - monotonic(), 0)):
                    chunk = os.read(self._output.fileno(), CHUNK)
                line += chunk
                if not chunk or len(line) > most:
                    self._process.kill()
                    return None
        return _parsed(line)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def _input(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101
        return self._process.stdin

    @property
    def _output(self) -> IO[bytes]:
        assert self._process.stdout is not None  # noqa: S101
        return self._process.stdout


def _parsed(line: bytes) -> Answer | None:
    try:
        answer = json.loads(line)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None
