"""Query → paragraphs, best first."""

from index.fold import fold
from index.language import detect_language
from index.protocols import Embedder
from index.records import LANGUAGES, Filters, SearchHit
from index.store.opening import Store
from index.words import query_terms

NO_FILTERS = Filters()


class Searcher:
    """Answers queries from one snapshot of a store."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self.store = store
        self._embedder = embedder

    def search(
        self, query: str, *, k: int, filters: Filters = NO_FILTERS, explain: bool = False
    ) -> list[SearchHit]:
        """Return at most k paragraphs, best first."""
        scores: dict[int, float] = {}
        rows = self.store.rows
        vector = self._embedder.embed([query])[0]
        for language in LANGUAGES:
            found, cosines = self.store.nearest(language, vector, 4 * k)
            if not len(found):
                continue
            texts = rows.texts_of_vectors(found)[:, 0]
            paragraphs = rows.places(texts).paragraphs
            for paragraph, cosine in zip(paragraphs.tolist(), cosines.tolist(), strict=True):
                scores[paragraph] = max(scores.get(paragraph, 0.0), cosine)
            known = rows.frequencies(language, query_terms(fold(query)))
            for number, frequency in known.values():
                posted = rows.postings(language, number)
                for paragraph in rows.places(posted).paragraphs.tolist():
                    scores[paragraph] = scores.get(paragraph, 0.0) + 1 / (1 + frequency)
        best = sorted(scores.items(), key=lambda item: -item[1])[:k]
        return [
            SearchHit(
                rank=rank,
                score=scores[p.row],
                paragraph=p.paragraph,
                interview=p.interview,
                section=p.section,
                heading=p.heading,
                position=p.position,
                language=detect_language(query),
            )
            for rank, p in enumerate(rows.paragraphs([row for row, _ in best]), start=1)
        ]
