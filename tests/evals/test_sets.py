"""The bundled question sets: right line by line, and as hard as they are said to be."""

import shutil
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from assistant.settings import Settings, load_settings
from evals.ceiling import ceiling
from evals.checked import check_file
from evals.commands import CORPORA, SETS, Options, corpus_folder
from evals.corpus import fit, indexed, read_corpus
from evals.honesty import Bench
from evals.questions import load_set
from evals.records import Corpus
from evals.run import run
from evals.support import make_judge
from evals.tables import failed_checks


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Corpus]:
    """Return a function that reads the corpus of a set, once."""

    @cache
    def read(name: str) -> Corpus:
        folder = corpus_folder(Options(name))
        if folder is None or not folder.is_dir():
            pytest.skip(f"the transcripts of the set {name} are not on this machine")
        with indexed(folder, Settings(tmp_path_factory.mktemp("unused"))) as settings:
            return read_corpus(settings, print)

    return read


@pytest.mark.parametrize("name", CORPORA)
def test_every_line_fits_the_transcripts(name: str, corpora: Callable[[str], Corpus]) -> None:
    path = SETS / f"{name}.jsonl"
    questions, problems = check_file(path, corpora(name), needs_gold=True)
    assert not problems, "\n".join(map(str, problems))
    assert len(questions) == len(load_set(SETS / f"{name}.jsonl").questions)


@pytest.mark.parametrize("name", CORPORA)
def test_quoting_the_gold_answers_every_question(
    name: str, corpora: Callable[[str], Corpus]
) -> None:
    corpus = corpora(name)
    bench = Bench(corpus, make_judge(source.paragraph for source in corpus.sources.values()))
    fitted = fit(load_set(SETS / f"{name}.jsonl").questions, corpus, {})
    rows = run(name, fitted, ceiling(fitted.questions, corpus), bench, made_of={}).rows
    wrong = [f"{row.key}: {', '.join(failed_checks(row))}" for row in rows if not row.passed]
    assert not wrong, "\n".join(wrong)


def test_the_sample_set_is_large_and_hard() -> None:
    questions = load_set(SETS / "sample.jsonl").questions
    assert len(questions) >= 150
    kinds = Counter(question.kind for question in questions)
    assert len(kinds) == 11, kinds
    unanswerable = Counter(q.unanswerable for q in questions if not q.answerable)
    assert unanswerable.total() >= 0.3 * len(questions)
    assert unanswerable["near_miss"] >= 0.5 * unanswerable.total()


def test_gold_that_moved_to_another_file_is_followed(tmp_path: Path) -> None:
    mini = Path(__file__).parents[1] / "data" / "mini"
    folder = tmp_path / "corpus"
    shutil.copytree(mini / "corpus", folder)
    (folder / "orchard.md").rename(folder / "pears.md")
    with indexed(folder, load_settings({})) as settings:
        _, problems = check_file(mini / "mini.jsonl", read_corpus(settings, print), needs_gold=True)
    assert not problems
