"""`portal worker`: background work in a process of its own."""

import os
import subprocess
import sys
import time

import pytest

from portal.config import ROOT
from tests.search.working_portal import working_portal


@pytest.mark.timeout(100)
def test_it_indexes_what_processes_save_that_cannot_tell_it(tmp_path):
    environment = {**os.environ, "PORTAL_DATA": str(tmp_path), "PORTAL_JOBS": "off",
                   "SECRET_KEY": "only for tests"}
    with working_portal(tmp_path) as portal:
        portal.run("prepare")
        command = [sys.executable, "-m", "portal", "worker"]
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        try:
            portal.run("save", "offshore")
            while not portal.run("found", "offshore"):
                assert worker.poll() is None
                time.sleep(0.2)
        finally:
            worker.terminate()
            worker.wait(30)
