"""What of a model's Markdown is a claim, and what only lays it out."""

from pathlib import Path

import pytest

from assistant.agent import Agent
from assistant.checking.check import check_sentence
from assistant.drafts import Claim, read_draft
from assistant.events import Answered
from assistant.evidence_book import EvidenceBook
from assistant.review import Reviewer
from tests.assistant.harbour import harbour
from tests.fakes import ScriptedModel, said

TABLE = """\
Here is what a lease costs:

| Customer | Price | When |
|:---------|------:|------|
| **Skarra** [1] | four crowns. | 2019 |
| Brel \\| Vell | nine crowns [2] | - |
"""
CHINESE_TABLE = """\
各家的价格如下：

客户 | 价格
--- | ---
斯卡拉 | 四块 [1]
布雷尔 | 九块 [2][3]
"""


def texts(text: str) -> list[str]:
    return [claim.text for claim in read_draft(text).claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        pytest.param(
            TABLE,
            [
                Claim("Skarra · four crowns · 2019", (1,)),
                Claim("Brel | Vell · nine crowns", (2,)),
            ],
            id="en",
        ),
        pytest.param(
            CHINESE_TABLE,
            [Claim("斯卡拉 · 四块", (1,)), Claim("布雷尔 · 九块", (2, 3))],
            id="zh",
        ),
        pytest.param(
            "| 客户 Customer | 价格 |\n|--|--|\n| 斯卡拉 | four crowns [1] |\n\nShe left [2].",
            [Claim("斯卡拉 · four crowns", (1,)), Claim("She left.", (2,))],
            id="both, and a sentence after",
        ),
        pytest.param("| Skarra | four [1] |", [Claim("Skarra · four", (1,))], id="no head"),
    ],
)
def test_a_row_of_a_table_is_one_claim_and_its_head_none(text: str, claims: list[Claim]) -> None:
    assert list(read_draft(text).claims) == claims


@pytest.mark.parametrize(
    "heading",
    [
        "# Why",
        "## 为什么 Why",
        "##为什么",
        "> ### The buoy was stolen by the mayor.",
        "- # 浮标被镇长偷走了。",
        "1. ## **Why**",
        "Why:",
        "**为什么：**",
        "She gave these reasons:",
        "- 她说了三个原因：",
        "```",
        "```python",
        "~~~",
        "---",
        "|---|---|",
    ],
)
@pytest.mark.parametrize("said", ["She waited eleven hours [1].", "她等了十一个小时[1]。"])
def test_what_lays_an_answer_out_is_no_claim(heading: str, said: str) -> None:
    draft = read_draft(f"{heading}\n\n{said}\n")

    assert [claim.numbers for claim in draft.claims] == [(1,)]
    assert not draft.missing


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The buoy was stolen by the mayor", id="en"),
        pytest.param("浮标被镇长偷走了", id="zh"),
    ],
)
def test_what_hides_as_layout_is_not_shown(text: str) -> None:
    for hidden in (f"## {text}", f"| {text} | x |\n|---|---|", f"```\n{text}\n```", f"{text}:"):
        assert texts(f"{hidden}\n\nShe left [1].") == ["She left."]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param("- It cost 40 crowns:", "It cost 40 crowns:", id="en, a number"),
        pytest.param("价格是40块：", "价格是40块：", id="zh, a number"),
        pytest.param("She left for these reasons [1]:", "She left for these reasons:", id="cites"),
        pytest.param("#1 was the ferry.", "#1 was the ferry.", id="no heading"),
        pytest.param("Either a | b will do.", "Either a | b will do.", id="no table"),
        pytest.param(f"She {'waited and ' * 10}said:", f"She {'waited and ' * 10}said:", id="long"),
        pytest.param("```\nShe left.", "She left.", id="a fence never closed"),
    ],
)
def test_what_may_state_something_stays_a_claim(text: str, claim: str) -> None:
    assert texts(text) == [claim]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("1. The oars hang [1].\n2. The ferry went [2].", ["The oars hang.", "The ferry went."]),
        ("- 桨挂着[1]。\n- 渡船走了[2]。", ["桨挂着。", "渡船走了。"]),
    ],
    ids=["en", "zh"],
)
def test_an_item_of_a_list_is_a_claim(text: str, claims: list[str]) -> None:
    assert texts(text) == claims


