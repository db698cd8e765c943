"""Where files of a batch lie: what a folder holds, how places are called below it, and what is swept away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.batch.places import below, listed, matching
from client.batch.shards import inputs
from client.batch.unfinished import part_name, sweep
from client.exits import Exit, Failure


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*paths: str) -> None:
    """Make empty files, with their folders."""
    for path in map(Path, paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


@pytest.mark.parametrize(
    "folder", ["news", "./news", "news/", "news/.", "{here}/news", "../{name}/news", "file://{here}/news/"]
)
def test_files_are_called_alike_however_their_folder_is_written(here: Path, folder: str) -> None:
    write("news/b.jsonl", "news/sub/a.jsonl", "news/.hidden/c.jsonl", "news/.d.jsonl", "news/sub/e.txt")
    folder = folder.format(here=here, name=here.name)
    assert sorted(below(found.place, folder) for found in listed(folder)) == ["b.jsonl", "sub/a.jsonl", "sub/e.txt"]
    assert [one.name for one in inputs([folder])] == ["b.jsonl", "sub/a.jsonl"]


@pytest.mark.usefixtures("here")
def test_files_of_here_are_called_as_they_are() -> None:
    write("a.jsonl", "sub/b.jsonl")
    for folder in (".", "./"):
        assert [found.place for found in listed(folder)] == ["a.jsonl", "sub/b.jsonl"]
    assert [one.name for one in inputs(["./s*/*.jsonl"])] == ["sub/b.jsonl"]


def test_links_are_followed_but_not_in_circles(here: Path) -> None:
    write("else/a.jsonl", "news/b.jsonl", "news/sub/c.jsonl")
    Path("news/else").symlink_to(here / "else")
    Path("news/sub/up").symlink_to("..")
    Path("else/back").symlink_to(here / "news")
    assert [found.place for found in listed("news")] == ["news/b.jsonl", "news/else/a.jsonl", "news/sub/c.jsonl"]


@pytest.mark.usefixtures("here")
def test_a_link_that_leads_nowhere_is_a_file_that_can_not_be_opened() -> None:
    write("news/a.jsonl")
    Path("news/itself.jsonl").symlink_to("itself.jsonl")
    Path("news/gone.jsonl").symlink_to("nothing")
    expected = ["news/a.jsonl", "news/gone.jsonl", "news/itself.jsonl"]
    assert [found.place for found in listed("news")] == expected
    assert [found.place for found in matching("news/*")] == expected


@pytest.mark.usefixtures("here")
def test_what_is_no_file_is_left_out() -> None:
    write("news/a.jsonl")
    os.mkfifo("news/pipe.jsonl")
    Path("news/link.jsonl").symlink_to("pipe.jsonl")
    for found in (listed("news"), matching("news/*")):
        assert [one.place for one in found] == ["news/a.jsonl"]


@pytest.mark.usefixtures("here")
def test_a_folder_that_can_not_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    write("news/a.jsonl", "news/secret/b.jsonl")
    scandir = os.scandir

    def refused(folder: str) -> Iterator[os.DirEntry[str]]:
        if folder.endswith("secret"):
            raise PermissionError(13, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(Failure) as failure:
        inputs(["news"])
    assert (failure.value.code, failure.value.message) == (Exit.NO_INPUT, "news/secret: permission denied")


@pytest.mark.usefixtures("here")
def test_only_unfinished_files_of_a_batch_are_swept_away() -> None:
    mine = [
        "out/.mine.part",
        "out/.cache/.a.0123abcd.part",
        "out/a.0123abcd.part",
        "out/.a.0123ABCD.part",
        "out/.x.timeline.part",
    ]
    write(*mine, "out/.a.jsonl-00000.jsonl.0123abcd.part", "out/2024/.b.jsonl.89abcdef.part")
    assert sweep("./out") == 2
    assert sorted(map(str, (path for path in Path("out").rglob("*") if path.is_file()))) == sorted(mine)


@pytest.mark.parametrize("name", ["a", "م" * 120, "x" * 240, "م" * 100 + "x" * 55])
@pytest.mark.usefixtures("here")
def test_an_unfinished_file_has_a_name_that_can_be(name: str) -> None:
    part = Path("out", part_name(name, ".0123abcd"))
    write(str(part))
    assert sweep("out") == 1
    assert not part.exists()
