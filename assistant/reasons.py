"""Why a sentence was judged as it was → the same in the language of the question.

The check speaks the sentence's language. A model that answers in another one than was asked is
told, and its reader too, in the language of the question.
"""

import re
from collections.abc import Sequence

from assistant.checking.records import Difference, Reason
from assistant.checking.wording import reason
from index.records import Language

# Stand in a reason where its words are filled in; no text has these characters.
_SAID, _TOLD = "\ufdd0", "\ufdd1"
_FORMS = (_TOLD, "")
"""What a paragraph says in place of the sentence's words; or nothing."""


def reasons_in(language: Language, reasons: Sequence[Reason], written: Language) -> tuple[str, ...]:
    """Return reasons in a language; one that is not of the check's wording stays as it is.

    Args:
        language: of the question.
        reasons: of a sentence.
        written: the language they are in, the sentence's.
    """
    if language == written:
        return tuple(each.words for each in reasons)
    return tuple(_retold(each, written, language) for each in reasons)


def _retold(given: Reason, written: Language, language: Language) -> str:
    for told in _FORMS:
        form = reason(Difference(given.code, _SAID, told, 0), written).words
        pattern = re.escape(form).replace(_SAID, "(?P<said>.*?)", 1)
        found = re.fullmatch(pattern.replace(_TOLD, "(?P<told>.*?)", 1), given.words, re.DOTALL)
        if found:
            parts = found.groupdict()
            said, words = parts.get("said") or "", parts.get("told") or told.replace(_TOLD, " ")
            return reason(Difference(given.code, said, words, 0), language).words
    return given.words
