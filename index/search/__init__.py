"""Query → paragraphs, best first, in both languages at once.

    query ─concepts→ terms ─candidates→ some hundred texts ─score→ parts ─merge→ paragraphs ─→ hits

Each language is searched by itself: words (its own, or translated by the bundled dictionary),
vectors, and words compared one by one. Only standardised scores of the two meet.
"""

from index.search.searcher import NO_FILTERS, Searcher

__all__ = ["NO_FILTERS", "Searcher"]
