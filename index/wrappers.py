"""HTML around and between paragraphs → the Markdown that says the same, and marks of our own.

Tags inside a line are left to `index.markup`. Two wrappers matter to pairing and become lines of
their own, opened and closed: the folded original and the block of one language.
"""

import re

FOLD, LANGUAGE, END, CUT = "\x01fold", "\x01language", "\x01end", "\x01cut"
"""Lines that stand for `<details>`, a `<div>` of one language, the end of either, a chunk mark."""

_ANY = re.compile(r"<[A-Za-z/!]")
_SUMMARY = re.compile(
    r"<summary\b[^<>]{0,400}>(?:(?!</?summary\b).){0,500}</summary>", re.I | re.DOTALL
)
_UNSPOKEN = re.compile(r"<(script|style)\b[^<>]{0,400}>(?:(?!</?\1).)*</\1>", re.I | re.DOTALL)
_TOOLTIP = re.compile(
    r"""<span\s+class=["'][^"'>]*tooltip-?text[^"'>]*["'][^<>]{0,400}>[^<]*</span>""", re.IGNORECASE
)
_SPEAKER = re.compile(
    r"""<span\s+class=["'][^"'>]*speaker[^"'>]*["'][^<>]{0,400}>\s*([^<]{1,80}?)\s*</span>\s*([:：]?)""",
    re.IGNORECASE,
)
_LANGUAGE_NOTE = re.compile(r"\s*[（(]\s*(?:中文|英文|Chinese|English)\s*[)）]", re.IGNORECASE)
_LANGUAGE_BLOCK = re.compile(
    r"""<(?:div|section)\b[^<>]{0,400}\b(?:class|lang)=["'](?:[^"'>]*\s)?(?:lang-)?(?:en|zh)[\w-]*["'][^<>]{0,400}>""",
    re.IGNORECASE,
)
_REPLACED = (
    (_LANGUAGE_BLOCK, f"\n\n{LANGUAGE}\n\n"),
    (re.compile(r"<details\b[^<>]{0,400}>", re.I), f"\n\n{FOLD}\n\n"),
    (re.compile(r"</(?:details|div|section)\s*>", re.I), f"\n\n{END}\n\n"),
    (re.compile(r"(?:<br\s*/?>\s*){2,}", re.I), "\n\n"),
    (re.compile(r"<br\s*/?>[ \t]*\n?", re.I), "  \n"),
    (re.compile(r"<hr\s*/?>", re.I), "\n\n---\n\n"),
    (re.compile(r"<li\b[^<>]{0,400}>", re.I), "\n- "),
    (re.compile(r"<h([1-6])\b[^<>]{0,400}>", re.I), r"\n\n## "),
    (
        re.compile(
            r"</?(?:p|div|section|article|header|footer|main|nav|ul|ol|table|tr|blockquote|center"
            r"|figure|body|html|h[1-6])(?:\s[^<>]*)?/?>",
            re.IGNORECASE,
        ),
        "\n\n",
    ),
    (re.compile(r"</?(?:b|strong)>", re.I), "**"),
)


def unwrap(text: str) -> str:
    """Return the text with block tags as blank lines, marks of our own and Markdown.

    Comments, summaries, scripts and tooltips (glosses, never spoken) go; a `span` of class
    speaker is a bold label.
    """
    if not _ANY.search(text):
        return text
    text = _drop_comments(text)
    text = _TOOLTIP.sub("", _SUMMARY.sub("", _UNSPOKEN.sub("", text)))
    text = _SPEAKER.sub(_as_label, text)
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    return text


def _drop_comments(text: str) -> str:
    """Return the text without comments; one that has its line to itself leaves a chunk mark."""
    kept: list[str] = []
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (stop := text.find("-->", start)) >= 0:
        line_before = text[max(text.rfind("\n", end, start) + 1, end) : start]
        kept.append(text[end:start])
        is_alone = not line_before.strip(" \t>") and text[stop + 3 : stop + 4] in ("\n", "")
        kept.append(CUT if is_alone else "")
        end = stop + 3
    return "".join([*kept, text[end:]])


def _as_label(match: re.Match[str]) -> str:
    name = _LANGUAGE_NOTE.sub("", " ".join(match[1].split()))
    if not name.strip(" :："):
        return ""
    colon = "" if name.endswith((":", "：")) else match[2]
    return f"**{name}{colon}** "
