"""Blocks → the metadata among them, and the blocks without what was never part of the interview.

Label lines under the title become metadata; tables of contents, lists of links to other pieces,
references, counts and site chrome go. Nothing that could be a turn is taken.
"""

import re
from collections.abc import Iterator, Sequence

from index.blocks import Block, clean_heading
from index.fold import fold
from index.labels import is_name
from index.markup import strip_marks
from index.vocabulary import CHROME, FIELDS, SPOKEN_FIELDS

_SPOKEN = re.compile(
    r"[我你您]|大家|各位|欢迎|\b(?:I|you|we|my|your|our|hello|hi|welcome|yes|no|okay)\b", re.I
)
_FIELD = re.compile(r"[\s>*_•+\-]*(?P<key>[^:：*]{1,24}?)[\s*_]*[:：][\s*_]*(?P<value>.*)")
_COUNTS = re.compile(
    r"[*_\s]*(?:(?:[英中]文)?总?字数|(?:[英中]文)?(?:预[计估])?阅读时间"
    r"|word count|reading time)[*_\s]*[:：].{0,160}",
    re.I | re.S,
)
_COUNT_IN_LINE = re.compile(r"\s*\|\s*|\s+(?=(?:总字数|预[计估]阅读时间|字数)\s*[:：])")
_HEAD_BLOCKS = 20
_CONTENTS = re.compile(
    r"(?:内容|本期|章节|文章)?(?:目录|目錄|导航|導航)|(?:table of )?contents|chapters?"
    r"|timestamps|时间戳|时间轴"
)
_FOOTER = re.compile(
    r"(?:往期(?:精选|回顾|推荐|文章|内容)|推荐阅读|相关(?:阅读|文章|推荐|链接)|延伸阅读|更多(?:阅读|文章|内容)|猜你喜欢|版本"
    r"|related(?: (?:posts|articles|reading|episodes))?|further reading|read (?:more|next)"
    r"|versions|see also"
    r"|(?:previous|other|more) (?:episodes|interviews))[:：]?"
)
_CREDIT = re.compile(r"授权|转载|公开发(?:布|表)于|(?:re)?published with permission", re.IGNORECASE)
_REFERENCE = re.compile(
    r"[_*\s]*(?:参考(?:资料|文献|链接|来源)|资料来源|原文链接|原视频(?:链接)?|视频链接|素材来源"
    r"|references?|sources?|original (?:video|link))"
    r"[_*\s]*[:：].{0,400}",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*[^()]*\)|https?://\S+")
_WORD = re.compile(r"\w")


def take_fields(blocks: Sequence[Block]) -> tuple[dict[str, str], list[Block]]:
    """Return the label lines among the first blocks as metadata, and the other blocks.

    A line counts when its label is a known field of transcripts; `嘉宾：` with a long sentence
    after it is a turn.
    """
    fields: dict[str, str] = {}
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        found = _read_fields(block) if place < _HEAD_BLOCKS and block.kind != "heading" else None
        if found:
            fields = found | fields
        else:
            kept.append(block)
    return fields, kept


def drop_furniture(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that may hold words of the interview or about it."""
    kept: list[Block] = []
    footer_level = 0
    in_contents = False
    for block, is_listed in zip(blocks, _in_link_list(blocks), strict=True):
        if block.kind == "heading":
            words = fold(clean_heading(block.lines[0]))
            in_contents = bool(_CONTENTS.fullmatch(words))
            if footer_level and block.level > footer_level:
                continue
            footer_level = block.level if _FOOTER.fullmatch(words) else 0
            if in_contents or footer_level:
                continue
        elif (
            footer_level
            or is_listed
            or (in_contents and block.kind == "item")
            or _is_furniture(block)
        ):
            continue
        kept.append(block)
    return kept


def _read_fields(block: Block) -> dict[str, str] | None:
    """Return the fields of a block that holds nothing else, None for any other block."""
    found: dict[str, str] = {}
    key = ""
    for line in block.lines:
        match = _FIELD.fullmatch(line)
        name = strip_marks(match["key"]).strip() if match else ""
        if match and fold(name) in FIELDS:
            key, value = name, strip_marks(match["value"])
            value = _COUNT_IN_LINE.split(value)[0]
            if fold(key) in SPOKEN_FIELDS and not _is_names(value):
                return None
            found[key] = value
        elif key and not _COUNTS.fullmatch(line):
            found[key] = f"{found[key]} {strip_marks(line)}".strip()
        elif key:
            continue
        else:
            return None
    if any(fold(key) in SPOKEN_FIELDS and not value for key, value in found.items()):
        return None
    return found


def _is_names(value: str) -> bool:
    """Whether a field holds names and no words somebody says."""
    value = re.sub(r"[（(][^（）()]*[)）]|@\S+", "", value)
    if _SPOKEN.search(value):
        return False
    if re.search(r"[。.]\s*$", value):  # a name and what the person does
        value = re.split(r"[，,]", value)[0]
    names = [name.strip() for name in re.split(r"[，、,;；/]|\band\b", value)]
    return all(is_name(name) for name in names if name)


def _in_link_list(blocks: Sequence[Block]) -> Iterator[bool]:
    """Yield for each block whether it is one of two or more list items that only link."""
    links = [block.kind == "item" and _is_link(block.text) for block in blocks]
    for place, is_link in enumerate(links):
        before = place > 0 and links[place - 1]
        after = place + 1 < len(links) and links[place + 1]
        yield is_link and (before or after)


def _is_link(text: str) -> bool:
    """Whether a link is all there is, a number or a mark aside."""
    rest, links = _LINK.subn("", text)
    return links > 0 and len(_WORD.findall(re.sub(r"^\s*\d{1,2}[.)]", "", rest))) <= 4


def _is_furniture(block: Block) -> bool:
    text = block.text
    if len(text) > 600:
        return False
    if fold(strip_marks(text)).rstrip(": ") in CHROME or _COUNTS.fullmatch(text):
        return True
    if text.startswith("_") and text.endswith("_") and _CREDIT.search(text):
        return True
    return bool(_REFERENCE.fullmatch(text)) and (
        "http" in text or "](" in text or text.startswith("_")
    )
