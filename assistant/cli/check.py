"""`check`: anybody's draft, sentence by sentence, against the interviews."""

import click

from assistant import wiring
from assistant.cli.options import (
    NOT_SAID,
    json_option,
    notice,
    print_json,
    read_text,
    settings_of,
    store_option,
)
from index.errors import UsageError


@click.command(
    epilog="""\b
Examples:
  interviews check draft.md
  echo "Kettle Point has 208 tanks." | interviews check -
  echo 韩知遥当过九年护士。 | interviews check -
  interviews ask "Who coughed?" | interviews check -
  interviews ask 桥上有多少道伸缩缝？ | interviews check - --json

\b
A sentence is checked against the paragraphs it cites, as [id] with a paragraph's id or as [1] with
a list of sources under the draft; without any, against what a search finds. A marker that names
no paragraph is reported with its sentence.
Exit code 3: some sentence is not, or only partly, supported.
"""
)
@click.argument("file")
@store_option
@json_option
def check(file: str, *, store: str | None, as_json: bool) -> int:
    """Say of each sentence in FILE whether the interviews say so, and where (- is stdin)."""
    from assistant.checking.check import check_text
    from assistant.checking.claims import read_claims
    from assistant.checking.pages import checked_page, checked_values
    from assistant.checking.printed import take_sources, whole_lines
    from assistant.records import Source
    from assistant.unresolved import Marker, unresolved, with_unresolved

    draft, listed = take_sources(read_text(file, "draft"))
    draft = whole_lines(draft)
    claims = read_claims(draft)
    if not claims:
        raise UsageError(f"the draft {file} holds no sentence to check")
    cited = {*listed.values(), *(name for claim in claims for name in claim.paragraphs)}
    with wiring.opened_searcher(settings_of(store=store), notice) as searcher:
        found = {name: searcher.store.rows.paragraph(name) for name in cited}
        named = {
            name: Source(p.paragraph, p.interview, p.section, p.heading)
            for name, p in found.items()
            if p is not None
        }
        numbered = {number: named[name] for number, name in listed.items() if name in named}
        known: set[Marker] = {*numbered, *named}
        checked = [
            with_unresolved(sentence, known)
            for sentence in check_text(draft, searcher, numbered=numbered, named=named)
        ]
    if as_json:
        values = checked_values(checked)
        for sentence, shown in zip(checked, values["sentences"], strict=True):
            shown["unresolved"] = unresolved(sentence, known)
        print_json(values)
    else:
        click.echo(checked_page(checked))
    doubtful = any(s.check.verdict in {"unsupported", "partly"} for s in checked)
    return NOT_SAID if doubtful else 0
