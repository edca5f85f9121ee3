"""Files found → rows of the store: what is new or changed is read, what is gone is dropped."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.analyse import ANALYSIS, analyse
from index.chunk import chunk_interview
from index.embedders.recall import RecallingEmbedder
from index.errors import InputError
from index.facts import find_impossible_date
from index.parse import PARSER, parse_interview, read_transcript
from index.protocols import Embedder, Matrix, Progress
from index.records import Interview, SourceFile
from index.scan import FoundFile, Scan, interview_id, look_again, show
from index.store.publishing import Session
from index.store.recipe import Recipe
from index.tokens import count_tokens

LONGEST_DATE = 40
"""Characters of a date as written that a warning shows."""


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
    reread: int = 0
    """Unchanged files read again, because another version of the parser had read them."""
    is_reread: bool = False
    """Whether every file was read again for that reason."""
    barren: list[str] = field(default_factory=list)
    """Folders that were named and hold no transcript, ready to be shown."""
    warnings: list[str] = field(default_factory=list)
    """What is odd about files that were indexed all the same, ready to be shown."""
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
            parser=PARSER,
        )

    def write(self, session: Session, interview: Interview, file: SourceFile) -> None:
        """Add one interview, in place of the one of its id; what both say is not embedded again."""
        embedder = RecallingEmbedder(self.embedder, self._known(session, interview.id))
        analysed = analyse(interview, embedder)
        chunks = chunk_interview(interview, count_tokens=count_tokens, max_tokens=self.max_tokens)
        if session.rows.has(interview.id):
            session.rows.remove(interview.id)
        session.rows.add(interview, file, chunks, analysed)

    def _known(self, session: Session, interview: str) -> dict[str, Matrix]:
        if session.stored.meta.get("fingerprint") != self.embedder.fingerprint:
            return {}
        return session.stored.vectors_by_words(interview)


class Update:
    """One call's way through the files it found."""

    def __init__(self, session: Session, builder: Builder, summary: BuildSummary) -> None:
        self._session = session
        self._builder = builder
        self._summary = summary
        self._manifest = session.stored.files()
        withdrawn = session.stored.withdrawn()
        self._taken = {key for key, _ in self._manifest.values()} | withdrawn.keys()
        meta = session.stored.meta
        self._is_stale = "fingerprint" in meta and meta.get("parser") != PARSER
        self._withdrawn = {
            mark: key for key, (path, digest) in withdrawn.items() for mark in (path, digest)
        }

    def run(self, found: Scan, progress: Progress) -> None:
        """Move, drop, then read what is new or changed; everything if the parser is another."""
        self._drop(found)
        others = self._others(found) if self._is_stale else []
        every = len(found.files) + len(others)
        for done, file in enumerate(found.files, start=1):
            try:
                self._read(file)
            except InputError as error:
                self._summary.errors.append(error)
                self._forget_look(file.path)
            progress.advance(done, every, file.name)
        for done, file in enumerate(others, start=len(found.files) + 1):
            try:
                self._read(file)
            except InputError:
                self._forget_look(file.path)  # nobody named it now: who does will hear of it
            progress.advance(done, every, file.name)
        if self._is_stale:
            self._session.rows.set_meta({"parser": PARSER})
            self._summary.is_reread = True

    def _others(self, found: Scan) -> list[FoundFile]:
        """Return the files read before that this call does not name."""
        named = {file.path for file in found.files}
        again = {path: look_again(path) for path in sorted(self._manifest.keys() - named)}
        for path, file in again.items():
            if file is None:
                self._forget_look(path)
        return [file for file in again.values() if file is not None]

    def _forget_look(self, path: str) -> None:
        """Let a file that the new parser did not read be read whenever it can be."""
        if self._is_stale and path in self._manifest:
            key, known = self._manifest[path]
            self._session.rows.remember_file(replace(known, size=-1), key)

    def _drop(self, found: Scan) -> None:
        """Forget files that lay in a folder now read to its end; those only moved are kept."""
        present = {file.path for file in found.files}
        gone = {path for path in self._manifest.keys() - present if not _exists(path)}
        for file, old in self._moved(found, gone):
            key, known = self._manifest.pop(old)
            now = SourceFile(file.path, file.size, file.mtime_ns, known.digest)
            self._session.rows.move(key, now, old)
            self._manifest[file.path] = (key, now)
            self._summary.moved.append(key)
            gone.discard(old)
        for path in sorted(gone):
            if any(path.startswith(f"{folder.rstrip(os.sep)}{os.sep}") for folder in found.folders):
                key, _ = self._manifest.pop(path)
                self._session.rows.remove(key)
                self._taken.discard(key)
                self._summary.dropped.append(key)

    def _moved(self, found: Scan, gone: set[str]) -> Iterator[tuple[FoundFile, str]]:
        """Yield new files and the gone paths that had exactly their bytes."""
        by_digest: dict[str, list[str]] = {}
        for path in sorted(gone, reverse=True):
            by_digest.setdefault(self._manifest[path][1].digest, []).append(path)
        sizes = {self._manifest[path][1].size for path in gone}
        for file in found.files:
            if file.path not in self._manifest and file.size in sizes:
                same = by_digest.get(_digest(file.location) or "")
                if same:
                    yield file, same.pop()

    def _read(self, file: FoundFile) -> None:
        """Bring one file's interview up to date."""
        key, known = self._manifest.get(file.path, (None, None))
        is_seen = known and (known.size, known.mtime_ns) == (file.size, file.mtime_ns)
        if is_seen and not self._is_stale:
            self._summary.unchanged += 1
            return
        text = read_transcript(file.location)
        digest = _digest(file.location) or ""
        now = SourceFile(file.path, file.size, file.mtime_ns, digest)
        if key and known and known.digest == digest and known.size >= 0 and not self._is_stale:
            self._session.rows.remember_file(now, key)
            self._summary.unchanged += 1
            return
        withdrawn = self._withdrawn.get(file.path) or self._withdrawn.get(digest)
        if withdrawn:
            self._summary.withdrawn.append(withdrawn)
            return
        self._write(file, text, now, key)

    def _write(self, file: FoundFile, text: str, now: SourceFile, known: str | None) -> None:
        key = known or interview_id(file.name, self._taken)
        interview = parse_interview(text, interview_id=key, path=file.path)
        if known and self._is_stale and interview == self._session.stored.interview(known):
            self._session.rows.remember_file(now, known)
            self._summary.unchanged += 1
            self._summary.reread += 1
            return
        if impossible := find_impossible_date(interview.metadata):
            self._summary.warnings.append(
                f"{show(file.path)}: the date {impossible[:LONGEST_DATE]!r} does not exist;"
                f" indexed {f'as of {interview.date}' if interview.date else 'without a date'}"
            )
        self._builder.write(self._session, interview, now)
        self._manifest[file.path] = (key, now)
        self._taken.add(key)
        (self._summary.updated if known else self._summary.added).append(key)


def _exists(path: str) -> bool:
    """Whether something is at a path; only a plain "there is nothing" counts as gone."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _digest(path: Path) -> str | None:
    """Return the SHA-256 of a file; None when it cannot be read, which its reading will say."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
