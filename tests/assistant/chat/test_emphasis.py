import pytest
from markdown_it import MarkdownIt

from assistant.chat.emphasis import reader


def shape(text: str, markdown: MarkdownIt | None = None) -> str:
    """Return inline Markdown with its bold as <b>, slanted as <i>, citations as ⟦n⟧."""
    (inline,) = [t for t in (markdown or reader()).parse(text) if t.type == "inline"]
    names = {
        "strong_open": "<b>",
        "strong_close": "</b>",
        "em_open": "<i>",
        "em_close": "</i>",
        "link_open": "<a>",
        "link_close": "</a>",
    }
    return "".join(
        f"⟦{t.content}⟧" if t.type == "citation" else names.get(t.type, t.content)
        for t in inline.children or ()
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("**注意：**这里", "<b>注意：</b>这里"),
        ("**“引号”**后面", "<b>“引号”</b>后面"),
        ("**价格（太高）**是", "<b>价格（太高）</b>是"),
        ("这是**重点。**然后", "这是<b>重点。</b>然后"),
        ("他说**“好”**吗", "他说<b>“好”</b>吗"),
        ("见**《定价》**一书", "见<b>《定价》</b>一书"),
        ("这是**重点**，然后", "这是<b>重点</b>，然后"),
        ("**GPU（H100）**的价格", "<b>GPU（H100）</b>的价格"),
        ("**重点。**English", "<b>重点。</b>English"),
        ("*注意：*这里", "<i>注意：</i>这里"),
        ("**外面*里面。*外面**吗", "<b>外面<i>里面。</i>外面</b>吗"),
        ("**一。**二**三。**", "<b>一。</b>二<b>三。</b>"),
    ],
)
def test_bold_works_beside_chinese_marks(text: str, read: str) -> None:
    assert shape(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "3 * 4 * 5 = 60",
        "单价 * 数量 ** 2",
        "** 不是粗体 **",
        "snake_case_name",
        "_名字_在",
        "2**3",
        "**not closed",
        "**没有结束",
        "a **b**c**",
        'a*"b"*c',
        "**bold** and *slanted*",
        "__bold__ here",
        "x* y *z",
    ],
)
def test_the_rest_reads_as_commonmark_has_it(text: str) -> None:
    assert shape(text) == shape(text, MarkdownIt("commonmark"))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("fell [1].", "fell ⟦1⟧."),
        ("下降[1][12]。", "下降⟦1⟧⟦12⟧。"),
        ("**下降[3]。**", "<b>下降⟦3⟧。</b>"),
        ("[1](https://example.org)", "<a>1</a>"),
        ("[2023年]", "[2023年]"),
        ("[]", "[]"),
        ("`[1]`", "[1]"),
        (r"\[1\]", "[1]"),
    ],
)
def test_citations_are_found(text: str, read: str) -> None:
    assert shape(text) == read


def test_a_model_cannot_make_a_citation_its_own_link() -> None:
    tokens = reader().parse("因为[1]。\n\n[1]: https://example.org")

    assert [t.content for t in tokens if t.type == "inline"][1] == "[1]: https://example.org"
    assert not [c for t in tokens for c in t.children or () if c.type == "link_open"]


@pytest.mark.parametrize("text", ["<script>x</script>", "<b>粗</b>", "[x](javascript:alert(1))"])
def test_nothing_in_it_runs(text: str) -> None:
    assert shape(text) == text
