"""Metadata as written → the facts of an interview: title, date, source, people, tags.

Reads keys of both languages and one level of nesting; guesses nothing that is not written.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_EMPTY = ("", "null", "none", "~", "n/a", "undefined", "无", "未知", "unknown")
_TITLE_KEYS = ("title", "标题", "標題")
_DATE_KEYS = (
    "date", "publish_date", "published", "published_at", "publishdate", "发布时间", "發布時間",
    "发布日期", "日期", "时间", "時間", "created", "created_at", "recorded", "录制时间",
)  # fmt: skip
_SOURCE_KEYS = (
    "source", "source_url", "url", "link", "原文链接", "原文連結", "链接", "来源", "來源",
    "video_url", "youtube_url", "youtube", "视频链接", "spotify", "spotify_url",
)  # fmt: skip
_SPEAKER_KEYS = (
    "speaker", "speakers", "guest", "guests", "嘉宾", "嘉賓", "本期嘉宾", "本期嘉賓", "主讲人",
    "主講人", "讲述者", "講述者", "讲者", "受访者", "host", "hosts", "主持人", "主持",
)  # fmt: skip
_TAG_KEYS = ("tags", "tag", "标签", "標籤")
_LINK = re.compile(r"https?://[^\s<>\"'）】]+")
_DAY = re.compile(
    r"(?<!\d)(\d{4})(?!\d)\s*(?:[-/.年]\s*(\d{1,2})(?!\d)\s*(?:[-/.月]\s*(\d{1,2})(?!\d))?)?"
)
_COMPACT_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({'|'.join(_MONTHS)})[a-z]*\.?"
    r"(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?,?\s+(\d{4})",
    re.IGNORECASE,
)
_NAMES = re.compile(r"\s*[，、,;；]\s*(?![^（(]*[)）])")
_SENTENCE = re.compile(r"[。！？!?]|[a-z]{2}\.\s")
_ROLE = re.compile(r"\s*[（(][^）)]*[)）]")


_REPORTS = {
    "variant": ("report", "summary", "article", "报道", "摘要"),
    "type": ("report", "summary", "article", "报道", "摘要"),
    "kind": ("report", "summary", "article", "报道", "摘要"),
    "category": ("clippings", "clipping"),
}


def is_report(metadata: Mapping[str, Any]) -> bool:
    """Whether the file says of itself that it tells about an interview in somebody's own words."""
    return any(
        str(metadata.get(key, "")).strip().lower() in values for key, values in _REPORTS.items()
    )


def find_title(metadata: Mapping[str, Any]) -> str | None:
    """Return the title the metadata gives."""
    return next(_values(metadata, _TITLE_KEYS), None)


def find_date(metadata: Mapping[str, Any]) -> str | None:
    """Return the first date written, as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; None if impossible."""
    return next((d for value in _values(metadata, _DATE_KEYS) if (d := read_date(value))), None)


def find_impossible_date(metadata: Mapping[str, Any]) -> str | None:
    """Return the first date written that no calendar has, as written; None if all of them exist."""
    values = _values(metadata, _DATE_KEYS)
    return next((v for v in values if (parts := _parts(v)) and _date(*parts) is None), None)


def find_source(metadata: Mapping[str, Any]) -> str | None:
    """Return the first link among the keys that name where it was published."""
    for value in _values(metadata, _SOURCE_KEYS):
        if found := _LINK.search(value):
            return found[0]
    return None


def find_tags(metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tags in order, each once, empty ones dropped."""
    split = (
        tag for value in _values(metadata, _TAG_KEYS) for tag in re.split(r"[,，、;；]", value)
    )
    return tuple(dict.fromkeys(tag.strip() for tag in split if tag.strip()))


def find_people(metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the speakers, guests and hosts named, in that order, without their roles."""
    people = [
        _ROLE.sub("", name).strip()
        for value in _values(metadata, _SPEAKER_KEYS)
        if not _SENTENCE.search(value)  # a field that swallowed a paragraph is no list of people
        for name in _NAMES.split(value)
    ]
    return tuple(dict.fromkeys(name for name in people if 0 < len(name) <= 60))


def read_date(text: str) -> str | None:
    """Return the date a text begins with or holds, None when there is none or it cannot be."""
    parts = _parts(text)
    return _date(*parts) if parts else None


def _parts(text: str) -> tuple[str, str | None, str | None] | None:
    """Return year, month and day as far as they are written; None when no date is."""
    if found := _NAMED_MONTH.search(text):
        month = _MONTHS.index(found[2][:3].lower()) + 1
        return found[4], str(month), found[1] or found[3]
    if found := _COMPACT_DAY.search(text) or _DAY.search(text):
        year, month_written, day = found.groups()
        return year, month_written, day
    return None


def _date(year: str, month: str | None, day: str | None) -> str | None:
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date.isoformat()[: 4 if not month else 7 if not day else 10]


def _values(metadata: Mapping[str, Any], keys: Sequence[str]) -> Iterator[str]:
    """Yield the texts under the keys, in the order of the keys; one nested level after the top."""
    levels = [metadata, *(inner for inner in metadata.values() if isinstance(inner, Mapping))]
    for level in levels:
        lowered = {str(key).lower().strip(): value for key, value in level.items()}
        for key in keys:
            yield from _texts(lowered.get(key))


def _texts(value: Any) -> Iterator[str]:
    listed = value if isinstance(value, list) else [value]
    for text in listed:
        if isinstance(text, str) and text.strip().lower() not in _EMPTY:
            yield text.strip()
