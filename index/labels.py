"""One line → the speaker label it may begin with.

Only the form is judged here. Whether a candidate names a speaker is known when the whole file was
read: see `index.speakers`.
"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from index.fold import fold
from index.language import HAN
from index.markup import strip_marks
from index.times import RANGE, STAMP, read_time
from index.vocabulary import PRONOUNS, STOP_WORDS, TOPICS

Form = Literal["bold", "plain", "timed", "bare", "line", "same", "change"]


@dataclass(frozen=True, slots=True)
class Label:
    """What may be a speaker's name at the start of a line."""

    name: str
    form: Form
    """bold `**Ann:**`, plain `Ann:`, timed `Ann (00:12):`, bare `**Ann**`, line: nothing but the
    name; same `(00:13):` the speaker goes on; change `>>` somebody else, unnamed."""
    rest: str
    """The line after the label, marks kept."""
    time: str | None = None
    is_inside: bool = False
    """Whether the line begins in mid-sentence: no evidence, and a turn only if the name is."""


LANGUAGE_TAG = re.compile(
    r"\A\s*[*_]*[(（\[]?(?:english|chinese|en|zh|中文|英文|英|中|原文)[)）\]]?[*_]*\s*[:：][*_]*\s*(?=\S)",
    re.IGNORECASE,
)
"""A line's own word on its language, before a label or the text."""

_BOLD = re.compile(
    rf"(?:{STAMP}\s*[:：]?\s*)?\*{{1,3}}(?=[^\s*])(?P<name>[^*\n]{{1,90}}?)\s*(?P<inside>[:：])?\s*\*{{1,3}}"
    rf"\s*(?:{STAMP}|(?P<time>{RANGE}))?\s*(?P<outside>[:：])?(?P<rest>.*)",
    re.DOTALL,
)
_PLAIN = re.compile(
    rf"(?:\*{{0,3}}{STAMP}\*{{0,3}}\s*[:：]?\s*)?(?P<name>[^\s:：,，。！？!?…“”>|*#<`\-][^:：\n]{{0,59}}?)\s*"
    rf"(?P<colon>[:：])(?P<rest>(?:\s|[{HAN}“\"（(【\[]|$|(?<=：)).*)",
    re.DOTALL,
)
_TIMED = re.compile(
    rf"(?P<name>[^\s:：,，。！？!?…“”>|*#<`\d(\[（【][^:：\n]{{0,59}}?)\s*(?:{STAMP}|\s{RANGE})\s*(?P<colon>[:：])?(?P<rest>.*)",
    re.DOTALL,
)
_SAME = re.compile(rf"{STAMP}\s*[:：](?!\s*\S{{1,40}}[:：])(?P<rest>.*)", re.DOTALL)
_CHANGE = re.compile(r"(?:>{2,3}|&gt;&gt;)\s*(?P<rest>.*)", re.DOTALL)
_DIARISED = re.compile(
    r"\[?(?P<name>SPEAKER[ _]\d+)\]?\s*[:：]?\s+(?P<rest>\S.*)"
    r"|\[(?P<boxed>Speaker \w+)\]\s*[:：]?\s*(?P<boxed_rest>.*)",
    re.DOTALL,
)
_LINE = re.compile(rf"[A-Z{HAN}][\w .'’·•\-]{{0,39}}")
_TIMES = re.compile(rf"\s*(?:{STAMP}|{RANGE})\s*")
_LANGUAGE_NOTE = re.compile(r"\s*[（(]\s*(?:中文|英文|Chinese|English)\s*[)）]", re.IGNORECASE)

_ROLES = re.compile(r"\s*(?:\((?:[^()]|\([^()]*\))*\)|（[^（）]*）)\s*")
_LATIN_WORD = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ0-9][\w.'’\-]*|van|von|der|den|de|da|di|du|del|la|le|of|the|and|bin|al|el|y|&)"
)
_NAME = re.compile(rf"[\w{HAN} .'’·•．・‧&/,，、\-]+")
_LETTER = re.compile(r"[^\W\d_]")
_GENERIC = re.compile(
    r"(?:speaker|spk|voice|host|co-?host|guest|interviewer|interviewee|moderator"
    r"|audience(?: member)?|announcer|narrator|reporter|questioner"
    r"|man|woman|male|female|unidentified speaker|q|a"
    r"|发言人|说话人|嘉宾|主持人|主持|记者|采访者|采访人|受访者|受访人|提问者|观众|听众|网友|旁白|司仪"
    r"|讲述者|主讲人|众人|众|问|答)"
    r"[\s_\-]*(?:\d{1,3}|[a-z]|[一二三四五六七八九十甲乙丙丁])?"
)  # fmt: skip
_DIARISED_NAME = re.compile(r"\[?(?:speaker|spk|voice|发言人|说话人)[\s_\-]*(?:\d{1,3}|[a-z])?\]?")
_VERBS = tuple("说道问称曰指想讲")
_VERB_WORDS = (
    "表示",
    "认为",
    "指出",
    "回答",
    "强调",
    "提到",
    "写道",
    "例如",
    "比如",
    "如下",
    "包括",
)


