"""Dictionary, word lists, transcripts and the teacher → the tables of word vectors.

    python -m index.making.vectors --changelog FOLDER --foundry FOLDER --cache FOLDER

The folders hold the unpacked corpora; the cache keeps the teacher's work between runs. Takes about
half an hour on one core, most of it the teacher's.
"""

import argparse
import logging
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.fold import fold
from index.making.cedict import read_cedict, read_supplement
from index.making.corpora import (
    draw,
    english_sentences,
    parallel_texts,
    questions_and_answers,
    read_paragraphs,
    sentences_in_context,
)
from index.making.dictionary import plain_translations
from index.making.distil import Lesson, distil
from index.making.frequencies import chinese_frequencies, english_frequencies
from index.making.glosses import glosses_by_headword
from index.making.space import Bag, Space, glosser, pool
from index.making.table import write_table
from index.making.teacher import Teacher
from index.making.vocabulary import Word, chinese_words, english_words
from index.protocols import Matrix
from index.static import unit
from index.words import tokens

RECIPE = "distilled-2"
DIMENSION = 128

# Weight of a word before anything is learnt: a / (a + share of all words).
# Source: Arora, Liang & Ma, ICLR 2017.
SMOOTH = 5e-4
# How many of each kind the teacher embeds: all there is time for.
STATEMENTS, QUESTIONS, WINDOWS = 24_000, 8_000, 4_000
# The commonest words say which direction all words share.
COMMON = 15_000

logger = logging.getLogger(__name__)


def choose_words(speech: Sequence[list[str]]) -> list[Word]:
    """Return the vocabulary of both languages, English first."""
    glosses = glosses_by_headword(chain(read_supplement(), read_cedict()))
    spoken = (token for part in speech for paragraph in part for token in tokens(fold(paragraph)))
    english = english_words(english_frequencies(), spoken, glosses)
    terms = {fold(entry.simplified) for entry in read_supplement()}
    return english + chinese_words(chinese_frequencies(), glosses, always=terms)


def centred(matrix: Matrix) -> Matrix:
    """Return unit rows without their mean and their first principal component.

    Both say only "this is one English word": they are alike for all rows. The component is that
    of the first `COMMON` rows.

    Source: Mu & Viswanath, ICLR 2018.
    """
    shifted = matrix - matrix.mean(axis=0)
    _, _, directions = np.linalg.svd(shifted[:COMMON], full_matrices=False)
    return unit(shifted - np.outer(shifted @ directions[0], directions[0]))


def principal_axes(matrix: Matrix, count: int) -> Matrix:
    """Return the axes of greatest variance as columns, shape (width, count)."""
    _, axes = np.linalg.eigh(matrix.T @ matrix)
    return np.asarray(axes[:, ::-1][:, :count], dtype=np.float32)


def linear_map(inputs: Matrix, outputs: Matrix) -> Matrix:
    """Return the matrix that best turns inputs into outputs, kept small where they say little."""
    width = inputs.shape[1]
    ridge = 0.05 * len(inputs) / width * np.eye(width, dtype=np.float32)
    return np.asarray(np.linalg.solve(inputs.T @ inputs + ridge, inputs.T @ outputs))


def beginning(meanings: Matrix, weights: NDArray[np.float32], lesson: Lesson) -> Matrix:
    """Return the vectors to start from: meanings turned towards the sentences, as long as weighed.

    Args:
        meanings: one centred unit row a word, as wide as the teacher.
        weights: 0 to 1, one a word.
        lesson: gives the sentences and where they should lie.
    """
    turned = linear_map(pool(lesson.texts, meanings * weights[:, None]), lesson.targets)
    return unit(meanings @ turned) * weights[:, None]


def make_lesson(changelog: Path, foundry: Path, space: Space, teacher: Teacher) -> Lesson:
    """Return what to learn, read from the corpora and embedded by the teacher."""
    podcasts, talks = list(read_paragraphs(changelog)), list(read_paragraphs(foundry))
    statements, questions, windows = english_sentences(podcasts)
    pairs = parallel_texts(talks)
    drawn = draw(questions, QUESTIONS) + draw(statements, STATEMENTS) + draw(windows, WINDOWS)
    texts = [pair.first for pair in pairs] + drawn
    bags = [space.bag(text) for text in texts]
    kept = [place for place, bag in enumerate(bags) if len(bag) >= 2]
    rows = teacher.embed(texts)[kept]
    rows = rows - rows.mean(axis=0)
    targets = unit(rows @ principal_axes(rows, DIMENSION))
    chinese = ((number, place) for number, place in enumerate(kept) if place < len(pairs))
    translations = [(number, space.bag(pairs[place].second)) for number, place in chinese]
    asked = [*questions_and_answers(podcasts), *questions_and_answers(talks)]
    asked += sentences_in_context(talks)
    return Lesson(
        texts=[bags[place] for place in kept],
        targets=targets,
        translations=[(number, bag) for number, bag in translations if len(bag) >= 2],
        questions=[both for pair in asked if (both := _bags(space, *pair))],
    )


def _bags(space: Space, question: str, answer: str) -> tuple[Bag, Bag] | None:
    both = space.bag(question), space.bag(answer)
    return both if len(both[0]) >= 2 and len(both[1]) >= 4 else None


def main() -> None:
    """Make the table and write it."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("changelog", "foundry", "cache"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    folders = parser.parse_args()
    teacher = Teacher(folders.cache)
    words = choose_words(list(read_paragraphs(folders.changelog)))
    space = Space([word.text for word in words])
    lesson = make_lesson(folders.changelog, folders.foundry, space, teacher)
    logger.info(
        "%d words, %d texts, %d questions", len(words), len(lesson.texts), len(lesson.questions)
    )
    first_chinese = sum(word.text.isascii() for word in words)
    raw = teacher.embed([word.meaning for word in words])
    meanings = np.concatenate([centred(raw[:first_chinese]), centred(raw[first_chinese:])])
    weights = np.array([SMOOTH / (SMOOTH + word.use) for word in words], dtype=np.float32)
    start = beginning(meanings, weights, lesson)
    learnt = distil(start, lesson, glosser(space, plain_translations(folders.foundry), start))
    shares = np.array([word.use for word in words], dtype=np.float32)
    write_table(space.words, learnt, shares, recipe=RECIPE)


if __name__ == "__main__":
    main()
