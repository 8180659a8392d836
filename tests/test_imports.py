"""No import of the generator's modules goes round in a circle, so each can be imported by itself, before any other."""

import ast
import pkgutil
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import gen

OWN = Path(gen.__file__).parent


def imported(source: str) -> Iterator[str]:
    """Yield what a module imports while it is being imported: not in functions, nor for types alone."""
    left: list[ast.stmt] = ast.parse(source).body
    while left:
        match left.pop():
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{name.name}" for name in names)
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=otherwise):
                left += otherwise
            case ast.If(body=body, orelse=otherwise):
                left += body + otherwise
            case ast.Try(body=body, handlers=handlers):
                left += body + [statement for handler in handlers for statement in handler.body]
            case ast.ClassDef(body=body):
                left += body


def parents(module: str) -> set[str]:
    """Return the packages that a module lies in; each is imported before the module, and may itself import it."""
    parts = module.split(".")
    return {".".join(parts[:end]) for end in range(1, len(parts))}


def order(sources: dict[str, str]) -> list[str]:
    """Return modules in an order in which each comes after all that it needs.

    Raises:
        CycleError: there is none.
    """
    needs = {}
    for module, source in sources.items():
        named = set(imported(source))
        named |= {parent for name in named for parent in parents(name)}
        needs[module] = named.intersection(sources) - parents(module) - {module}
    return list(TopologicalSorter(needs).static_order())


def test_no_import_goes_round_in_a_circle() -> None:
    modules = [module.name for module in pkgutil.walk_packages(gen.__path__, "gen.")]
    sources = {}
    for module in modules:
        path = OWN.joinpath(*module.split(".")[1:])
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        sources[module] = path.read_text(encoding="utf-8")
    found = order(sources)
    assert found.index("gen.record") < found.index("gen.pages.plan")


def test_the_test_is_awake() -> None:
    with pytest.raises(CycleError):
        order({"gen.a": "import gen.b", "gen.b": "from gen.c.d import x", "gen.c": "", "gen.c.d": "from gen import a"})
    with pytest.raises(CycleError):
        order(
            {
                "gen.a": "from gen.c.d import x",
                "gen.c": "try:\n    import gen.a\nexcept ImportError: ...",
                "gen.c.d": "",
            }
        )
    assert order({"gen.c": "from gen.c.d import x", "gen.c.d": "if TYPE_CHECKING:\n    from gen.c import y"})
    assert order({"gen.a": "def f():\n    import gen.b", "gen.b": "import gen.a"}) == ["gen.a", "gen.b"]