def test_an_answer_fenced_off_is_read_and_code_is_not() -> None:
    assert texts("```\nShe left [1].\n```") == ["She left."]
    assert texts("```markdown\nShe left.\n## Why\n她走了。\n```") == ["She left.", "她走了。"]
    assert texts("```python\nprint('left')\n```\nShe left [1].") == ["She left."]


def test_sources_after_a_heading_are_not_read() -> None:
    assert texts("She left [1].\n\n## Sources\n\n- The ferry [1]") == ["She left."]
    assert texts("她走了[1]。\n\n## 出处\n\n| 渡口 | [1] |") == ["她走了。"]


@pytest.mark.parametrize("text", ["`" * 20000 + "x`", ">" * 20000, "```" + " " * 2000 + "`"])
def test_long_runs_of_marks_are_read_at_once(text: str) -> None:
    assert len(read_draft(text).claims) <= 1


ROWS = "| Who | Said |\n|-----|------|\n| {who} | {what} [{{}}] |\n"


@pytest.mark.parametrize(
    ("question", "words", "row"),
    [
        pytest.param(
            "How long did Mira Olsen wait for the fog?",
            "We waited",
            ROWS.format(who="Mira Olsen", what="waited eleven hours for the fog"),
            id="en",
        ),
        pytest.param(
            "在渡口等雾等了多久？",
            "我们在渡口",
            ROWS.format(who="陈阿水", what="在渡口等雾等了十一个小时"),
            id="zh",
        ),
        pytest.param(
            "Mira等雾等了多久？",
            "We waited",
            ROWS.format(who="米拉", what="等雾等了十一个小时"),
            id="zh over en",
        ),
    ],
)
def test_a_table_that_is_borne_out_is_an_answer_without_a_remark(
    tmp_path: Path, question: str, words: str, row: str
) -> None:
    with harbour(tmp_path) as searcher:
        hits = searcher.search(question, k=8)
        cited = next(h.rank for h in hits if words in " ".join(h.paragraph.texts.values()))
        model = ScriptedModel([said(f"## 等雾 Fog\n\n{row.format(cited)}")])
        *_, end = Agent(model, searcher, check_sentence).ask(question)

    assert isinstance(end, Answered)
    assert [s.verdict for s in end.answer.sentences] == ["supported"]
    assert end.answer.abstention is None


def test_a_draft_of_layout_alone_has_nothing_to_mend() -> None:
    reviewer = Reviewer(check_sentence, EvidenceBook(), "Why?")

    assert reviewer.review(read_draft("## Why\n\nBecause:\n\n| a | b |\n|---|---|\n"), ()) == []


@pytest.mark.parametrize(
    "text",
    [
        "I don't know.",
        "I’m not sure, sorry.",
        "Unfortunately, I could not find it.",
        "We cannot tell from these paragraphs.",
        "我不知道。",
        "抱歉，我没有找到。",
        "我不确定，访谈里似乎没有。",
    ],
)
def test_knowing_nothing_is_no_claim(text: str) -> None:
    draft = read_draft(text)

    assert not draft.claims
    assert draft.missing


@pytest.mark.parametrize(
    "text", ["I know the ferry.", "I don't know whether he left [1].", "我知道渡船走了。"]
)
def test_what_is_known_or_cited_stays_a_claim(text: str) -> None:
    assert read_draft(text).claims


def test_a_script_is_left_out_with_what_it_says() -> None:
    assert texts("<p>She left <b>[1]</b>.</p><script>alert(1)</script>") == ["She left."]
