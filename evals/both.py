"""One thing said in both languages → what is wrong with it, each in a few words; pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.records import MAX_QUESTION
from evals.wrong import shown
from index.language import is_surely
from index.records import LANGUAGES, Language

OTHER: Mapping[Language, Language] = {"en": "zh", "zh": "en"}
NAMES: Mapping[Language, str] = {"en": "English", "zh": "Chinese"}


def problems_of_both(said: object, what: str) -> Iterator[str]:
    """Yield what is wrong with an object that says one thing in each language.

    Args:
        said: what stands in the line.
        what: what it is called: `question`, `answer of turn 1`.
    """
    if not isinstance(said, dict):
        yield f"the {what} is missing; give it as an object with 'en' and 'zh'"
        return
    for name in said:
        if name not in LANGUAGES:
            yield f"the {what} has no language {shown(name)}; leave it out, there are: en, zh"
    for language in LANGUAGES:
        text = said.get(language)
        if not isinstance(text, str) or not text.strip():
            yield f"the {what} is missing in {language!r}; give it in both languages"
        elif len(text) > MAX_QUESTION:
            yield (
                f"the {what} has {len(text):,} characters in {language!r}; shorten it,"
                f" {MAX_QUESTION:,} are the most that are read"
            )


def problems_of_languages(said: Mapping[str, Any], what: str) -> Iterator[str]:
    """Yield that a text is in the other language than it says, where that is beyond doubt."""
    swapped = [language for language in LANGUAGES if is_surely(said[language], OTHER[language])]
    if len(swapped) == len(LANGUAGES):
        yield f"the {what} is in Chinese under 'en' and in English under 'zh'; swap them"
        return
    for language in swapped:
        yield (
            f"the {what} is in {NAMES[OTHER[language]]} under {language!r};"
            f" write it in {NAMES[language]} there"
        )
