"""What `interviews eval` was told → a report, files written, and an exit code."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import sample_folder
from evals.altered import Remembering
from evals.baseline import accept, baseline_path, check_acceptable, read_baseline, read_floors
from evals.ceiling import ceiling
from evals.checked import check_file, load_checked
from evals.compare import compare
from evals.corpus import Fit, Notice, fit, indexed, read_corpus, read_moves
from evals.figures import figures
from evals.honesty import Bench
from evals.new import write_template
from evals.packs import DOCS, LINES, read_pack
from evals.policies import policies
from evals.protocols import AnswerSystem
from evals.questions import SetError
from evals.records import Corpus, Question, Row, Run
from evals.report import Report, accepted_changes, junit, markdown, question_page
from evals.run import Step, draw, rescore, run
from evals.support import make_judge
from evals.system import describe, opened_system
from evals.wrong import shown
from index.errors import UsageError
from index.plurals import counted

OWN_BASELINE = "accepted"
SAMPLE = "sample"
"""The set that is asked unless another is named."""
SETS = Path(__file__).with_name("sets")
PROJECT = Path(__file__).parent.parent
CORPORA: Mapping[str, Callable[[], Path]] = {
    "sample": sample_folder,
    "others": sample_folder,
    "seeds": lambda: PROJECT.parent / "shared" / "corpus" / "seeds",
}
"""Where the transcripts of the bundled sets lie; those of the seeds are not ours to bundle."""


@dataclass(frozen=True, slots=True)
class Options:
    """What one call asks for."""

    set_name: str = SAMPLE
    """`sample`, `others`, `seeds`, or the path of a file."""
    corpus: Path | None = None
    """Folder of the transcripts; None is the set's own, or the store of the settings."""
    pack: Path | None = None
    """A folder with `docs/` and `questions.jsonl`, in place of a set."""
    against: str | None = None
    """File of the baseline; `accepted` is the set's own."""
    accepting: str | None = None
    """Reason to make this run the baseline."""
    sample: int | None = None
    only: tuple[str, ...] = ()
    """Ids or kinds of questions."""
    markdown: Path | None = None
    junit: Path | None = None
    rescore: bool = False
    """Whether the baseline's stored answers are scored anew, as scoring is defined now."""
    policies: bool = True
    """Whether the degenerate policies are scored beside the system."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A set laid over its indexed corpus, and the program that answers."""

    set_id: str
    fitted: Fit
    bench: Bench
    system: AnswerSystem
    settings: Settings


def evaluate(
    options: Options, settings: Settings, notice: Notice, step: Step
) -> tuple[Report, int]:
    """Ask, score, compare, write what was asked for; return the report and the exit code.

    Raises:
        UsageError: the set, the pack, the baseline or the call is wrong.
        ForeignBaselineError: the baseline is of another version.
    """
    path = _baseline_path(options)
    # What cannot come to an end is better known before the questions are asked.
    if options.accepting is not None:
        check_acceptable(options.accepting, is_complete=_is_complete(options))
    baseline = _baseline(options, path)
    for page in (options.markdown, options.junit):
        _check_page(page)
    with opened_workplace(options, settings, notice) as work:
        report = _report(work, options, baseline, describe(work.settings, notice), step)
    decision = report.comparison.decision
    if options.accepting is not None:
        accept(
            report.comparison.run,
            path,
            reason=options.accepting,
            changes=accepted_changes(report.comparison),
            today=date.today(),
        )
    _write(options.markdown, markdown(report))
    _write(options.junit, junit(report))
    return report, 0 if options.accepting is not None else decision.exit_code


def show(options: Options, question_id: str, settings: Settings, notice: Notice) -> str:
    """Return one question with its evidence and both answers, and the baseline's if there is one.

    Raises:
        UsageError: the set has no such question.
    """
    path = _baseline_path(options)
    old: Sequence[Row] = read_baseline(path).rows if path.is_file() else ()
    with opened_workplace(replace(options, only=(question_id,)), settings, notice) as work:
        found = _run(work, work.system, {}, complete=False)
        return "\n\n".join(
            question_page(question, work.bench.corpus, found.rows, old)
            for question in work.fitted.questions
        )


def check(path: Path, corpus: Path | None, settings: Settings, notice: Notice) -> str:
    """Begin a set, or say that every line of it is right.

    Raises:
        SetError: some line is wrong.
    """
    if not path.exists():
        write_template(path)
        return f"{path} begun with two lines to change; run this again to have it checked"
    with _stored(corpus, settings) as there:
        questions, problems = check_file(path, read_corpus(there, notice), needs_gold=True)
    if problems:
        raise SetError(path, problems)
    return f"{path}: {counted(len(questions), 'question')}, every line of it right"


