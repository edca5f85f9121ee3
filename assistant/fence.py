"""Paragraphs → the lines a model is shown of them: material, between marks no transcript can write.

Every line of a transcript stands behind a bar, so that none can begin as a line of ours does.
Inside, what could pass for a mark of ours is taken away: angle brackets, numbers in square
brackets, rows of marks that fences are made of, invisible and turning characters. Only the copy for
the model changes; citations are cut from the paragraph itself.
"""

import re
import unicodedata
from collections.abc import Iterable

import prompts
from assistant.events import Found
from assistant.orders import without_orders
from assistant.records import Source
from index.records import Language, Paragraph

BAR = "│ "
MOST_CHARACTERS = 3_000
"""Of a paragraph shown at once; longer ones are rare, and may be read on."""
MOST_IN_LABEL = 90
"""Characters of a name, a title or a heading."""

_LIKE_BRACKETS = str.maketrans(
    {
        **dict.fromkeys("<＜﹤〈《⟨‹«❮❰⧼˂", "‹"),
        **dict.fromkeys(">＞﹥〉》⟩›»❯❱⧽˃", "›"),
        **dict.fromkeys("|｜¦│┃", "/"),
    }
)
_TAG = re.compile(
    r"[<＜﹤⟨❮❰⧼˂]\s*[|｜/／]*\s*[\w|｜/／!?][^<>＜＞\n]{0,80}[>＞﹥⟩❯❱⧽˃]?|[<＜﹤⟨❮❰⧼˂>＞﹥⟩❯❱⧽˃]"
)
_MARKER = re.compile(
    r"[\[【［〔⟦⁅〖]+(\s*\^?\s*(?:[A-Za-z\u4e00-\u9fff]{0,10}\s*[:#№]?\s*)?[\d０-９¹²³⁰-⁹①-⑳一二三四五六七八九十]{1,4}"
    r"(?:\s*[,，、;；~～–—†-]\s*[\d０-９]{1,4})*[^\]】］〕⟧⁆〗]{0,12})[\]】］〕⟧⁆〗]+"
)  # fmt: skip
_ROWS = re.compile(r"`{2,}|'{3,}|\"{3,}|~{3,}|-{3,}|={3,}|#{2,}|\*{3,}|_{3,}|\{\{|\}\}")
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cn", "Cs", "Mn", "Me"))
_KEPT = frozenset("\n\t")


def show_evidence(
    found: Iterable[Found],
    *,
    language: Language,
    wanted: Language | None = None,
    interviews: dict[str, int],
    before: frozenset[int] = frozenset(),
    without: bool = False,
) -> str:
    """Return numbered paragraphs as a model is shown them.

    Args:
        found: the paragraphs, with their numbers.
        language: of our own words around them.
        wanted: the text shown of a paragraph that has two; None shows that of `language`.
        interviews: interview id to its number.
        before: numbers that stand in full above; they get a line only.
        without: whether words addressed to a program are left out.
    """
    blocks = [
        _block(each, language, wanted or language, interviews, before, without=without)
        for each in found
    ]
    return "\n\n".join(blocks)


def show_label(text: str) -> str:
    """Return a name, a title or a heading of a transcript on one short line."""
    line = " ".join(defused(text).split())
    return line if len(line) <= MOST_IN_LABEL else f"{line[:MOST_IN_LABEL]}…"


def show_place(number: int, source: Source, language: Language, interviews: dict[str, int]) -> str:
    """Return the line that says which paragraph it is: number, who, where, when."""
    paragraph, interview = source.paragraph, source.interview
    who = paragraph.speaker or ""
    if paragraph.role == "editor":
        who = prompts.render(f"notes.{language}#editor")
    heading = f" {show_label(source.heading)}" if source.heading else ""
    parts = [show_label(who), interview.date or "", show_label(interview.title)]
    where = f"interview {interviews[interview.id]} §{source.section}{heading}"
    return f"[{number}] " + " · ".join([part for part in parts if part] + [where])


def defused(text: str) -> str:
    """Return a text without anything that could pass for a mark of ours."""
    seen = "".join(c if c in _KEPT or unicodedata.category(c) not in _UNSEEN else "" for c in text)
    plain = _MARKER.sub(lambda m: f"({unicodedata.normalize('NFKC', m[1]).strip()})", seen)
    plain = _TAG.sub(lambda m: m[0].translate(_LIKE_BRACKETS), plain)
    return _ROWS.sub(lambda m: m[0][0], plain)


def text_shown(paragraph: Paragraph, wanted: Language) -> str:
    """Return the text of a paragraph in a language, or the one it has."""
    return paragraph.texts.get(wanted) or next(iter(paragraph.texts.values()))


def _block(
    found: Found,
    language: Language,
    wanted: Language,
    interviews: dict[str, int],
    before: frozenset[int],
    *,
    without: bool,
) -> str:
    place = show_place(found.number, found.source, language, interviews)
    if found.number in before:
        return f"{place} {prompts.render(f'notes.{language}#shown_before')}"
    words = text_shown(found.source.paragraph, wanted)
    kept = without_orders(words) if without else words
    lines = [BAR + line for line in defused(kept[:MOST_CHARACTERS]).splitlines() if line.strip()]
    if len(kept) > MOST_CHARACTERS:
        lines.append(prompts.render(f"notes.{language}#cut"))
    if kept != words:
        lines.append(prompts.render(f"notes.{language}#left_out"))
    elif without_orders(words) != words:
        lines.insert(0, prompts.render(f"notes.{language}#orders"))
    return "\n".join([place, *lines])
