"""What a reader keeps a question to → what is left to search, and both that and a model's wish.

Where nothing is left, the filter that is to blame is named: nobody is told that the interviews do
not say what was never looked for.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, replace
from itertools import combinations

from assistant.records import Abstention, Answer, Mode
from index.language import detect_language
from index.records import LANGUAGES, Filters, Language
from index.store.reading import Reader

FLAGS: Mapping[str, str] = {"interviews": "--interview", "speakers": "--speaker", "tags": "--tag"}
"""Fields of filters, as the flags that set them where these differ."""

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "nothing": "Nothing was searched: {why}.",
        "together": "no paragraph passes {flags} together",
        "dates": "no interview is dated {range}; those here are from {first} to {last}",
        "undated": "no interview here has a date",
        "since": "{since} or later",
        "until": "{until} or earlier",
        "between": "from {since} to {until}",
        "en": "no paragraph is in English",
        "zh": "no paragraph is in Chinese",
        "speech": "no paragraph was said by anybody",
        "editor": "no paragraph was written by an editor",
        "comma": ", ",
    },
    "zh": {
        "nothing": "没有检索任何内容：{why}。",
        "together": "没有段落同时符合 {flags}",
        "dates": "没有{range}的访谈，这里的访谈日期为 {first} 至 {last}",
        "undated": "这里的访谈都没有日期",
        "since": " {since} 及以后",
        "until": " {until} 及以前",
        "between": " {since} 至 {until} ",
        "en": "没有英文段落",
        "zh": "没有中文段落",
        "speech": "没有访谈中说的话",
        "editor": "没有编者文字",
        "comma": "、",
    },
}


def texts_left(filters: Filters, rows: Reader) -> dict[str, int]:
    """Return how many texts of each language pass."""
    if filters == Filters():
        every = rows.languages()
        return {language: every[language] for language in LANGUAGES}
    passing = {language: rows.survivors(filters, language) for language in LANGUAGES}
    return {language: 0 if found is None else len(found) for language, found in passing.items()}


def nothing_left(filters: Filters, rows: Reader, language: Language) -> str | None:
    """Return a sentence that says which filters leave nothing to search; None when something is."""
    if filters == Filters() or any(texts_left(filters, rows).values()):
        return None
    blamed = next(names for names in _groups(filters) if _is_empty(filters, names, rows))
    return _WORDS[language]["nothing"].format(why=_say(filters, blamed, rows, _WORDS[language]))


def abstain_within(
    question: str, filters: Filters, rows: Reader, *, mode: Mode = "extractive"
) -> Answer | None:
    """Return an abstention when the filters leave nothing to search; None when something is."""
    language = detect_language(question)
    why = nothing_left(filters, rows, language)
    if why is None:
        return None
    abstention = Abstention(searched=dict.fromkeys(LANGUAGES, 0), nearest=(), missing=why)
    return Answer(question, language, "abstained", mode, (), (), abstention, 0.0)


def counted_within(answer: Answer, filters: Filters, rows: Reader) -> Answer:
    """Return an answer whose abstention counts only what passes the filters as searched."""
    if answer.abstention is None or filters == Filters():
        return answer
    searched = texts_left(filters, rows)
    return replace(answer, abstention=replace(answer.abstention, searched=searched))


def _groups(filters: Filters) -> Iterator[tuple[str, ...]]:
    """Yield the filters that are set, each alone, then two together, and so on; dates are one."""
    chosen = [field.name for field in fields(Filters) if getattr(filters, field.name)]
    dates = tuple(name for name in chosen if name in ("since", "until"))
    units = [(name,) for name in chosen if name not in dates] + ([dates] if dates else [])
    for size in range(1, len(units) + 1):
        for group in combinations(units, size):
            yield tuple(name for unit in group for name in unit)


def _is_empty(filters: Filters, names: tuple[str, ...], rows: Reader) -> bool:
    alone = replace(Filters(), **{name: getattr(filters, name) for name in names})
    return not any(texts_left(alone, rows).values())


def _say(filters: Filters, blamed: tuple[str, ...], rows: Reader, words: Mapping[str, str]) -> str:
    if set(blamed) <= {"since", "until"}:
        return _say_dates(filters, rows, words)
    if blamed in (("language",), ("role",)):
        return words[getattr(filters, blamed[0])]
    flags = words["comma"].join(FLAGS.get(name, f"--{name}") for name in blamed)
    return words["together"].format(flags=flags)


def _say_dates(filters: Filters, rows: Reader, words: Mapping[str, str]) -> str:
    dates = sorted(summary.date for summary in rows.interviews() if summary.date)
    if not dates:
        return words["undated"]
    form = "between" if filters.since and filters.until else "since" if filters.since else "until"
    wanted = words[form].format(since=filters.since, until=filters.until)
    return words["dates"].format(range=wanted, first=dates[0], last=dates[-1])


def both(scope: Filters, wanted: Filters) -> Filters | None:
    """Return the filters that keep to a scope and to what is wanted; None when nothing can pass."""
    sets = {
        name: _shared(getattr(scope, name), getattr(wanted, name))
        for name in ("interviews", "speakers", "tags")
    }
    if None in sets.values() or _differ(scope.language, wanted.language):
        return None
    return Filters(
        interviews=frozenset(sets["interviews"] or ()),
        speakers=frozenset(sets["speakers"] or ()),
        tags=frozenset(sets["tags"] or ()),
        # As text: a year sorts before its months, and after the months of the year before.
        since=max(filter(None, (scope.since, wanted.since)), default=None),
        until=min(filter(None, (scope.until, wanted.until)), default=None),
        language=scope.language or wanted.language,
        role=scope.role or wanted.role,
    )


def _shared(one: AbstractSet[str], other: AbstractSet[str]) -> AbstractSet[str] | None:
    """Return what passes both; an empty set lets everything pass, None nothing."""
    if not one or not other:
        return one or other
    return (one & other) or None


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
