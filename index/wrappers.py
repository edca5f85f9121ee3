"""HTML around and between paragraphs → the Markdown that says the same, and marks of our own.

Tags inside a line are left to `index.markup`. Two wrappers matter to pairing and become lines of
their own, opened and closed: the folded original and the block of one language.
"""

import re

FOLD, LANGUAGE, END, CUT = "\x01fold", "\x01language", "\x01end", "\x01cut"
"""Lines that stand for `<details>`, a `<div>` of one language, the end of either, a chunk mark."""

_ANY = re.compile(r"<[A-Za-z/!]")
_LONE_COMMENT = re.compile(r"^[ \t>]*<!--(?:(?!-->).)*-->[ \t]*$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--(?:(?!-->).){0,5000}-->", re.DOTALL)
_SUMMARY = re.compile(r"<summary\b[^>]*>(?:(?!</?summary\b).){0,500}</summary>", re.I | re.DOTALL)
_UNSPOKEN = re.compile(r"<(script|style)\b[^>]*>(?:(?!</\1).)*</\1>", re.I | re.DOTALL)
_TOOLTIP = re.compile(
    r"""<span\s+class=["'][^"'>]*tooltip-?text[^"'>]*["'][^>]*>[^<]*</span>""", re.IGNORECASE
)
_SPEAKER = re.compile(
    r"""<span\s+class=["'][^"'>]*speaker[^"'>]*["'][^>]*>\s*([^<]{1,80}?)\s*</span>\s*([:：]?)""",
    re.IGNORECASE,
)
_LANGUAGE_NOTE = re.compile(r"\s*[（(]\s*(?:中文|英文|Chinese|English)\s*[)）]", re.IGNORECASE)
_LANGUAGE_BLOCK = re.compile(
    r"""<(?:div|section)\b[^>]*\b(?:class|lang)=["'](?:[^"'>]*\s)?(?:lang-)?(?:en|zh)[\w-]*["'][^>]*>""",
    re.IGNORECASE,
)
_REPLACED = (
    (_LANGUAGE_BLOCK, f"\n\n{LANGUAGE}\n\n"),
    (re.compile(r"<details\b[^>]*>", re.I), f"\n\n{FOLD}\n\n"),
    (re.compile(r"</(?:details|div|section)\s*>", re.I), f"\n\n{END}\n\n"),
    (re.compile(r"(?:<br\s*/?>\s*){2,}", re.I), "\n\n"),
    (re.compile(r"<br\s*/?>[ \t]*\n?", re.I), "  \n"),
    (re.compile(r"<hr\s*/?>", re.I), "\n\n---\n\n"),
    (re.compile(r"<li\b[^>]*>", re.I), "\n- "),
    (re.compile(r"<h([1-6])\b[^>]*>", re.I), r"\n\n## "),
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
    text = _COMMENT.sub("", _LONE_COMMENT.sub(CUT, text))
    text = _TOOLTIP.sub("", _SUMMARY.sub("", _UNSPOKEN.sub("", text)))
    text = _SPEAKER.sub(_as_label, text)
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    return text


def _as_label(match: re.Match[str]) -> str:
    name = _LANGUAGE_NOTE.sub("", " ".join(match[1].split()))
    if not name.strip(" :："):
        return ""
    colon = "" if name.endswith((":", "：")) else match[2]
    return f"**{name}{colon}** "
