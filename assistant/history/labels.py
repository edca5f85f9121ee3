"""What is said about a conversation, in both languages."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from index.records import Language

LABELS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "questions": "{count} questions",
        "question": "1 question",
        "asked": "asked {when}",
        "supported": "borne out",
        "changed": "the paragraph has changed since",
        "gone": "the paragraph is no longer in the index",
        "forgotten": "The answer quoted an interview that was removed for good.",
        "running": "Still being answered.",
        "stopped": "Stopped; not checked.",
        "failed": "Failed: {message}",
        "interview": "interview",
        "speaker": "speaker",
        "tag": "tag",
        "since": "since",
        "until": "until",
        "language": "language",
        "role": "role",
        "colon": ": ",
    },
    "zh": {
        "questions": "{count}个问题",
        "question": "1个问题",
        "asked": "提问于{when}",
        "supported": "得到支持",
        "changed": "该段落此后有改动",
        "gone": "该段落已不在索引中",
        "forgotten": "回答引用了一篇已永久移除的访谈。",
        "running": "仍在作答。",
        "stopped": "已停止；未经核对。",
        "failed": "失败：{message}",
        "interview": "访谈",
        "speaker": "说话人",
        "tag": "标签",
        "since": "起始",
        "until": "截止",
        "language": "语言",
        "role": "类型",
        "colon": "：",
    },
}


def filters_line(filters: Mapping[str, str], language: Language) -> str:
    """Return what a question was kept to, on one line; "" when to nothing."""
    words = LABELS[language]
    shown = (f"{words.get(name, name)}{words['colon']}{value}" for name, value in filters.items())
    return " · ".join(shown)


def when(time: str, zone: tzinfo | None = None) -> str:
    """Return a time as whoever sits here reads it: to the minute, without its zone.

    Args:
        time: in UTC, as it is kept.
        zone: None is the one of this computer.
    """
    return f"{datetime.fromisoformat(time).astimezone(zone):%Y-%m-%d %H:%M}"


def when_everywhere(time: str) -> str:
    """Return a time as it stands in a file that travels: to the minute, in UTC."""
    return f"{when(time, UTC)} UTC"
