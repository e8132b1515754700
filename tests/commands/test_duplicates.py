"""`portal duplicates`: two names explained, many compared."""

import json
import subprocess
import sys

import pytest

TABLE = """a,b,why
上海博远数据通信有限公司,博远数据通信（上海）有限公司,x
星瀚软件,星瀚软件科技,y
三江重工,三江重机,z
"""
VERDICTS = ["block", "warn", "different"]


def lines(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_verdict_is_explained(portal, monkeypatch):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    result = portal("duplicates", "上海博远数据通信有限公司", "北京博远数据通信有限公司")
    assert result.exit_code == 0
    assert "Region: another place" in result.output and "warn: related" in result.output
    assert "  a  上海\n  b  北京\n" in result.output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_batch_in_every_usual_encoding(portal, tmp_path, encoding, line_end):
    path = tmp_path / "名单.csv"
    path.write_bytes(TABLE.replace("\n", line_end).encode(encoding))
    result = portal("duplicates", "--batch", path)
    found = lines(result)
    assert [each["verdict"] for each in found] == VERDICTS
    assert [list(each) for each in found] == [["a", "b", "verdict"]] * 3
    assert found[0]["a"] == "上海博远数据通信有限公司" and "上海" in result.stdout


def test_names_come_back_as_they_were_typed(portal, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text('b,a\n"Huayuan Co., Ltd.","ＡＢＣ\u3000科技\u200b"\n,\n"两行\n名字",x\n',
                    "utf-8")
    assert [(each["a"], each["b"], each["verdict"]) for each in lines(
        portal("duplicates", "--batch", path))] == [
            ("ＡＢＣ\u3000科技\u200b", "Huayuan Co., Ltd.", "different"), ("", "", "different"),
            ("x", "两行\n名字", "different")]


def test_semicolons_and_tabs_separate_as_well(portal, tmp_path):
    for sign in ";\t":
        path = tmp_path / "names.csv"
        path.write_text(TABLE.replace(",", sign), "utf-8")
        found = lines(portal("duplicates", "--batch", path))
        assert [each["verdict"] for each in found] == VERDICTS


@pytest.mark.parametrize(("content", "said"), [
    (b"x,y\n1,2\n", "has no column a, b"), (b"a,c\n1,2\n", "has no column b"),
    (b"", "has no column a, b"), (b"\x89PNG\r\n\x1a\n\xff\xff\x00", "no text"),
])
def test_a_file_that_is_no_table_is_named(portal, tmp_path, monkeypatch, content, said):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    result = portal("duplicates", "--batch", path)
    assert result.exit_code == 1 and said in result.output and "odd.csv" in result.output


@pytest.mark.parametrize("words", [(), ("one",), ("--batch", "/nowhere/names.csv"),
                                   ("one", "two", "--batch", "x.csv")])
def test_wrong_use_is_an_error_in_words(portal, words):
    result = portal("duplicates", *words)
    assert result.exit_code in (1, 2) and "Traceback" not in result.output


def test_no_portal_is_needed(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "portal", "duplicates", "北京银行", "上海银行"], check=True,
        capture_output=True, encoding="utf-8",
        env={"PORTAL_DATA": str(tmp_path), "LANG": "zh_CN.UTF-8", "PATH": "/usr/bin",
             "PYTHONUTF8": "1"})
    assert "北京银行" in done.stdout
    assert not list(tmp_path.glob("*.sqlite3"))
