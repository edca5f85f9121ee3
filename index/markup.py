"""Marked-up lines → the words alone: wraps joined, marks, links, tags and entities gone.

Knows nothing of paragraphs or speakers. Plain prose passes through with every word kept.
"""

import html
import re
from collections.abc import Sequence

from index.language import HAN

INVISIBLE = "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff"
"""Characters that are not seen and only break words: soft hyphen, zero-width blanks, marks."""

WIDE = rf"{HAN}\u3001-\u303f\u3040-\u30ff\uff00-\uffef“”‘’…—"
"""What stands without blanks around it in Chinese, for use inside brackets."""

# Only tags that transcripts use: "x <y and z> w" is prose.
_TAGS = (
    "a|abbr|article|audio|b|big|blockquote|body|br|c|center|cite|code|dd|details|div|dl|dt|em|fig"
    "caption|figure|font|footer|h[1-6]|header|hr|html|i|iframe|img|ins|del|kbd|label|li|main|mark"
    "|nav|ol|p|pre|q|ruby|rt|s|section|small|source|span|strike|strong|sub|summary|sup|table|tbody"
    "|td|tfoot|th|thead|time|tr|tt|u|ul|video"
)
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED = re.compile("[\ue021-\ue07e]")
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\((?:[^()\n]|\([^()\n]*\)){0,2000}\)")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,1000})\]"
    r"\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+[\"'][^\"'\n]*[\"'])?\)"
)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\]")
_BLANK_AFTER_BOLD = re.compile(
    rf"(\*\*|__)[ \t]+(?=[，。！？；：、）」』”》】])|(?<=[{HAN}，。])[ \t]+(?=\*\*[，。])"
)
_BOLD = re.compile(r"\*{2,3}")
_ITALIC = re.compile(r"(?<![A-Za-z0-9*])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=\S)\*(?![A-Za-z0-9*])")
_UNDERLINED = re.compile(
    r"(?<![A-Za-z0-9_])(_{1,2})(?=[^\s_])([^\n]{1,300}?)(?<=[^\s_])\1(?![A-Za-z0-9_])"
)
_DUNDER = re.compile(r"__[a-z0-9_]+__")
_CODE = re.compile(r"(`{1,3})(?!`)([^`\n]{1,1000})\1(?!`)")
_STRUCK = re.compile(r"~~([^~\n]{1,1000})~~")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_BLANKS = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n[ \n]*")
_MARKS = re.compile(r"[\\*_`~<&\[]")
_WIDE_END = re.compile(rf"[{WIDE}][*_`]*$")
_WIDE_START = re.compile(rf"[*_`]*[{WIDE}]")
_FULL_END = re.compile(r"[，。！？；：、）」』”》】（「『“《【—…\u3000][*_`]*$")
_FULL_START = re.compile(r"[*_`]*[，。！？；：、）」』”》】（「『“《【—…]")
_HYPHEN_END = re.compile(r"\w-$")


def join_lines(lines: Sequence[str]) -> str:
    """Return hard-wrapped lines as one; two blanks at a line's end keep the break.

    Chinese meets Chinese, and full-width punctuation anything, without a blank; words of the two
    scripts, and Latin words, are one blank apart.
    """
    if len(lines) == 1:
        return lines[0].strip()
    joined: list[str] = []
    for line in lines:
        words = line.strip()
        if joined and words:
            joined.append(_border(joined[-1], words))
        if words:
            joined.append(words + "\n" if line.endswith("  ") else words)
    return "".join(joined).strip()


def strip_marks(text: str) -> str:
    """Return the words of inline Markdown and HTML, blanks collapsed, line breaks kept."""
    if _MARKS.search(text):
        text = _strip_marks(text)
    text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = _AROUND_BREAK.sub("\n", text)
    return text.strip()


def _border(before: str, after: str) -> str:
    """Return what stands between two lines of one paragraph."""
    if before.endswith("\n") or _HYPHEN_END.search(before):
        return ""
    if _FULL_END.search(before) or _FULL_START.match(after):
        return ""
    if _WIDE_END.search(before) and _WIDE_START.match(after):
        return ""
    return " "


def _strip_marks(text: str) -> str:
    escaped = "\\" in text
    if escaped:
        # A private character stands for each escaped one until the marks are gone.
        text = _ESCAPE.sub(lambda m: chr(0xE000 + ord(m[1])), text)
    if "[" in text:
        text = _FOOTNOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    if "<" in text:
        text = _TAG.sub("", _BREAK_TAG.sub("\n", text))
    if "`" in text:
        text = _CODE.sub(r"\2", text)
    if "*" in text or "_" in text:
        text = _strip_emphasis(text)
    if "~~" in text:
        text = _STRUCK.sub(r"\1", text)
    if "&" in text:
        text = _INVISIBLE.sub("", _ENTITY.sub(lambda m: html.unescape(m[0]), text))
    if escaped:
        text = _ESCAPED.sub(lambda m: chr(ord(m[0]) - 0xE000), text)
    return text


def _strip_emphasis(text: str) -> str:
    if "**" in text:
        text = _BLANK_AFTER_BOLD.sub(r"\1", text)
        is_paired = len(_BOLD.findall(text)) % 2 == 0
        text = _BOLD.sub(lambda m: _kept_stars(m, is_paired=is_paired), text)
    if "*" in text:
        text = _ITALIC.sub(r"\1", text)
    if "_" in text:
        text = _UNDERLINED.sub(lambda m: m[0] if _DUNDER.fullmatch(m[0]) else m[2], text)
    return text


def _kept_stars(match: re.Match[str], *, is_paired: bool) -> str:
    """Return the stars if they are arithmetic or code, nothing if they are a mark."""
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if before.isdigit() and after.isdigit():
        return match[0]
    if is_paired:
        return ""
    is_between_words = (before + after).isascii() and before.isalnum() and after.isalnum()
    is_apart = before.isspace() and after.isspace()
    return match[0] if is_between_words or is_apart else ""
