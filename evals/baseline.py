"""A run ↔ the committed file it is compared with, which is written only when somebody says so."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from evals.records import NOT_COMPARABLE, Row, Run
from evals.shapes import ShapeError, decode
from index.errors import UsageError

SCHEMA = 1
FOLDER = Path(__file__).with_name("baselines")
WRITE_ONE = "write one with: interviews eval --accept --reason TEXT"


class ForeignBaselineError(UsageError):
    """A baseline that this version cannot compare with; another may be accepted."""

    exit_code = NOT_COMPARABLE


@dataclass(frozen=True, slots=True)
class Floor:
    """A mean that no run over the whole set may pass, whatever the baseline says."""

    metric: str
    group: str
    at_least: float | None = None
    at_most: float | None = None


def baseline_path(set_path: Path) -> Path:
    """Return where the baseline of a set lies: bundled sets have a folder, others lie beside."""
    if set_path.parent == FOLDER.with_name("sets"):
        return FOLDER / f"{set_path.stem}.json"
    return set_path.with_suffix(".baseline.json")


def read_floors(set_id: str, folder: Path = FOLDER) -> tuple[Floor, ...]:
    """Return the floors of a set; none when the file names none."""
    path = folder / "floors.json"
    if not path.is_file():
        return ()
    values = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Floor(**floor) for floor in values.get(set_id, ()))


def run_values(run: Run) -> dict[str, Any]:
    """Return a run as JSON values, without its times: equal for equal runs."""
    return {
        "schema": SCHEMA,
        "set": run.set_id,
        "corpus": run.corpus,
        "scorer": run.scorer,
        "system": dict(run.system),
        "complete": run.complete,
        "notes": list(run.notes),
        "rows": [row_values(row) for row in run.rows],
    }


def row_values(row: Row) -> dict[str, Any]:
    """Return a row as JSON values, without its time."""
    values = asdict(row)
    del values["seconds"]
    values["scores"] = {
        name: None if score is None else round(score, 6) for name, score in row.scores.items()
    }
    return values


def read_baseline(path: Path) -> Run:
    """Return the run that a baseline holds.

    Raises:
        UsageError: there is none, or it is none.
        ForeignBaselineError: another version of the program wrote it.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(
            f"the baseline {path} cannot be read: {error.strerror}; {WRITE_ONE}"
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"the baseline {path} is not UTF-8 (byte {error.start}); {WRITE_ONE}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the baseline {path} is not JSON: {error}; {WRITE_ONE}") from error
    try:
        return _run(values, path)
    except ShapeError as error:
        raise UsageError(f"the file {path} is not a baseline: {error}; {WRITE_ONE}") from error


def accept(run: Run, path: Path, *, reason: str, changes: str, today: date) -> None:
    """Write a run as the baseline and its reason into the changelog beside it.

    Raises:
        UsageError: the run is incomplete or has rows that were not scored, there is no reason, or
            the file cannot be written.
    """
    check_acceptable(reason, is_complete=run.complete)
    unscored = [row.key for row in run.rows if row.answer is None]
    if unscored or not run.rows:
        raise UsageError(f"a baseline needs every row scored; these are not: {', '.join(unscored)}")
    entry = f"## {run.set_id}, {today.isoformat()}\n\n{reason.strip()}\n\n{changes}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, dump(run_values(run)))
        _prepend(path.with_name("CHANGELOG.md"), entry)
    except OSError as error:
        raise UsageError(f"the baseline {path} cannot be written: {error.strerror}") from error


def check_acceptable(reason: str, *, is_complete: bool) -> None:
    """Refuse what can never be a baseline, which is better known before the questions are asked.

    Raises:
        UsageError: there is no reason, or only a part of the set is asked.
    """
    if not reason.strip():
        raise UsageError("a baseline needs a reason: --accept --reason TEXT")
    if not is_complete:
        raise UsageError(
            "a baseline is written from the whole set only; leave out --sample, --only"
        )


def dump(values: Mapping[str, Any]) -> str:
    """Return JSON with sorted keys and one row a line, so that a change is one line of a diff."""
    rest = {key: value for key, value in values.items() if key != "rows"}
    head = json.dumps(rest, ensure_ascii=False, sort_keys=True, indent=1).removesuffix("\n}")
    rows = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in values["rows"]]
    listed = ",\n".join(rows)
    return f'{head},\n "rows": [\n{listed}\n ]\n}}\n'


def _run(values: object, path: Path) -> Run:
    if not isinstance(values, dict):
        raise ShapeError("it holds no JSON object")
    schema = _part(values, "schema", int)
    if schema != SCHEMA:
        raise ForeignBaselineError(
            f"the baseline {path} has format {schema}, this program reads {SCHEMA};"
            " accept a new one"
        )
    run = Run(
        set_id=_part(values, "set", str),
        corpus=_part(values, "corpus", str),
        scorer=_part(values, "scorer", str),
        system=_part(values, "system", Mapping[str, str]),
        rows=_part(values, "rows", tuple[Row, ...]),
        complete=_part(values, "complete", bool),
        notes=_part(values, "notes", tuple[str, ...]),
    )
    twice = [key for key, count in Counter(row.key for row in run.rows).items() if count > 1]
    if twice or not run.rows:
        raise ShapeError(f"the row {twice[0]} stands twice" if twice else "it holds no rows")
    return run


def _part(values: Mapping[str, object], name: str, due: Any) -> Any:
    if name not in values:
        raise ShapeError(f"it lacks {name!r}")
    return decode(values[name], due, name)


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False
    ) as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def _prepend(path: Path, entry: str) -> None:
    title = (
        "# Accepted baselines\n\nThe newest first: why each was accepted, and what it changed.\n"
    )
    text = path.read_text(encoding="utf-8") if path.exists() else title
    head, mark, rest = text.partition("\n## ")
    _replace(path, f"{head.rstrip()}\n\n{entry}{mark}{rest}")
