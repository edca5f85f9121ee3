import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from assistant.records import Verdict
from assistant.wiring import sample_folder
from evals.agreement import BY_OTHERS, CELLS, accuracy, confusion, kappa, passes, report, standing
from evals.labelled import CLAIMS, Half, Judged, Labelled, judge_all, read_labelled, read_sources
from index.errors import InputError

FLOORS = {"en": 0.90, "zh": 0.90, "crossing": 0.90}
"""What is asked of the claims that the rules were made with."""
FLOORS_UNSEEN = {"en": 0.66, "zh": 0.52, "crossing": 0.6}
"""Under what was measured on claims by others that nobody looked at: a fall below is a fault."""


def judged(label: Verdict, verdict: Verdict, cell: str = "en") -> Judged:
    return Judged(Labelled("x-1", cell, "It froze.", (), label, "", "tuning"), verdict, (), 0.001)


def test_figures_of_a_small_table() -> None:
    table = [
        judged("supported", "supported"),
        judged("supported", "partly"),
        judged("unsupported", "unsupported"),
        judged("unverifiable", "unsupported"),
    ]

    assert accuracy(table) == 0.5
    assert standing(table) == 0.75
    assert confusion(table)["supported", "partly"] == 1
    # By chance: labels 2, 0, 1, 1 times verdicts 1, 1, 2, 0, over 16.
    assert kappa(table) == pytest.approx((0.5 - 4 / 16) / (1 - 4 / 16))


def test_figures_of_nothing_are_none() -> None:
    assert accuracy([]) is None
    assert standing([]) is None
    assert kappa([]) is None
    assert kappa([judged("supported", "supported")]) is None


def test_every_cell_has_to_pass() -> None:
    table = [judged("supported", "supported", cell) for cell in ("en", "zh", "en-zh")]

    assert passes(table)
    assert not passes([*table, judged("supported", "partly", "zh-en")])
    assert not passes(table[:2])


def test_a_line_that_is_no_claim_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "claims.jsonl"
    broken.write_text('{"id": "en-001"}\n', encoding="utf-8")

    with pytest.raises(InputError, match="line 1"):
        read_labelled(broken)


def test_the_set_is_what_it_should_be() -> None:
    claims = read_labelled(CLAIMS)
    sources = read_sources(sample_folder())
    cells = Counter(claim.cell for claim in claims)
    wrong = [c for c in claims if c.label == "unsupported" and c.detail != "not told"]

    assert len(claims) >= 550
    assert {claim.half for claim in claims} == {*get_args(Half)}
    assert len({claim.id for claim in claims}) == len(claims)
    assert min(cells[cell] for cell in CELLS) >= 60
    assert len(wrong) * 3 >= len(claims)
    assert Counter(c.half for c in claims)["unseen"] == 160
    assert {c.label for c in claims} == {"supported", "partly", "unsupported", "unverifiable"}
    assert all(name in sources for claim in claims for name in claim.paragraphs)
    assert all(json.dumps(claim.claim) for claim in claims)


def test_the_check_agrees_with_the_labels() -> None:
    own = [claim for claim in read_labelled(CLAIMS) if claim.half not in BY_OTHERS]
    everything = judge_all(own, read_sources(sample_folder()))

    assert passes(everything)
    for cell in CELLS:
        part = [j for j in everything if j.labelled.cell == cell]
        assert (accuracy(part) or 0) >= FLOORS[cell], cell
    # The gravest fault: something wrong in a quotation passes.
    quotes = [j for j in everything if j.labelled.detail == "quote"]
    assert quotes
    assert all(j.verdict == "unsupported" for j in quotes)


@pytest.mark.slow
def test_the_check_agrees_with_the_labels_of_others_as_far_as_it_did() -> None:
    unseen = [claim for claim in read_labelled(CLAIMS) if claim.half == "unseen"]
    everything = judge_all(unseen, read_sources(sample_folder()))

    for cell in CELLS:
        part = [j for j in everything if j.labelled.cell == cell]
        assert (accuracy(part) or 0) >= FLOORS_UNSEEN[cell], cell


def test_the_parts_of_a_cell_have_lines_of_their_own() -> None:
    one = judged("supported", "supported")
    other = Judged(replace(one.labelled, half="held", detail="unit"), "partly", (), 0.001)

    page = report([one, other], names=False)

    assert "  tuning" in page
    assert "  held" in page
    assert "unit" in page
    assert "x-1" not in page


def test_the_report_names_what_disagrees() -> None:
    page = report([judged("supported", "partly"), judged("supported", "supported", "zh")])

    assert "x-1 supported → partly" in page
    assert "crossing" in page
