"""`interviews eval` over a mini set and the real program: reports, codes, complaints."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.evaluate import evaluate
from assistant.settings import load_settings
from evals.commands import Options
from evals.mutants import kill_all, kill_table
from index.errors import UsageError
from tests.conftest import Run

DATA = Path(__file__).parents[1] / "data" / "mini"
MINI = ("--set", DATA / "mini.jsonl", "--corpus", DATA / "corpus")
Eval = Callable[..., tuple[Any, str]]


@pytest.fixture
def interviews_eval(capfd: pytest.CaptureFixture[str]) -> Eval:
    def call(*arguments: str | Path) -> tuple[Any, str]:
        capfd.readouterr()
        code = evaluate.main([str(a) for a in arguments], standalone_mode=False)
        return code, capfd.readouterr().out

    return call


def test_the_mini_set_fits_its_corpus(interviews_eval: Eval) -> None:
    _, out = interviews_eval("--corpus", DATA / "corpus", "new", DATA / "mini.jsonl")
    assert "10 questions, every line of it right" in out


def test_a_run_accepted_as_baseline_is_no_worse_than_itself(
    interviews_eval: Eval, tmp_path: Path
) -> None:
    baseline = tmp_path / "mini.json"
    code, _ = interviews_eval(*MINI, "--against", baseline, "--accept", "--reason", "First.")
    assert code == 0
    files = {name: tmp_path / name for name in ("report.md", "junit.xml")}
    code, out = interviews_eval(
        *MINI, "--against", baseline, "--json",
        "--markdown", files["report.md"], "--junit", files["junit.xml"],
    )  # fmt: skip
    values = json.loads(out)
    assert (code, values["comparison"]["outcome"]) == (0, "no worse")
    assert set(values["systems"]) == {
        "quoting", "always answer", "always refuse", "copy the top paragraph", "cite everything",
        "gold quoted (ceiling)",
    }  # fmt: skip
    assert all(path.stat().st_size for path in files.values())
    code, out = interviews_eval(*MINI, "--against", baseline, "--sample", "3", "--no-policies")
    assert code == 0
    assert "3 questions, 6 rows" in out


def test_another_corpus_gives_seven(interviews_eval: Eval, tmp_path: Path) -> None:
    baseline = tmp_path / "mini.json"
    interviews_eval(*MINI, "--against", baseline, "--accept", "--reason", "First.")
    values = json.loads(baseline.read_text(encoding="utf-8"))
    baseline.write_text(json.dumps(values | {"corpus": "other"}), encoding="utf-8")
    code, out = interviews_eval(*MINI, "--against", baseline)
    assert code == 7
    assert "NOT COMPARABLE" in out


def test_a_worse_answer_gives_one_and_shows_both(interviews_eval: Eval, tmp_path: Path) -> None:
    baseline = tmp_path / "mini.json"
    interviews_eval(*MINI, "--against", baseline, "--accept", "--reason", "First.")
    values = json.loads(baseline.read_text(encoding="utf-8"))
    # The baseline names the weak spot; the program still has it.
    failed = next(row for row in values["rows"] if not all(row["checks"].values()))
    failed["checks"] = dict.fromkeys(failed["checks"], True)
    baseline.write_text(json.dumps(values), encoding="utf-8")
    code, out = interviews_eval(*MINI, "--against", baseline)
    assert code == 1
    assert f"{failed['id']}/{failed['language']} regressed" in out


def test_a_set_of_ones_own_has_no_floors_of_a_bundled_name(
    interviews_eval: Eval, tmp_path: Path
) -> None:
    path = tmp_path / "sample.jsonl"
    path.write_bytes((DATA / "mini.jsonl").read_bytes())
    code, out = interviews_eval("--set", path, "--corpus", DATA / "corpus", "--no-policies")
    assert code == 0
    assert "floor" not in out


def test_one_question_is_opened(interviews_eval: Eval) -> None:
    _, out = interviews_eval(*MINI, "show", "mini-002")
    assert "the fishermen loved it" in out
    assert "mini-002/zh" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--accept",), "--accept and --reason TEXT belong together"),
        (("--only", "riddle"), "no question or kind called 'riddle'"),
        (("--against", "nowhere.json"), "nowhere.json cannot be read"),
        (("--set", "nowhere.jsonl"), "there is no set nowhere.jsonl; name a file"),
        (("--only", "mini-001", "--only", "mini-9"), "no question or kind called 'mini-9'"),
        (("--accept", "--reason", " "), "needs a reason"),
        (("--rescore",), "name one with --against"),
        (("--corpus", "nowhere"), "no corpus folder nowhere"),
        (("--pack", "nowhere"), "give --set or --pack, not both"),
        (("--markdown", "nowhere/page.md"), "nowhere/page.md cannot be written"),
        (("--sample", "2", "show", "mini-001"), "eval show does not take --sample"),
        (("new", "mine.jsonl"), "eval new does not take --set"),
        (("--sample", "2", "--accept", "--reason", "x"), "the whole set only"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(
    arguments: tuple[str, ...], told: str, interviews_eval: Eval, tmp_path: Path
) -> None:
    given = (*MINI, "--no-policies", *arguments)
    if "--accept" in arguments:
        given = (*given, "--against", tmp_path / "x.json")
    with pytest.raises(UsageError, match=told):
        interviews_eval(*given)


def test_a_pack_of_nothing_is_refused(interviews_eval: Eval, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"{tmp_path} is not a pack"):
        interviews_eval("--pack", tmp_path)
    (tmp_path / "questions.jsonl").touch()
    with pytest.raises(UsageError, match=f"the pack {tmp_path} holds no question with gold"):
        interviews_eval("--pack", tmp_path, "--corpus", DATA / "corpus")


@pytest.mark.parametrize("option", ["--set", "--corpus", "--pack", "--against", "--only"])
def test_an_empty_name_is_refused(call: Callable[..., Run], option: str) -> None:
    found = call("eval", option, "")
    assert found.code == 2
    assert f"Invalid value for '{option}': it is empty" in found.complaint


def test_a_corpus_without_transcripts_is_named(interviews_eval: Eval, tmp_path: Path) -> None:
    (tmp_path / "talk.pdf").touch()
    with pytest.raises(UsageError, match=f"the corpus folder {tmp_path} holds no transcript"):
        interviews_eval("--corpus", tmp_path)


def test_gold_that_vanished_is_named_and_its_question_not_scored(
    interviews_eval: Eval, tmp_path: Path
) -> None:
    lines = (DATA / "mini.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[0]) | {"gold": ["lighthouse:00000000"]}
    path = tmp_path / "moved.jsonl"
    path.write_text("\n".join([json.dumps(first), *lines[1:]]), encoding="utf-8")
    code, out = interviews_eval("--set", path, "--corpus", DATA / "corpus", "--json")
    values = json.loads(out)
    assert code == 1
    assert values["comparison"]["reasons"][0] == (
        "mini-001/en was not scored: gold vanished: lighthouse:00000000"
    )
    (figure,) = [f for f in values["figures"] if (f["metric"], f["group"]) == ("recall@5", "all")]
    assert figure["n"] == 14


def test_every_wrong_line_of_a_set_is_named_and_nothing_is_scored(
    call: Callable[..., Run], tmp_path: Path
) -> None:
    good = [json.loads(line) for line in (DATA / "mini.jsonl").read_text("utf-8").splitlines()]
    wrong = [
        good[0] | {"forbidden": ["before the rebuild"]},
        good[1] | {"where": [{"interview": "nowhere", "section": 1, "paragraph": 1}]},
        good[2] | {"question": {"en": good[2]["question"]["en"]}},
    ]
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in [*wrong, *good[3:]]), "utf-8")

    found = call("eval", "--set", path, "--corpus", DATA / "corpus")

    assert (found.code, found.out) == (2, "")
    *told, total = found.err.splitlines()
    assert [line.split(": ")[1] for line in told] == [
        f"{path}, line 1 (mini-001)",
        f"{path}, line 2 (mini-002)",
        f"{path}, line 3 (mini-003)",
    ]
    assert total == f"interviews: the set {path} has 3 problems"


@pytest.mark.slow
@pytest.mark.parametrize("options", [
    Options(str(DATA / "mini.jsonl"), DATA / "corpus"), Options("sample"),
], ids=["mini", "sample"])  # fmt: skip
def test_no_mutant_of_the_program_survives(options: Options) -> None:
    table = kill_all(options, load_settings({}), lambda _line: None)
    assert [k.mutant for k in table if k.outcome == "survived"] == [], kill_table(table)


ALONE = """
import sys
def watch(event, given):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.bind"}:
        sys.exit(f"{event} {given}")
sys.addaudithook(watch)
from assistant.cli.evaluate import evaluate
evaluate.main(sys.argv[1:], standalone_mode=False)
"""


@pytest.mark.slow
def test_two_processes_say_the_same_and_speak_to_nobody(tmp_path: Path) -> None:
    told = []
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(DATA.parents[2])}
        done = subprocess.run(
            [sys.executable, "-c", ALONE, *map(str, MINI), "--json"],
            capture_output=True, check=False, env=environment, cwd=tmp_path, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        values = json.loads(done.stdout)
        del values["times"]
        told.append(json.dumps(values, ensure_ascii=False))
    assert told[0] == told[1]
