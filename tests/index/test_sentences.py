import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import MAX_SENTENCE, split_sentences, windows

# Sentences are parted by "|" here, which then is taken out (and a blank left where one is marked).
CUTS = [
    pytest.param("One. |Two! |Three?", id="en-three-stops"),
    pytest.param("Dr. Ada Lee met Mr. Roe vs. Ms. Poe. |Fine.", id="en-titles"),
    pytest.param("It grew 3.5 percent to 1,000.25 units. |Good.", id="en-decimals"),
    pytest.param("J. R. Stone and A. B. Wood wrote it. |We read it.", id="en-initials"),
    pytest.param("The U.S. market is big. |So is the E.U. |We sell in both.", id="en-u.s."),
    pytest.param("Fruit, e.g. apples, i.e. red ones. |Yes.", id="en-e.g."),
    pytest.param("It opens at 9 a.m. on Monday. |Come by 8 a.m. |We start early.", id="en-a.m."),
    pytest.param("See https://a.example/b?c=1&d=2.5 for it. |Thanks.", id="en-address"),
    pytest.param("We use Node.js and v2.0 here. |It works.", id="en-dots-in-names"),
    pytest.param("Well... maybe so. |Hmm... |Then we stopped.", id="en-ellipsis"),
    pytest.param('She said "Go." |Then he went.', id="en-quote-after-stop"),
    pytest.param('"Really?" he asked. |"Yes!" |She left.', id="en-quoted-question-goes-on"),
    pytest.param("(It rained.) |We waited.", id="en-parenthesis"),
    pytest.param("yes. we did that. |no caps here.".replace("yes. ", "yes. |"), id="en-lower"),
    pytest.param("1. Plant rice. |\n|2. Wait.".replace("|\n|", "\n|"), id="en-numbered-list"),
    pytest.param("It ended in 2020. |Then we moved.", id="en-number-ends-it"),
    pytest.param("Tea, coffee, etc. are sold. |We sell tea etc. |They buy it.", id="en-etc"),
    pytest.param("今天很好。|明天呢？|太棒了！", id="zh-three-stops"),
    pytest.param("他说：“好。”|然后走了。", id="zh-quote-after-stop"),
    pytest.param("「行嗎？」|她問。", id="zh-corner-quotes"),
    pytest.param("真的吗？！|是的……|我想想。", id="zh-runs-of-stops"),
    pytest.param("水要热；|茶要新。", id="zh-semicolon"),
    pytest.param("增长了3.5倍，从1,000到3,500。|不错。", id="zh-decimals"),
    pytest.param("大约是3。5倍。|对。", id="zh-wide-point-in-number"),
    pytest.param("我看了《你是谁？》这本书。|很好看。", id="zh-title"),
    pytest.param("他问“为什么？”，没人回答。|走吧。", id="zh-quoted-question-goes-on"),
    pytest.param("你喜欢茶吗?|我喜欢!|好的。", id="zh-half-width"),
    pytest.param("第一句。\n|第二行没有句号\n|第三行", id="zh-line-breaks"),
    pytest.param("我们用Node.js写。|It works.", id="mixed-dot-in-name"),
    pytest.param("We bought it from Acme. |我们很高兴。|Thanks.", id="mixed-alternating"),
    pytest.param("他在Acme Inc. 工作。|Dr. Lee 也在。", id="mixed-abbreviations"),
    pytest.param("这叫 machine learning.|我们都用。", id="mixed-latin-stop"),
    pytest.param("   ", id="blank"),
]


@pytest.mark.parametrize("marked", CUTS)
def test_sentences_end_where_marked(marked: str) -> None:
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|") if part.strip()]

    assert [text[start:end] for start, end in split_sentences(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("we went to the market and bought rice and tea " * 30, id="en"),
        pytest.param("先看叶子 再看水 八十度 对 " * 60, id="zh-blanks"),
        pytest.param("先看叶子，再看水，八十度，对，" * 60, id="zh-commas"),
        pytest.param("先看叶子再看水然后喝茶" * 60, id="zh-nothing"),
        pytest.param("一百二十万三千四百五十六" * 10 + "我们有一亿二千万人" * 50, id="zh-numerals"),
        pytest.param("它卖了1,234,567,890.50元然后" * 40, id="zh-digits"),
        pytest.param("用transformers训练attention模型" * 30, id="mixed"),
    ],
)
def test_long_stretches_are_cut_outside_words_and_numbers(text: str) -> None:
    spans = split_sentences(text)

    assert max(end - start for start, end in spans) <= MAX_SENTENCE
    assert min(end - start for start, end in spans) >= MAX_SENTENCE // 5
    for _, end in spans[:-1]:
        assert not re.fullmatch(r"[A-Za-z]{2}|[0-9][0-9,.]|[,.][0-9]", text[end - 1 : end + 1])
        assert not re.fullmatch("[一二三四五六七八九十百千万亿]{2}", text[end - 1 : end + 1])


def test_one_endless_word_stays_whole() -> None:
    assert split_sentences("x" * 1000) == [(0, 1000)]


@given(st.text(alphabet="ab Z.!?,;\n“”\"'()。！？；…，“”》茶水一万3", max_size=900))
def test_sentences_cover_everything_but_blanks_in_order(text: str) -> None:
    spans = split_sentences(text)
    outside = "".join(
        text[end:start]
        for end, start in zip(
            [0, *(end for _, end in spans)],
            [*(start for start, _ in spans), len(text)],
            strict=True,
        )
    )

    assert not outside.strip()
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


def test_windows_hold_three_sentences_and_overlap() -> None:
    text = (
        "The first one is here. The second one is here. The third one is here. And one more here."
    )

    assert [text[slice(*span)][-12:] for span in windows(text)] == [
        "one is here.",
        "ne more here."[1:],
    ]
    assert [text[slice(*span)].count(".") for span in windows(text)] == [3, 2]


def test_windows_join_very_short_sentences() -> None:
    text = "是的。对。我们从一开始就认为电力是最重要的资源。后来大家都同意了这个看法。嗯。"

    assert [text[slice(*span)] for span in windows(text, sentences=1, step=1)] == [
        "是的。对。我们从一开始就认为电力是最重要的资源。",
        "后来大家都同意了这个看法。嗯。",
    ]


def test_windows_hold_fewer_sentences_rather_than_too_many_characters() -> None:
    text = "这句话一共有十二个字呢。" * 10

    assert {end - start for start, end in windows(text, max_chars=30)} == {24}


@given(
    st.text(alphabet="ab Z.!?\n。！？…，茶水3", max_size=400), st.integers(1, 4), st.integers(1, 5)
)
def test_every_sentence_is_in_a_window(text: str, sentences: int, step: int) -> None:
    spans = windows(text, sentences=sentences, step=step)

    for start, end in split_sentences(text):
        assert any(first <= start and end <= last for first, last in spans)
    assert spans == sorted(set(spans))


def test_windows_refuse_nothing_at_all() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        windows("茶。", sentences=0)
