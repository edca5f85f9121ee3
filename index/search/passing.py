"""Filters → the places of one language that pass, without asking Chroma."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.records import Filters, Language
from index.search.collection import Collection
from index.search.score import Places
from index.store.opening import Store

NOTHING = Filters()

REMEMBERED = 8
"""Filters of people whose texts are remembered, a byte a text each."""


class Passing:
    """Decides what passes, for one snapshot.

    Filters of whole interviews are decided by the few rows those are; the texts of people are read
    once, as whoever filters asks more than one question.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._said: dict[tuple[Language, Filters], NDArray[np.bool_]] = {}

    def places(self, filters: Filters, collection: Collection) -> Places | None:
        """Return the places that pass, ascending; None when all do.

        Args:
            filters: without a language: that is the collection's.
            collection: the texts.
        """
        people = Filters(speakers=filters.speakers, role=filters.role)
        interviews = replace(filters, speakers=frozenset(), role=None)
        passing = np.ones(len(collection), np.bool_)
        if interviews != NOTHING:
            rows = self._store.lookup.interviews(interviews)
            passing &= np.isin(collection.layout.interviews, rows)
        if people != NOTHING:
            passing &= self._said_by(people, collection)
        return None if passing.all() else np.flatnonzero(passing)

    def _said_by(self, people: Filters, collection: Collection) -> NDArray[np.bool_]:
        """Return which places pass filters of speakers and roles."""
        key = (collection.language, people)
        if key not in self._said:
            survivors = self._store.rows.survivors(people, collection.language)
            passing = np.zeros(len(collection), np.bool_)
            if survivors is not None:
                passing[collection.places_of(survivors)] = True
            if len(self._said) >= REMEMBERED:
                self._said.clear()
            self._said[key] = passing
        return self._said[key]