def read_label(line: str) -> Label | None:
    """Return the label a line begins with, if its form is one; the name is not judged."""
    line = line.strip()
    for first, read in _READERS:
        if line[:1] in first and (label := read(line)):
            return label
    head = line[:100]
    if (":" in head or "：" in head) and (label := _from_plain(line)):
        return label
    if len(line) <= 40 and _LINE.fullmatch(line):
        return Label(line, "line", "")
    return None


def _from_change(line: str) -> Label | None:
    match = _CHANGE.fullmatch(line)
    return Label("", "change", match["rest"]) if match else None


def _from_same(line: str) -> Label | None:
    match = _SAME.fullmatch(line)
    return Label("", "same", match["rest"], read_time(line)) if match else None


def _from_diarised(line: str) -> Label | None:
    match = _DIARISED.fullmatch(line)
    if not match:
        return None
    rest = match["rest"] or match["boxed_rest"] or ""
    return Label(match["name"] or match["boxed"], "timed", rest)


def _from_bold(line: str) -> Label | None:
    match = _BOLD.fullmatch(line) if "*" in line[:30] else None
    if not match:
        return None
    has_colon = bool(match["inside"] or match["outside"])
    head = match.string[: match.start("rest")]
    name, time = _split_time(match["name"])
    if not name:
        return None
    is_single = not match.string.lstrip("\\[](（)）【】0123456789:. ").startswith("**")
    if is_single and not has_colon:
        return None
    return Label(name, "bold" if has_colon else "bare", match["rest"], time or read_time(head))


_READERS: tuple[tuple[str, Callable[[str], Label | None]], ...] = (
    ("*[(（【\\", _from_bold),
    (">&", _from_change),
    ("[(（【\\", _from_same),
    ("[S", _from_diarised),
)


def _from_plain(line: str) -> Label | None:
    timed = _TIMED.fullmatch(line)
    if timed and (timed["colon"] or not timed["rest"].strip()):
        head = line[: timed.start("rest")]
        return Label(
            _name(timed["name"]), "timed", timed["rest"], read_time(head[len(timed["name"]) :])
        )
    plain = _PLAIN.fullmatch(line)
    if not plain:
        return None
    name, time = _split_time(plain["name"])
    if not name:
        return None
    return Label(name, "plain", plain["rest"], time or read_time(line[: plain.start("name")]))


def _split_time(name: str) -> tuple[str, str | None]:
    time = read_time(name)
    return _name(_TIMES.sub(" ", name) if time else name), time


def _name(raw: str) -> str:
    """Return a name without marks, boxes and notes on its language."""
    name = _LANGUAGE_NOTE.sub("", strip_marks(raw)).strip(" \t:：*_")
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1].strip()
    return name


@functools.lru_cache(maxsize=4096)
def base_name(name: str) -> str:
    """Return the name folded and without the role in brackets: what two spellings share."""
    return fold(_ROLES.sub(" ", name)).strip() or fold(name)


@functools.lru_cache(maxsize=4096)
def is_stop_word(name: str) -> bool:
    """Whether the words head a remark, a list or a field, and never a turn."""
    return base_name(name) in STOP_WORDS or fold(name) in STOP_WORDS or base_name(name) in PRONOUNS


@functools.lru_cache(maxsize=4096)
def is_role(name: str) -> bool:
    """Whether the label names a part in the conversation: `Host`, `主持人A`, `Q`, `Speaker 1`."""
    return bool(_GENERIC.fullmatch(base_name(name)))


def is_diarised(name: str) -> bool:
    """Whether a machine numbered the voice: `Speaker 1`, `SPEAKER_03`, `发言人2`."""
    return bool(_DIARISED_NAME.fullmatch(base_name(name)))


@functools.lru_cache(maxsize=4096)
def is_name(name: str) -> bool:
    """Whether it is short and written like a name in either language."""
    bare = _ROLES.sub(" ", name).strip()
    if not bare or is_stop_word(name) or not _NAME.fullmatch(bare) or not _LETTER.search(bare):
        return False
    if re.search(f"[{HAN}]", bare):
        if len(bare) > (14 if re.search(r"[·•．・‧A-Za-z ]", bare) else 6):
            return False
        if bare.endswith(_VERB_WORDS + TOPICS):
            return False
        return len(bare) < 2 or not bare.endswith(_VERBS)
    words = re.split(r"[\s,/]+", bare)
    return len(words) <= 6 and all(_LATIN_WORD.fullmatch(word) for word in words if word)


def is_short(name: str) -> bool:
    """Whether it could be a label where labels are the rule: few words, no sentence."""
    bare = _ROLES.sub(" ", name).strip()
    if not bare or is_stop_word(name) or re.search(r"[。！？!?；;“”\"]", bare):
        return False
    return bool(_LETTER.search(bare)) and len(bare.split()) <= 8 and len(bare) <= 60
