"""One line → the speaker label it may begin with.

Only the form is judged here. Whether a candidate names a speaker is known when the whole file was
read: see `index.speakers`.
"""

import functools
import re
from dataclasses import dataclass
from typing import Literal

from index.fold import fold
from index.language import HAN
from index.markup import strip_marks
from index.times import RANGE, STAMP, read_time

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
    rf"(?:{STAMP}\s*[:：]?\s*)?(?P<name>[^\s:：,，。！？!?…“”>|*#<`\-][^:：\n]{{0,59}}?)\s*"
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
    r"\[?(?P<name>SPEAKER[ _]\d+)\]?\s*[:：]?\s+(?P<rest>\S.*)|\[(?P<boxed>Speaker \w+)\]\s*[:：]?\s*(?P<boxed_rest>.*)",
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
    r"(?:speaker|spk|voice|host|co-?host|guest|interviewer|interviewee|moderator|audience(?: member)?"
    r"|announcer|narrator|reporter|questioner|man|woman|male|female|unidentified speaker|q|a"
    r"|发言人|说话人|嘉宾|主持人|主持|记者|采访者|采访人|受访者|受访人|提问者|观众|听众|网友|旁白|司仪|讲述者|主讲人|众人|众|问|答)"
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
_TOPICS = tuple(
    "观点 数据 案例 建议 解释 评论 分析 背景 影响 原因 问题 核心 要点 总结 结论 定义 方式 方法 概念 话题 情况 特点 优势 挑战 风险 机会"
    " 理由 步骤 策略 现象 本质 逻辑 趋势 表现 内容 目的 意义 作用 因素 区别 关键 重点 展望 预测 提示 说明 是 了 来源 简介".split()
)
_STOP_WORDS = frozenset(
    "break|note|notes|ps|p.s.|example|for example|tip|warning|caution|source|sources|published|created|updated"
    "|author|authors|author(s)|description|tags|summary|abstract|date|title|link|links|url|topic"
    "|topics|keywords|duration|channel|show|episode|host(s)|reference|references|table|figure"
    "|answer|question|result|conclusion|step|part|chapter|section|first|second|third|finally|update|disclaimer"
    "|read more|time|reading time|words|transcript|credits|music|chapters|timestamps|speakers|speaker(s)|participants|published/created|program|source file|event|en|zh|key points|key takeaways|takeaways|background|context|overview|total words"
    "|english translation|translation|original english|original|chinese translation|english|chinese"
    "|内容导读|导读|核心观点|观点|要点|金句|金句摘录|摘要|总结|小结|结论|简介|备注|注|注意|注释|编者注|编者按|译注"
    "|作者|来源|撰稿|编辑|校对|翻译|整理|出品|文字|发布时间|发布地|原文链接|封面图链接|文章作者|时间|日期|标题|标签|链接"
    "|主讲人简介|讲述者简介|嘉宾简介|主持人简介|总字数|字数|英文总字数|中文总字数|预计阅读时间|阅读时间"
    "|预估阅读时间|英文阅读时间|中文阅读时间|节目|节目名称|播客|频道|时长|本期嘉宾|嘉宾介绍|关键词|主题|话题|问题|答案|例|例如|比如|例子|案例|举例|定义"
    "|原因|结果|背景|目标|方法|步骤|建议|优点|缺点|特点|其他|补充|提示|声明|免责声明|参考资料|参考文献"
    "|目录|中文|英文|译文|原文|中文翻译|英文翻译|首先|其次|最后|第一|第二|第三|第四|第五|一是|二是|三是|也就是说|换句话说|但是|所以|因此|所以说|总之|其实|当然|另外|此外|同时".split("|")
)  # fmt: skip
_PRONOUNS = frozenset(
    "i you he she it we they this that what why how who 我 你 他 她 它 我们 你们 他们 她们 这 那 什么".split()
)


def read_label(line: str) -> Label | None:
    """Return the label a line begins with, if its form is one; the name is not judged."""
    line = line.strip()
    first = line[:1]
    if first == "*" or (first in "[(（【\\" and "*" in line[:30]):
        if label := _from_bold(_BOLD.fullmatch(line)):
            return label
    if first in ">&" and (match := _CHANGE.fullmatch(line)):
        return Label("", "change", match["rest"])
    if first in "[(（【\\" and (match := _SAME.fullmatch(line)):
        return Label("", "same", match["rest"], read_time(line))
    head = line[:100]
    if first in "[S" and (match := _DIARISED.fullmatch(line)):
        return Label(
            match["name"] or match["boxed"], "timed", match["rest"] or match["boxed_rest"] or ""
        )
    if (":" in head or "：" in head) and (label := _from_plain(line)):
        return label
    if len(line) <= 40 and _LINE.fullmatch(line):
        return Label(line, "line", "")
    return None


def _from_bold(match: re.Match[str] | None) -> Label | None:
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
    return (
        base_name(name) in _STOP_WORDS or fold(name) in _STOP_WORDS or base_name(name) in _PRONOUNS
    )


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
        if bare.endswith(_VERB_WORDS + _TOPICS):
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
