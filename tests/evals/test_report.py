"""Pages for people and for machines."""

import json
from dataclasses import replace
from xml.etree import ElementTree

from evals.altered import Altered
from evals.compare import compare
from evals.faults import faults
from evals.figures import figures
from evals.records import Reply
from evals.report import Report, json_text, json_values, junit, markdown, page, question_page
from evals.run import run
from evals.tables import aligned, side_by_side, width_of
from tests.evals.world import BENCH, CORPUS, FIT, ORACLE, QUESTIONS, perfect_run


def report(fault: str | None = None) -> Report:
    own = perfect_run()
    system = Altered(fault, ORACLE, faults(CORPUS)[fault]) if fault else ORACLE
    now = run("kiln", FIT, system, BENCH, made_of={})
    found = tuple(figures(now.rows))
    return Report(compare(now, own), found, {"oracle": found})


def test_every_mean_is_printed_with_its_n_for_each_cell() -> None:
    text = page(report())
    (line,) = [line for line in text.splitlines() if line.startswith("recall@5")]
    assert line.split() == ["recall@5", "1.000", "(n=8)", *["1.000", "(n=2)"] * 4]
    assert "NO WORSE" in text
    assert "6 questions show a true drop of" in text


def test_what_changed_is_shown_with_both_answers_side_by_side() -> None:
    text = page(report("the next paragraph quoted"))
    assert "kiln-1/en regressed: lost" in text
    (line,) = [x for x in text.splitlines() if "We lost 340 bowls" in x and "Who paid" in x]
    assert "│" in line
    assert "WORSE than the baseline" in text


def test_markdown_fits_one_screen_and_names_the_rows() -> None:
    text = markdown(report("everything refused"))
    assert text.startswith("## WORSE")
    assert "| kiln-1/en |" in text
    assert len(text.splitlines()) < 120


def test_marks_of_a_transcript_do_nothing_in_a_page() -> None:
    bad = "`<b>` | [x](http://example.org)\x1b[2J\x00"

    def deface(reply: Reply) -> Reply:
        sentences = tuple(replace(s, text=bad) for s in reply.answer.sentences)
        return replace(reply, answer=replace(reply.answer, sentences=sentences))

    now = run("kiln", FIT, Altered("defaced", ORACLE, deface), BENCH, made_of={})
    defaced = Report(compare(now, perfect_run()), (), {})
    assert "| `'<b>' \\| [x](http://example.org)[2J" in markdown(defaced)
    ElementTree.fromstring(junit(defaced).split("?>")[1])  # our own


def test_json_is_the_same_twice_but_for_times() -> None:
    one, other = json_values(report()), json_values(report())
    assert one.pop("times").keys() == other.pop("times").keys() == {"p50", "p95", "rows"}
    assert json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert json.loads(json_text(report()))["comparison"]["exit_code"] == 0


def test_junit_has_a_case_a_row_and_says_what_failed() -> None:
    suite = ElementTree.fromstring(junit(report("a forged marker")).split("?>")[1])  # our own
    assert suite.get("tests") == "12"
    assert suite.get("failures") == "8"
    failure = suite.find("testcase[@name='kiln-1/en']/failure")
    assert failure is not None
    assert failure.get("message") == "a marker leads nowhere"
    assert ElementTree.fromstring(junit(report()).split("?>")[1]).get("failures") == "0"  # our own


def test_one_question_is_shown_with_its_evidence_and_both_answers() -> None:
    rows = [row for row in perfect_run().rows if row.id == "kiln-1"]
    text = question_page(QUESTIONS[0], CORPUS, rows, rows)
    for part in ("gold talk:00000002", "窑是2011年6月烧毁的", "340 bowls | 340只碗", "passed", "│"):
        assert part in text


def test_columns_count_wide_characters_twice() -> None:
    assert width_of("茶a") == 3
    assert aligned([["茶", "x"], ["abc", "y"]]) == "茶   x\nabc  y"
    for line in side_by_side(["茶" * 30, "end"], ["word " * 9], width=20).splitlines():
        assert width_of(line.split("│")[0]) == 23
