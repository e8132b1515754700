"""Attachments are taken for what they are, whatever their name says (K10)."""

import io
import zipfile

import pytest
from sqlalchemy import select

from portal.cases.actions import attachments, stored_files
from portal.cases.models import Attachment
from portal.core.errors import Refused
from portal.extensions import db

PNG = (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
       b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\x0f\x04\x00\t\xfb\x03\xfd\xe3U\xf2\x9c\x00"
       b"\x00\x00\x00IEND\xaeB`\x82")
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\r\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def office() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


@pytest.mark.parametrize(("name", "content", "media_type"), [
    ("a.png", PNG, "image/png"), ("a.PNG", PNG, "image/png"), ("a.gif", GIF, "image/gif"),
    ("a.jpg", JPEG, "image/jpeg"), ("a.jpeg", JPEG, "image/jpeg"), ("a.webp", WEBP, "image/webp"),
    ("a.pdf", PDF, "application/pdf"), ("报价.csv", "价格,1".encode(), "text/csv"),
    ("a.md", b"# x", "text/plain"), ("报价.txt", "价格\n".encode("utf-16"), "text/plain"),
    ("a.zip", office(), "application/zip"),
    ("方案.docx", office(),
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
])
def test_a_file_is_kept_under_its_own_type(problem, attach, alice, name, content, media_type):
    kept = attach(alice, problem, name, content)
    assert (kept.name, kept.media_type, kept.size) == (name, media_type, len(content))


@pytest.mark.parametrize(("name", "content"), [
    ("photo.png", EXE), ("offer.pdf", b"#!/bin/sh\nrm -rf /\n"), ("offer.docx", EXE),
    ("offer.pdf", HTML), ("photo.jpg", PNG), ("photo.gif", HTML), ("list.csv", EXE),
    ("run.exe", EXE), ("page.html", HTML), ("drawing.svg", SVG), ("macro.docm", office()),
    ("noextension", b"text"), (".png", EXE), ("a.png.exe", PNG), ("empty.txt", b""),
])
def test_what_is_not_what_its_name_says_is_refused(problem, attach, alice, name, content):
    with pytest.raises(Refused):
        attach(alice, problem, name, content)
    assert db.session.scalars(select(Attachment)).all() == []


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(problem, attach, alice):
    megabyte = 1024 * 1024
    assert attach(alice, problem, "a.txt", b"x" * megabyte).size == megabyte
    with pytest.raises(Refused):
        attach(alice, problem, "b.txt", b"x" * (megabyte + 1))


@pytest.mark.parametrize(("typed", "kept"), [
    ("../../etc/passwd.txt", "passwd.txt"), ("..\\..\\boot.txt", "boot.txt"),
    ("/root/a.txt", "a.txt"), ("C:\\Users\\x\\报价.txt", "报价.txt"),
    ("in\nvo\rice\x00.txt", "in vo ice.txt"), ("invoice\u202etxt.exe.txt", "invoicetxt.exe.txt"),
    ("a\u200bb.txt", "ab.txt"), ("x" * 300 + ".txt", "x" * 196 + ".txt"),
    ('"><script>.txt', '"><script>.txt'), ("a;b=c.txt", "a;b=c.txt"),
])
def test_hostile_names_are_cut_to_a_harmless_one(problem, attach, alice, typed, kept):
    assert attach(alice, problem, typed, b"x").name == kept


@pytest.mark.parametrize("name", ["", "..", "/", "\\", "\u202e", "txt.\u202e"])
def test_a_name_without_a_name_is_refused(problem, attach, alice, name):
    with pytest.raises(Refused):
        attach(alice, problem, name, b"x")


def test_a_turned_extension_does_not_hide_the_real_one(problem, attach, alice):
    with pytest.raises(Refused):
        attach(alice, problem, "photo\u202egnp.exe", EXE)


def test_the_same_bytes_are_stored_once(app, problem, attach, alice, bob):
    first, second = attach(alice, problem, "a.txt", b"same"), attach(bob, problem, "b.txt", b"same")
    assert first.sha256 == second.sha256
    folder = app.extensions["settings"].files
    files = [path.name for path in folder.rglob("*") if path.is_file()]
    assert files.count(first.sha256) == 1
    assert attachments.path_of(first.sha256, folder).read_bytes() == b"same"


def test_a_removed_file_can_be_put_back(problem, attach, alice, act, clock):
    kept = attach(alice, problem)
    act(attachments.remove, alice.actor, kept, clock())
    assert kept.removed_at == clock()
    act(attachments.put_back, alice.actor, kept, clock())
    assert kept.removed_at is None


def test_a_write_that_fails_leaves_nothing_half_written(tmp_path, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stored_files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        attachments.store(b"bytes", tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
