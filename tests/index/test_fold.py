import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fold import fold, fold_with_offsets

SAME = [
    pytest.param("GPU", "gpu", id="en-case"),
    pytest.param("Straße", "STRASSE", id="en-sharp-s"),
    pytest.param("café naïve", "cafe naive", id="en-accents"),
    pytest.param("cafe\u0301", "café", id="en-accent-apart"),
    pytest.param("“don’t”", '"don\'t"', id="en-quotes"),
    pytest.param("2010–2020 — yes", "2010-2020 - yes", id="en-dashes"),
    pytest.param("co\u00adoperate", "cooperate", id="en-soft-hyphen"),
    pytest.param("\ufeffHello\u200b", "hello", id="en-mark-and-zero-width"),
    pytest.param("a \t\n b\u00a0c ", "a b c", id="en-blanks"),
    pytest.param("ofﬁce", "office", id="en-ligature"),
    pytest.param("Ⅷ ½", "viii 1\u20442", id="en-compatibility"),
    pytest.param("臺灣的電腦軟體", "台湾的电脑软体", id="zh-traditional"),
    pytest.param("後來我們發現", "后来我们发现", id="zh-traditional-sentence"),
    pytest.param("樂", "乐", id="zh-compatibility-ideograph"),
    pytest.param("三十％，对！", "三十%,对!", id="zh-full-width-marks"),
    pytest.param("「算力」『电』", '"算力""电"', id="zh-corner-quotes"),
    pytest.param("八十\u200b度", "八十度", id="zh-zero-width"),
    pytest.param("电　力", "电 力", id="zh-wide-blank"),
    pytest.param("埃隆·马斯克", "埃隆・马斯克", id="zh-dot-in-name"),
    pytest.param("ＧＰＵ集羣", "gpu集群", id="mixed-width-and-script"),
    pytest.param("用 CUDA 寫程式", "用 cuda 写程式", id="mixed-case-and-script"),
    pytest.param("ｶﾞ", "ガ", id="ja-half-width"),
]
DIFFERENT = [
    pytest.param("3.5", "35", id="decimal-point"),
    pytest.param("re-sign", "resign", id="hyphen"),
    pytest.param("买", "卖", id="zh-other-word"),
    pytest.param("电 力", "电力", id="zh-blank"),
]
ORIGINALS = [
    pytest.param("He said: “It’s  HUGE”.", "it's huge", "It’s  HUGE", id="en"),
    pytest.param("an ofﬁce here", "fic", "ﬁc", id="en-inside-ligature"),
    pytest.param("  plain   words  ", "plain words", "plain   words", id="en-ascii"),
    pytest.param("我們認為電力很重要。", "认为电力", "認為電力", id="zh"),
    pytest.param("用 ＧＰＵ　訓練，對", "gpu 训练,", "ＧＰＵ　訓練，", id="mixed"),
    pytest.param("八十\u200b度水", "八十度", "八十\u200b度", id="zh-zero-width"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_fold_makes_what_only_looks_different_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_fold_keeps_what_is_different_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("text", "folded", "original"), ORIGINALS)
def test_offsets_lead_back_to_the_original(text: str, folded: str, original: str) -> None:
    whole, offsets = fold_with_offsets(text)
    start = whole.index(folded)

    assert text[offsets[start] : offsets[start + len(folded)]] == original


@given(st.text())
def test_offsets_belong_to_the_folded_text(text: str) -> None:
    folded, offsets = fold_with_offsets(text)

    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
