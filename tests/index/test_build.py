"""An index matches its folder: what is new, changed, moved or gone, and nothing else."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import Builder, BuildSummary, build, readmit, remove
from index.errors import StoreVersionError, UsageError
from index.records import Interview
from index.store.generations import Place
from index.store.opening import open_store
from tests.fakes import HashEmbedder, Heard

Index = Callable[..., BuildSummary]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "store")


@pytest.fixture
def index(place: Place, talks: Path) -> Index:
    """Return a function that indexes the talks, or what else is named."""

    def index(
        *paths: Path, embedder: HashEmbedder | None = None, rebuild: bool = False
    ) -> BuildSummary:
        builder = Builder(embedder or HashEmbedder(), 200)
        return build(paths or [talks], place, builder, progress=Heard(), rebuild=rebuild)

    return index


def stored(place: Place) -> dict[str, Interview]:
    with open_store(place.folder) as store:
        found = [store.rows.interview(summary.id) for summary in store.rows.interviews()]
        return {interview.id: interview for interview in found if interview}


def paragraphs(place: Place) -> dict[str, list[str]]:
    return {key: [p.id for p in interview.paragraphs] for key, interview in stored(place).items()}


def generation(place: Place) -> str:
    with open_store(place.folder) as store:
        return store.meta["generation"]


def rewrite(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_folder_is_indexed(index: Index, place: Place) -> None:
    summary = index()

    assert summary.added == ["both", "ferry", "渡轮"]
    assert summary.errors == []
    assert summary.totals["interviews"] == 3
    assert summary.texts == {"en": 4, "zh": 4}
    assert stored(place)["渡轮"].date == "2022-05-06"


def test_unchanged_files_write_nothing(index: Index, place: Place) -> None:
    index()
    before = generation(place)

    summary = index()

    assert summary.unchanged == 3
    assert (summary.added, summary.updated, summary.dropped) == ([], [], [])
    assert generation(place) == before


def test_a_touched_file_is_read_and_found_unchanged(
    index: Index, place: Place, talks: Path
) -> None:
    index()
    before = generation(place)
    os.utime(talks / "ferry.md")

    assert index().unchanged == 3
    assert generation(place) == before


def test_a_changed_file_is_updated_and_its_other_paragraphs_keep_their_ids(
    index: Index, place: Place, talks: Path
) -> None:
    index()
    before = paragraphs(place)
    rewrite(talks / "ferry.md", "Eleven hours", "Twelve long hours")

    summary = index()

    assert summary.updated == ["ferry"]
    after = paragraphs(place)
    assert after["ferry"][:2] == before["ferry"][:2]
    assert after["both"] == before["both"]
    assert "Twelve" in stored(place)["ferry"].paragraphs[2].texts["en"]


def test_another_file_and_an_edit_above_change_no_id(
    index: Index, place: Place, talks: Path
) -> None:
    index()
    before = paragraphs(place)
    (talks / "aaa.md").write_text("### New\n\nSomething entirely new is said here.\n")
    rewrite(
        talks / "渡轮.md", "### 大雾\n", "### 先说一段\n\n这是后来加上去的一段话。\n\n### 大雾\n"
    )

    index()

    after = paragraphs(place)
    assert after["both"] == before["both"]
    assert after["渡轮"][-3:] == before["渡轮"]


def test_ids_survive_indexing_into_another_store(
    index: Index, place: Place, talks: Path, tmp_path: Path
) -> None:
    index()
    other = Place(tmp_path / "other")
    build([talks], other, Builder(HashEmbedder(), 20), progress=Heard())

    assert paragraphs(other) == paragraphs(place)


def test_a_file_that_is_gone_is_dropped(index: Index, place: Place, talks: Path) -> None:
    index()
    (talks / "ferry.md").unlink()

    assert index().dropped == ["ferry"]
    assert stored(place).keys() == {"both", "渡轮"}


def test_a_file_elsewhere_is_not_gone(index: Index, place: Place, talks: Path) -> None:
    index()
    index(talks / "both.md")

    assert len(stored(place)) == 3


def test_a_moved_file_keeps_its_interview(index: Index, place: Place, talks: Path) -> None:
    index()
    before = paragraphs(place)
    (talks / "old").mkdir()
    (talks / "ferry.md").rename(talks / "old" / "crossing.md")

    summary = index()

    assert (summary.moved, summary.dropped, summary.added) == (["ferry"], [], [])
    assert paragraphs(place) == before
    assert stored(place)["ferry"].path == str(talks / "old" / "crossing.md")


def test_a_moved_folder_keeps_its_interviews(
    index: Index, place: Place, talks: Path, tmp_path: Path
) -> None:
    index()
    before = paragraphs(place)
    moved = talks.rename(tmp_path / "moved")

    summary = index(moved)

    assert len(summary.moved) == 3
    assert paragraphs(place) == before


def test_two_copies_moved_stay_two(index: Index, place: Place, talks: Path) -> None:
    shutil.copy(talks / "ferry.md", talks / "copy.md")
    index()
    (talks / "ferry.md").rename(talks / "x.md")
    (talks / "copy.md").rename(talks / "y.md")

    assert sorted(index().moved) == ["copy", "ferry"]
    assert {i.path for i in stored(place).values()} >= {str(talks / "x.md"), str(talks / "y.md")}


def test_the_id_of_a_dropped_file_is_free_again(index: Index, place: Place, talks: Path) -> None:
    index()
    text = (talks / "ferry.md").read_text()
    (talks / "ferry.md").unlink()
    (talks / "ferry.txt").write_text(f"{text}\n**Mira:** One more thing.\n")

    summary = index()

    assert (summary.dropped, summary.added) == (["ferry"], ["ferry"])
    assert len(stored(place)["ferry"].paragraphs) == 4


def test_two_files_of_one_name_are_two_interviews(index: Index, place: Place, talks: Path) -> None:
    shutil.copy(talks / "both.md", talks / "both.txt")
    index()

    assert len([key for key in stored(place) if key.startswith("both")]) == 2


def test_a_file_that_turned_bad_keeps_its_old_version(
    index: Index, place: Place, talks: Path
) -> None:
    index()
    before = stored(place)
    (talks / "ferry.md").write_bytes(b"\xff\xfe")
    rewrite(talks / "both.md", "second winter", "third winter")

    summary = index()

    assert summary.updated == ["both"]
    assert len(summary.errors) == 1
    assert stored(place)["ferry"] == before["ferry"]


def test_a_removed_interview_stays_out_until_it_is_readmitted(
    index: Index, place: Place, talks: Path
) -> None:
    index()
    assert remove("ferry", place, progress=Heard()) == []
    os.utime(talks / "ferry.md")

    summary = index()
    assert (summary.withdrawn, summary.added) == (["ferry"], [])
    assert "ferry" not in stored(place)

    readmit("ferry", place)
    assert index().added == ["ferry"]
    assert index().withdrawn == []


@pytest.mark.parametrize("how", ["edited", "moved"])
def test_a_removed_interview_stays_out_when_its_file_is(
    how: str, index: Index, place: Place, talks: Path
) -> None:
    index()
    remove("ferry", place, progress=Heard())
    if how == "edited":
        rewrite(talks / "ferry.md", "Eleven", "Twelve")
    else:
        (talks / "ferry.md").rename(talks / "other.md")

    assert index().withdrawn == ["ferry"]


def test_copies_of_what_is_removed_are_named(index: Index, place: Place, talks: Path) -> None:
    shutil.copy(talks / "ferry.md", talks / "copy.md")
    index()

    assert remove("ferry", place, progress=Heard()) == ["copy"]


def test_there_must_be_one_of_that_id(index: Index, place: Place) -> None:
    index()

    with pytest.raises(UsageError, match="'nobody'"):
        remove("nobody", place, progress=Heard())
    with pytest.raises(UsageError, match="'nobody'"):
        readmit("nobody", place)


def test_another_embedder_is_refused_until_all_is_made_again(index: Index, place: Place) -> None:
    index()
    before = stored(place)
    other = HashEmbedder(fingerprint="hash-2", dimension=8)

    with pytest.raises(StoreVersionError, match="--rebuild"):
        index(embedder=other)
    summary = index(embedder=other, rebuild=True)

    assert len(summary.updated) == 3
    assert stored(place) == before
    assert index(embedder=other).unchanged == 3


def test_progress_is_told_of_every_file_and_of_the_vectors(place: Place, talks: Path) -> None:
    heard = Heard()
    build([talks], place, Builder(HashEmbedder(), 200), progress=heard)

    assert heard.steps[:3] == [(1, 3, "both"), (2, 3, "ferry"), (3, 3, "渡轮")]
    assert {what for _, _, what in heard.steps[3:]} == {"vectors"}


def read_by_an_older_parser(place: Place) -> None:
    """Leave the store as another version would have: other words, and its parser's number."""
    with sqlite3.connect(place.folder / "interviews.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'parser'")
        connection.execute("UPDATE paragraphs SET speaker = 'Nobody' WHERE id LIKE 'ferry:%'")
        connection.execute("UPDATE paragraphs SET speaker = '无名' WHERE id LIKE '渡轮:%'")
    connection.close()


