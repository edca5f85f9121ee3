"""What `--speaker` and the others let through, and what is said when that is nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

Call = Callable[..., Run]

ENGLISH = (
    "---\ntitle: The bakery\ndate: 2024-05-01\n---\n\n"
    "**Host:** Why did you leave?\n\n"
    "**Chen Wei:** The furnace was never going to be repaired.\n\n"
    "**Wu Xiaolan:** I told him that he should go.\n"
)
CHINESE = (
    "---\ntitle: 面包店\ndate: 2023-02\n---\n\n"
    "**主持人：** 你为什么离开？\n\n"
    "**陈伟：** 那座炉子永远修不好了。\n\n"
    "**林晓梅：** 我跟他说应该走。\n"
)


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two transcripts."""
    folder = tmp_path_factory.mktemp("bakery")
    (folder / "en.md").write_text(ENGLISH, encoding="utf-8")
    (folder / "zh.md").write_text(CHINESE, encoding="utf-8")
    return folder


@pytest.fixture
def find(call: Call, bakery: Path) -> Call:
    """Return a function that searches, or asks, in the two."""
    store = bakery / "store"
    if not store.exists():
        assert call("index", bakery, "--store", store).code == 0
    return lambda *arguments: call(*arguments, "--store", store)


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        ("Lin Xiaomei", {"林晓梅"}),
        ("Xiaomei Lin", {"林晓梅"}),
        ("林晓梅", {"林晓梅"}),
        ("林曉梅", {"林晓梅"}),
        ("晓梅", {"林晓梅"}),
        ("吴晓兰", {"Wu Xiaolan"}),
        ("Xiaolan Wu", {"Wu Xiaolan"}),
        ("陈伟", {"陈伟", "Chen Wei"}),
        ("Wei Chen", {"陈伟", "Chen Wei"}),
    ],
)
def test_a_name_finds_its_speaker_in_either_script_and_order(
    find: Call, name: str, speakers: set[str]
) -> None:
    found = find("search", "furnace 炉子 走", "--speaker", name, "--json")

    assert found.err == ""
    assert {hit["speaker"] for hit in found.json["hits"]} == speakers


def test_a_guess_is_said(find: Call) -> None:
    found = find("search", "go", "--speaker", "Wu Xiaolann")

    assert "Wu Xiaolan · " in found.out
    assert found.complaint.endswith("nobody called 'Wu Xiaolann' speaks; taken for Wu Xiaolan")


@pytest.mark.parametrize("command", ["search", "ask"])
@pytest.mark.parametrize(
    ("name", "near"),
    [("林晓明", "林晓梅"), ("Lin Xiaoming", "林晓梅"), ("陈", None)],
)
def test_who_does_not_speak_is_said_with_the_nearest_names(
    find: Call, command: str, name: str, near: str | None
) -> None:
    found = find(command, "furnace", "--speaker", name)

    if near is None:
        assert found.code in (0, 3)
    elif found.code == 2:
        assert "nearest: " in found.complaint
        assert near in found.complaint
    else:
        assert found.err.startswith(f"interviews: nobody called {name!r} speaks; taken for {near}")


@pytest.mark.parametrize("command", ["search", "ask"])
@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (("--since", "2024", "--until", "2023"), "--since 2024 is later than --until 2023"),
        (("--since", "2024-05-02", "--until", "2024-05"), None),
        (("--since", "2024-06", "--until", "2024-05-31"), "is later than"),
        (("--since", "2024-02-31"), "'2024-02-31' is no date"),
        (("--until", "2024年"), "'2024年' is no date"),
        (("--tag", "饼"), "no tag is called '饼'"),
        (("--interview", "bakery"), "no interview is called 'bakery'; there is: en, zh"),
    ],
)
def test_what_cannot_be_kept_to_is_a_wrong_call(
    find: Call, command: str, flags: tuple[str, ...], reason: str | None
) -> None:
    found = find(command, "furnace", *flags)

    if reason is None:
        assert found.code in (0, 3)
    else:
        assert (found.code, found.out) == (2, "")
        assert reason in found.complaint


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("furnace", "no interview is dated 2030 or later; those here are from 2023-02 to"),
        ("炉子", "没有 2030 及以后的访谈，这里的访谈日期为 2023-02 至 2024-05-01"),
    ],
)
def test_an_empty_range_of_dates_is_said_with_the_dates_there_are(
    find: Call, query: str, reason: str
) -> None:
    searched = find("search", query, "--since", "2030", "--json")
    asked = find("ask", query, "--since", "2030", "--json")

    assert (searched.code, asked.code) == (0, 3)
    assert searched.json["hits"] == []
    assert reason in searched.complaint
    assert reason in asked.json["abstention"]["missing"]
    assert asked.json["abstention"]["searched"] == {"en": 0, "zh": 0}


@pytest.mark.parametrize("question", ["What does a ticket to the moon cost?", "去月球的票多少钱？"])
def test_only_what_was_searched_is_counted(find: Call, question: str) -> None:
    found = find("ask", question, "--speaker", "林晓梅", "--json")

    assert found.code == 3
    assert found.json["abstention"]["searched"] == {"en": 0, "zh": 1}


def test_batches_show_which_query_is_answered(find: Call, tmp_path: Path) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text("furnace\n炉子\n\n🍵\n", encoding="utf-8")

    found = find("search", "--batch", queries, "-k", "1")

    headings = [line for line in found.out.splitlines() if line.startswith("# ")]
    assert headings == ["# furnace", "# 炉子", "# ", "# 🍵"]
    assert found.out.index("# furnace") < found.out.index("1. ") < found.out.index("# 炉子")
    assert "query in line 3 is empty" in found.err
