"""Paths that a person named → the transcript files behind them, and their interviews' ids."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import InputError

ENDINGS = (".md", ".txt")
MAX_ID_CHARACTERS = 80
NOT_IN_IDS = re.compile(r"[^\w./-]+")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A transcript file as it lies on disk."""

    path: str
    """Absolute, with symbolic links followed; bytes that are not UTF-8 escaped."""
    location: Path
    """The same, to open it by."""
    name: str
    """Its path inside the folder that was named, without the ending: what its id is made of."""
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What a call's paths led to."""

    files: tuple[FoundFile, ...]
    """In order of path, each once."""
    folders: tuple[str, ...]
    """Folders read to the end: what the manifest has under them and `files` has not is gone."""
    barren: tuple[str, ...]
    """Those of them that hold no transcript, ready to be shown."""
    errors: tuple[InputError, ...]


def scan(paths: Sequence[Path]) -> Scan:
    """Find the transcripts in files and folders; folders are walked, links followed once.

    Hidden files and folders are left out. A path that cannot be read becomes an error, not a stop.
    """
    files: dict[str, FoundFile] = {}
    folders: list[str] = []
    barren: list[str] = []
    errors: list[InputError] = []
    for path in paths:
        try:
            if path.is_dir():
                failed = len(errors)
                inside = list(_walk(path, errors))
                for file in inside:
                    files.setdefault(file.path, file)
                if not inside and len(errors) == failed:
                    barren.append(show(path))
                folders.append(as_key(path.resolve()))
            else:
                file = _look(path, as_key(path.with_suffix("").name), named=True)
                files.setdefault(file.path, file)
        except InputError as error:
            errors.append(error)
        except OSError as error:
            errors.append(InputError(f"{show(path)}: {error.strerror or error}"))
    found = tuple(files[path] for path in sorted(files))
    return Scan(found, tuple(folders), tuple(barren), tuple(errors))


def look_again(path: str) -> FoundFile | None:
    """Return a file that was read before, as it lies on disk now; None when it cannot be found."""
    try:
        return _look(Path(path), as_key(Path(path).with_suffix("").name))
    except OSError:
        return None


def interview_id(name: str, taken: Collection[str]) -> str:
    """Return the id of the interview in a file, from its name; another one if that is taken.

    Letters and digits of every script stay, the rest becomes `-`. A long name, and one that is
    taken, ends in four digits of its hash.
    """
    plain = unicodedata.normalize("NFC", name)
    slug = NOT_IN_IDS.sub("-", plain).strip("-./") or "interview"
    digits = hashlib.sha256(plain.encode()).hexdigest()
    candidates = [slug] if len(slug) <= MAX_ID_CHARACTERS else []
    candidates += [f"{slug[:MAX_ID_CHARACTERS]}-{digits[:n]}" for n in range(4, len(digits))]
    return next(candidate for candidate in candidates if candidate not in taken)


def as_key(path: Path | str) -> str:
    """Return a path as text that can be stored: bytes that are not UTF-8 escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def show(text: Path | str) -> str:
    """Return a path, or a line about one, as any terminal can print it, on one line.

    What is not printable is escaped: control marks, line ends, bytes that are not UTF-8.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(text))


def _walk(folder: Path, errors: list[InputError]) -> Iterator[FoundFile]:
    """Yield the transcripts below a folder; a folder reached twice by links is walked once."""
    seen: set[tuple[int, int]] = set()

    def failed(error: OSError) -> None:
        errors.append(InputError(f"{show(str(error.filename))}: {error.strerror}"))

    for here, below, names in os.walk(folder, followlinks=True, onerror=failed):
        status = Path(here).stat()
        if (status.st_dev, status.st_ino) in seen:
            below.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or not name.lower().endswith(ENDINGS):
                continue
            path = Path(here, name)
            try:
                yield _look(path, as_key(path.relative_to(folder).with_suffix("")))
            except InputError as error:
                errors.append(error)
            except OSError as error:
                errors.append(InputError(f"{show(path)}: {error.strerror}"))


def _look(path: Path, name: str, *, named: bool = False) -> FoundFile:
    status = path.stat()
    if named and path.suffix.lower() not in ENDINGS:
        raise InputError(f"{show(path)}: not a transcript ({' or '.join(ENDINGS)} is read)")
    location = path.resolve()
    return FoundFile(as_key(location), location, name, status.st_size, status.st_mtime_ns)