def speakers(place: Place, key: str) -> set[str | None]:
    return {paragraph.speaker for paragraph in stored(place)[key].paragraphs}


def test_a_newer_parser_reads_unchanged_files_again(index: Index, place: Place) -> None:
    index()
    read_by_an_older_parser(place)

    summary = index()

    assert summary.updated == ["ferry", "渡轮"]
    assert (summary.unchanged, summary.reread, summary.is_reread) == (1, 1, True)
    assert speakers(place, "ferry") == {"Mira", "Host"}
    assert speakers(place, "渡轮") == {"米拉", "主持人"}
    again = index()
    assert (again.unchanged, again.reread, again.updated) == (3, 0, [])
    assert not again.is_reread


def test_a_newer_parser_reads_files_that_the_call_does_not_name(
    index: Index, place: Place, talks: Path
) -> None:
    index()
    read_by_an_older_parser(place)

    assert index(talks / "both.md").updated == ["ferry", "渡轮"]
    assert speakers(place, "渡轮") == {"米拉", "主持人"}


def test_what_a_newer_parser_could_not_read_it_reads_when_it_can(
    index: Index, place: Place, talks: Path
) -> None:
    index()
    read_by_an_older_parser(place)
    away = talks / "ferry.md"
    away.rename(talks.parent / "away")

    assert index(talks / "both.md").errors == []
    assert speakers(place, "ferry") == {"Nobody"}
    (talks.parent / "away").rename(away)

    assert index().updated == ["ferry"]
    assert speakers(place, "ferry") == {"Mira", "Host"}


def test_a_folder_without_transcripts_is_named(index: Index, talks: Path, tmp_path: Path) -> None:
    other = tmp_path / "录音\n"
    other.mkdir()
    (other / "谈话.pdf").write_bytes(b"%PDF")

    summary = index(talks, other)

    assert summary.barren == [f"{tmp_path}/录音\\n"]
    assert summary.errors == []
    assert len(summary.added) == 3
