"""How many paragraphs a second the bundled embedder turns into vectors on one core."""

import time

from evals.bench.corpus import sentences
from index.static import StaticEmbedder

SECONDS = 5.0
SENTENCES = 4


def run() -> str:
    """Return the speed for each language; processor time, so that a busy machine counts less."""
    embedder = StaticEmbedder()
    lines = []
    for language, known in sentences().items():
        texts = [" ".join(known[i : i + SENTENCES]) for i in range(0, len(known), SENTENCES)]
        embedder.embed(texts)  # words are looked up once
        done, began = 0, time.process_time()
        while time.process_time() - began < SECONDS:
            embedder.embed(texts)
            done += len(texts)
        speed = done / (time.process_time() - began)
        length = sum(map(len, texts)) / len(texts)
        lines.append(f"{language}  {speed:7.0f} paragraphs/s  (of {length:.0f} characters)")
    return "\n".join(lines)
