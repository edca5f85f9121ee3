"""Examples → word vectors whose weighted mean is what the teacher makes of a whole text.

Each word starts as the teacher's embedding of its meaning alone. Then its vector is moved, length
and all, so that texts come to lie where they should: English sentences at the teacher's embedding
of them, their Chinese at the same place, questions near their answers.

Source: distillation over parallel text as in Reimers & Gurevych, EMNLP 2020, with bags of words
for a student; contrastive pairs as in van den Oord et al., 2018.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from index.making.space import Bag
from index.protocols import Matrix

logger = logging.getLogger(__name__)

EPOCHS = 4
RATE = 0.01
BATCH = 256
# Among the words of a text one in ten is left out each time, so that none carries it alone.
DROPOUT = 0.1
# How sharply the right partner must stand out among the batch's others.
SHARPNESS = 20.0
QUESTION_SHARPNESS = 12.5


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to learn from; a bag is the rows of a text's words."""

    texts: Sequence[Bag]
    targets: Matrix
    """One unit row a text: where the teacher puts it."""
    translations: Sequence[tuple[int, Bag]]
    """Place of a text, and the words of its Chinese."""
    questions: Sequence[tuple[Bag, Bag]]
    """A question or heading, and what follows it."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How much each goal counts in what is minimised."""

    contrast: float = 0.3
    questions: float = 0.5
    stay: float = 1.0
    """Against leaving the beginning: words seen rarely should not be thrown about."""


def distil(
    start: Matrix,
    lesson: Lesson,
    gloss: Callable[[Bag], Bag],
    *,
    shares: Shares = Shares(),
    epochs: int = EPOCHS,
    seed: int = 0,
) -> Matrix:
    """Return the learnt vectors, shape of `start`; a row's length is the weight of its word.

    Args:
        start: one row a word, as long as the word weighs.
        lesson: what to learn from.
        gloss: gives a text's words in the other language, chosen by chance word by word.
        shares: how much each goal counts.
        epochs: passes over the texts.
        seed: of all chance.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    student = _Student(start, np.random.default_rng(seed))
    optimizer = torch.optim.SparseAdam(student.parameters(), lr=RATE)
    for epoch in range(epochs):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - epoch / epochs)
        losses = []
        for places in student.batches(len(lesson.texts)):
            loss = student.loss(lesson, places, gloss, shares)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        logger.info("epoch %d of %d: loss %.3f", epoch + 1, epochs, np.mean(losses))
    return student.vectors()


class _Student:
    def __init__(self, start: Matrix, chance: np.random.Generator) -> None:
        self._start = torch.tensor(start)
        self._words = torch.nn.EmbeddingBag.from_pretrained(
            self._start.clone(), freeze=False, mode="sum", sparse=True
        )
        self._chance = chance
        self._seen: list[torch.Tensor] = []

    def parameters(self) -> list[torch.nn.Parameter]:
        return list(self._words.parameters())

    def vectors(self) -> Matrix:
        return np.asarray(self._words.weight.detach().numpy(), dtype=np.float32)

    def batches(self, count: int) -> list[NDArray[np.intp]]:
        order = self._chance.permutation(count)
        return [order[a : a + BATCH] for a in range(0, count - count % BATCH, BATCH)]

    def loss(
        self,
        lesson: Lesson,
        places: NDArray[np.intp],
        gloss: Callable[[Bag], Bag],
        shares: Shares,
    ) -> torch.Tensor:
        self._seen = []
        texts = [lesson.texts[place] for place in places]
        targets = torch.tensor(lesson.targets[places])
        total = self._aim(self.embed(texts), targets, shares)
        total = total + self._aim(self.embed([gloss(text) for text in texts]), targets, shares)
        total = total + self._translate(lesson, shares)
        total = total + shares.questions * self._ask(lesson, gloss)
        return total + shares.stay * self._strayed()

    def embed(self, bags: Sequence[Bag]) -> torch.Tensor:
        kept = [self._some(bag) for bag in bags]
        rows = torch.tensor(np.concatenate(kept).astype(np.int64))
        starts = torch.tensor(np.cumsum([0, *map(len, kept)])[:-1])
        self._seen.append(rows)
        return functional.normalize(self._words(rows, starts), dim=1, eps=1e-6)

    def _some(self, bag: Bag) -> Bag:
        return bag[self._chance.random(len(bag)) > DROPOUT] if len(bag) > 3 else bag

    def _aim(self, made: torch.Tensor, targets: torch.Tensor, shares: Shares) -> torch.Tensor:
        return (1 - (made * targets).sum(dim=1)).mean() + shares.contrast * _contrast(
            made, targets, SHARPNESS
        )

    def _translate(self, lesson: Lesson, shares: Shares) -> torch.Tensor:
        chosen = self._chance.choice(len(lesson.translations), BATCH // 2, replace=False)
        places = [lesson.translations[number][0] for number in chosen]
        english = self.embed([lesson.texts[place] for place in places])
        chinese = self.embed([lesson.translations[number][1] for number in chosen])
        both = _contrast(chinese, english, SHARPNESS) + _contrast(english, chinese, SHARPNESS)
        aim = self._aim(chinese, torch.tensor(lesson.targets[places]), shares)
        return aim + shares.contrast * both

    def _ask(self, lesson: Lesson, gloss: Callable[[Bag], Bag]) -> torch.Tensor:
        """Compare questions with answers, in half of the batches across the languages."""
        chosen = self._chance.choice(len(lesson.questions), BATCH, replace=False)
        asked = [lesson.questions[number][0] for number in chosen]
        answers = [lesson.questions[number][1] for number in chosen]
        across = self._chance.random()
        if across < 0.25:
            asked = [gloss(bag) for bag in asked]
        elif across < 0.5:
            answers = [gloss(bag) for bag in answers]
        first, second = self.embed(asked), self.embed(answers)
        return (
            _contrast(first, second, QUESTION_SHARPNESS)
            + _contrast(second, first, QUESTION_SHARPNESS)
        ) / 2

    def _strayed(self) -> torch.Tensor:
        rows = torch.unique(torch.cat(self._seen))
        moved = self._words(rows, torch.arange(len(rows))) - self._start[rows]
        return (moved * moved).sum(dim=1).mean()


def _contrast(first: torch.Tensor, second: torch.Tensor, sharpness: float) -> torch.Tensor:
    """Return how hard it is to tell each row's partner among all of the batch."""
    return functional.cross_entropy(first @ second.T * sharpness, torch.arange(len(first)))
