import pytest

from index.language import chinese_share, detect_language, is_mixed, is_surely
from index.records import Language

TEXTS = [
    pytest.param("Compute is a basic resource.", "en", id="en"),
    pytest.param("算力是一种基础资源。", "zh", id="zh"),
    pytest.param("運算能力是基礎資源。", "zh", id="zh-traditional"),
    pytest.param("什么是 reinforcement learning from human feedback?", "zh", id="zh-about-latin"),
    pytest.param("NVIDIA的GPU", "zh", id="zh-names-joined-by-particle"),
    pytest.param("他怎么看 OpenAI 和 Microsoft 的合作", "zh", id="zh-two-latin-names"),
    pytest.param("What did 黄仁勋 say about 英伟达?", "en", id="en-about-chinese"),
    pytest.param("How is the word 缘分 used?", "en", id="en-quotes-a-word"),
    pytest.param("Who is 李飞飞?", "en", id="en-short-about-chinese"),
    pytest.param("GPU 集群", "zh", id="no-grammar-larger-share"),
    pytest.param("", "en", id="empty"),
    pytest.param("2024 — 30%", "en", id="neither"),
    pytest.param("Привет", "en", id="other-script"),
]
SHARES = [
    pytest.param("", 0, id="empty"),
    pytest.param("2024!", 0, id="neither"),
    pytest.param("power", 0, id="en"),
    pytest.param("电力", 1, id="zh"),
    pytest.param("电力 2024, 30%", 1, id="zh-digits-weigh-nothing"),
    pytest.param("电GPU", 0.5, id="one-character-against-three-letters"),
    pytest.param("电力 power grid", 0.4, id="mixed"),
]
MIXTURES = [
    pytest.param("Electric power. 电力。", True, id="sentence-and-translation"),
    pytest.param("我们用 CUDA 编程", True, id="zh-with-term"),
    pytest.param("我们从一开始就用 AI 来设计所有的芯片产品。", False, id="zh-with-a-short-term"),
    pytest.param("They call it guanxi, 关系, and it takes many years.", False, id="en-with-a-word"),
    pytest.param("电力", False, id="zh"),
    pytest.param("power", False, id="en"),
    pytest.param("", False, id="empty"),
]


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_language_is_the_one_that_holds_the_text_together(text: str, language: Language) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(("text", "share"), SHARES)
def test_share_weighs_characters_against_letters(text: str, share: float) -> None:
    assert chinese_share(text) == pytest.approx(share)


@pytest.mark.parametrize(("text", "mixed"), MIXTURES)
def test_mixed_means_both_carry_a_real_part(text: str, mixed: bool) -> None:
    assert is_mixed(text) is mixed


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("谁出的钱？", "zh", True, id="zh"),
        pytest.param("OpenAI 为什么把这家公司的股票卖了？", "zh", True, id="zh-with-a-name"),
        pytest.param("誰為這座新窯付了錢？", "zh", True, id="zh-traditional"),
        pytest.param("沈砚秋", "zh", False, id="zh-name"),
        pytest.param("北京和平门", "zh", False, id="zh-name-that-holds-a-word"),
        pytest.param("Who paid for it?", "en", True, id="en"),
        pytest.param("What did 沈砚秋 say about the 电池?", "en", True, id="en-with-names"),
        pytest.param("What does 的 mean in it?", "en", False, id="en-about-a-word"),
        pytest.param("The Who", "en", False, id="en-name-of-words"),
        pytest.param("Low Tide Ministry", "en", False, id="en-title"),
        pytest.param("2024", "en", False, id="number"),
        pytest.param("", "zh", False, id="empty"),
    ],
)
def test_a_language_is_sure_by_its_grammar(text: str, language: Language, expected: bool) -> None:
    assert is_surely(text, language) is expected