def set_path(options: Options) -> Path:
    """Return the file of the set, or the pack's.

    Raises:
        UsageError: no set is called so, and no file.
    """
    if options.pack is not None:
        if not (options.pack / LINES).is_file():
            raise UsageError(f"{options.pack} is not a pack: a folder with {LINES} and {DOCS}")
        return options.pack / LINES
    if options.set_name in CORPORA:
        return SETS / f"{options.set_name}.jsonl"
    path = Path(options.set_name)
    if not path.exists():
        known = ", ".join(CORPORA)
        raise UsageError(f"there is no set {path}; name a file of questions, or one of: {known}")
    return path


def corpus_folder(options: Options) -> Path | None:
    """Return the transcripts that the questions are about; None is the store of the settings."""
    if options.corpus is not None:
        return options.corpus
    if options.pack is not None:
        return options.pack / DOCS
    return CORPORA[options.set_name]() if options.set_name in CORPORA else None


@contextmanager
def opened_workplace(options: Options, settings: Settings, notice: Notice) -> Iterator[Workplace]:
    """Index the corpus, fit the set to it and open the program over it."""
    path = set_path(options)
    with _stored(corpus_folder(options), settings) as there:
        corpus = read_corpus(there, notice)
        questions = _chosen(_questions(path, options, corpus), options)
        fitted = fit(questions, corpus, read_moves(path))
        bench = Bench(corpus, make_judge(source.paragraph for source in corpus.sources.values()))
        with opened_system(there, notice) as system:
            name = options.pack.name if options.pack else path.stem
            yield Workplace(name, fitted, bench, Remembering(system), there)


@contextmanager
def _stored(folder: Path | None, settings: Settings) -> Iterator[Settings]:
    if folder is None:
        yield settings
        return
    with indexed(folder, settings) as there:
        yield there


def _questions(path: Path, options: Options, corpus: Corpus) -> tuple[Question, ...]:
    if options.pack is not None:
        questions = read_pack(options.pack, corpus)
        if not questions:
            raise UsageError(f"the pack {options.pack} holds no question with gold in its {DOCS}")
        return questions
    return load_checked(path, corpus)


def _chosen(questions: Sequence[Question], options: Options) -> tuple[Question, ...]:
    # `bat-001/en`, as reports name a row, means its question.
    only = {name.removesuffix("/en").removesuffix("/zh") for name in options.only}
    names = {q.id: {q.id, q.kind, q.unanswerable} for q in questions}
    unknown = sorted(only.difference(*names.values()))
    if unknown:
        raise UsageError(f"the set has no question or kind called {', '.join(map(shown, unknown))}")
    chosen = [question for question in questions if not only or names[question.id] & only]
    return tuple(chosen if options.sample is None else draw(chosen, options.sample))


def _baseline_path(options: Options) -> Path:
    if options.against in {None, OWN_BASELINE}:
        return baseline_path(set_path(options))
    return Path(str(options.against))


def _baseline(options: Options, path: Path) -> Run | None:
    """Read what to compare with; a run to be accepted is compared with what it replaces."""
    if options.accepting is not None:
        return read_baseline(path) if path.is_file() else None
    return read_baseline(path) if options.against is not None else None


def _is_ours(options: Options) -> bool:
    """Whether the set is a bundled one: floors are of those, not of a file of the same name."""
    return options.pack is None and options.set_name in CORPORA


def _is_complete(options: Options) -> bool:
    return options.sample is None and not options.only


def _report(
    work: Workplace, options: Options, baseline: Run | None, made_of: Mapping[str, str], step: Step
) -> Report:
    own = _run(work, work.system, made_of, complete=_is_complete(options), step=step)
    systems = {own.system["name"]: tuple(figures(own.rows))}
    if options.policies:
        for policy in [*policies(work.system), ceiling(work.fitted.questions, work.bench.corpus)]:
            systems[policy.name] = tuple(figures(_run(work, policy, {}, complete=False).rows))
    if baseline is not None and options.rescore and baseline.corpus == own.corpus:
        baseline = rescore(baseline, work.fitted, work.bench)
    comparison = compare(own, baseline, read_floors(work.set_id) if _is_ours(options) else ())
    return Report(comparison, systems[own.system["name"]], systems if options.policies else {})


def _run(
    work: Workplace,
    system: AnswerSystem,
    made_of: Mapping[str, str],
    *,
    complete: bool,
    step: Step = lambda _done, _total: None,
) -> Run:
    return run(
        work.set_id, work.fitted, system, work.bench, made_of=made_of, complete=complete, step=step
    )


def _check_page(path: Path | None) -> None:
    if path is not None and (path.is_dir() or not path.parent.is_dir()):
        raise UsageError(f"{path} cannot be written: name a file in a folder that is there")


def _write(path: Path | None, text: str) -> None:
    if path is None:
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
