"""A text → what its words are about, to see whether two texts share it."""

from index.fold import fold
from index.words import is_chinese, stem, stop_words, tokens


def content(text: str) -> set[str]:
    """Return the stems of a text's words; of Chinese ones the characters, which compounds share."""
    found: set[str] = set()
    for token in tokens(fold(text)):
        if stem(token) not in stop_words():
            found |= set(token) if is_chinese(token) else {stem(token)}
    return found
