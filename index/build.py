"""Files and folders → an index that matches them: new, changed and gone files, nothing else.

Everything of one call is published at once; a file that cannot be read leaves its old version.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.analyse import ANALYSIS, analyse
from index.chunk import chunk_interview
from index.errors import InputError, UsageError
from index.parse import parse_interview, read_transcript
from index.protocols import Embedder, Progress
from index.records import Interview, SourceFile
from index.scan import FoundFile, Scan, interview_id, scan, show
from index.store.generations import Place
from index.store.opening import Recipe, Session, write_store
from index.tokens import count_tokens


@dataclass(slots=True)
class BuildSummary:
    """What one call changed; lists hold interview ids."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    """Left out because they were removed for good."""
    unchanged: int = 0
    errors: list[InputError] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    """Rows the store has now: interviews, sections, paragraphs, …"""
    texts: dict[str, int] = field(default_factory=dict)
    """Texts the store has now, by language."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Builder:
    """How interviews become rows."""

    embedder: Embedder
    max_tokens: int
    """Token budget of a chunk."""

    @property
    def recipe(self) -> Recipe:
        """What the store must have been made with."""
        return Recipe(
            embedder=self.embedder.name,
            fingerprint=self.embedder.fingerprint,
            dimension=self.embedder.dimension,
            analysis=ANALYSIS,
        )

    def write(self, session: Session, interview: Interview, file: SourceFile) -> None:
        """Add one interview."""
        chunks = chunk_interview(interview, count_tokens=count_tokens, max_tokens=self.max_tokens)
        session.rows.add(interview, file, chunks, analyse(interview, self.embedder))


def build(
    paths: Sequence[Path],
    place: Place,
    builder: Builder,
    *,
    progress: Progress,
    waiting: Callable[[], None] = lambda: None,
    rebuild: bool = False,
) -> BuildSummary:
    """Bring the store up to date with files and folders, and say what changed.

    Args:
        paths: transcripts, and folders of them.
        place: the store.
        builder: embedder and chunk size.
        progress: hears of every file read.
        waiting: called once if another process is writing the store.
        rebuild: first make words and vectors of everything stored again, from the stored texts.

    Raises:
        StoreError: the store cannot be written, or was made by another recipe.
        EmbedderError: the embedder failed; the store is as it was.
    """
    began = time.monotonic()
    summary = BuildSummary()
    found = scan(paths)
    summary.errors += found.errors
    with write_store(place, builder.recipe, waiting=waiting, anew=rebuild) as session:
        if rebuild:
            _rebuild(session, builder, summary, progress)
        _update(session, builder, found, summary, progress)
        summary.totals = session.stored.sizes()
        summary.texts = {
            language: session.stored.collection(language).texts for language in ("en", "zh")
        }
    summary.seconds = time.monotonic() - began
    return summary


def remove(interview: str, place: Place) -> None:
    """Take one interview out for good: texts, words, vectors; indexing it again leaves it out.

    Raises:
        UsageError: there is none of that id.
        StoreError: the store cannot be written.
    """
    with write_store(place, None, erase=True) as session:
        files = dict(session.stored.files().values())
        if interview not in files:
            raise UsageError(f"no interview {interview!r} in {place.folder}; see: interviews list")
        session.rows.remove(interview)
        session.rows.withdraw(interview, files[interview].path, files[interview].digest)


def readmit(interview: str, place: Place) -> None:
    """Let an interview that was removed be indexed again.

    Raises:
        UsageError: none of that id was removed.
        StoreError: the store cannot be written.
    """
    with write_store(place, None) as session:
        if not session.rows.readmit(interview):
            raise UsageError(f"no interview {interview!r} was removed from {place.folder}")


def _rebuild(session: Session, builder: Builder, summary: BuildSummary, progress: Progress) -> None:
    files = dict(session.stored.files().values())
    for done, (interview_key, file) in enumerate(sorted(files.items()), start=1):
        interview = session.stored.interview(interview_key)
        if interview is None:
            raise AssertionError(f"the manifest names {interview_key}, which is not stored")
        session.rows.remove(interview_key)
        builder.write(session, interview, file)
        summary.updated.append(interview_key)
        progress.advance(done, len(files), interview_key)


def _update(
    session: Session, builder: Builder, found: Scan, summary: BuildSummary, progress: Progress
) -> None:
    manifest = session.stored.files()
    for path in _gone(manifest, found):
        # A file that is only elsewhere now keeps its interview and its ids.
        moved = _same_words(found, manifest, manifest[path][1])
        if moved is not None:
            session.rows.move(manifest[path][0], moved, path)
            summary.moved.append(manifest[path][0])
        else:
            session.rows.remove(manifest[path][0])
            summary.dropped.append(manifest[path][0])
    manifest = session.stored.files()
    for done, file in enumerate(found.files, start=1):
        try:
            _update_file(session, builder, file, manifest, summary)
        except InputError as error:
            summary.errors.append(error)
        progress.advance(done, len(found.files), file.name)


def _update_file(
    session: Session,
    builder: Builder,
    file: FoundFile,
    manifest: dict[str, tuple[str, SourceFile]],
    summary: BuildSummary,
) -> None:
    known = manifest.get(file.path)
    if known and (known[1].size, known[1].mtime_ns) == (file.size, file.mtime_ns):
        summary.unchanged += 1
        return
    text = read_transcript(file.location)
    now = SourceFile(file.path, file.size, file.mtime_ns, _digest(file.location))
    if known and known[1].digest == now.digest:
        session.rows.remember_file(now, known[0])
        summary.unchanged += 1
        return
    withdrawn = _withdrawn(session, now)
    if withdrawn is not None:
        summary.withdrawn.append(withdrawn)
        return
    taken = {interview for interview, _ in manifest.values()} | session.stored.withdrawn().keys()
    key = known[0] if known else interview_id(file.name, taken)
    interview = parse_interview(text, interview_id=key, path=file.path)
    if known:
        session.rows.remove(key)
    builder.write(session, interview, now)
    manifest[file.path] = (key, now)
    (summary.updated if known else summary.added).append(key)


def _gone(manifest: dict[str, tuple[str, SourceFile]], found: Scan) -> Iterator[str]:
    """Yield the manifest's paths that lay in a folder now read to its end and exist no more."""
    present = {file.path for file in found.files}
    for path in manifest:
        below = any(path.startswith(f"{folder}{os.sep}") for folder in found.folders)
        if below and path not in present and not _exists(path):
            yield path


def _same_words(
    found: Scan, manifest: dict[str, tuple[str, SourceFile]], old: SourceFile
) -> SourceFile | None:
    for file in found.files:
        if file.path in manifest or file.size != old.size:
            continue
        if _digest(file.location) == old.digest:
            return SourceFile(file.path, file.size, file.mtime_ns, old.digest)
    return None


def _withdrawn(session: Session, file: SourceFile) -> str | None:
    for interview, (path, digest) in session.stored.withdrawn().items():
        if file.path == path or file.digest == digest:
            return interview
    return None


def _exists(path: str) -> bool:
    """Whether something is at a path; only a plain "there is nothing" counts as gone."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{show(path)}: {error.strerror}") from error
