"""The toy collection meets every branch of every template: each `if` is once true and once false."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes

from gen import cuts, entities
from gen.checking import check_collection
from gen.pages import Page, coverage, news, pictures, record, results
from gen.pages.plan import plan
from gen.render import Renderer
from gen.site import PROJECT, load_site
from tests.cases import GOOD, write
from tests.conftest import TOY

LIMITS = [
    (news, "PAPERS"),
    (results, "LIMIT"),
    (coverage, "ROWS"),
    (entities, "MOST"),
    (cuts, "LINES"),
    (cuts, "NOTES"),
    (cuts, "PAPERS"),
    (pictures, "MOST"),
    (record, "FIRST_AUTHORS"),
    (record, "MOST_AUTHORS"),
]
"""What a page shows at most, beyond which it is another: made small to meet that with few papers."""
DRAFT = "title: X\nauthors: [Jane Doe]\nyear: 2023\nadded: 2026-01-02\n"

Branch = tuple[str, int, str]
"""Template, line, and which way it goes there."""


def instrument(renderer: Renderer, met: Counter[Branch], known: set[Branch]) -> None:
    """Make the renderer's templates count how often each of their branches is taken."""
    environment: Any = renderer.environment
    parse = environment._parse

    def mark(branch: Branch) -> nodes.Node:
        known.add(branch)
        call = nodes.Call(nodes.Name("met", "load"), [nodes.Const(part) for part in branch], [], None, None)
        return nodes.ExprStmt(call)

    def parse_and_mark(source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = parse(source, name, filename)
        elifs = {id(other) for branch in tree.find_all(nodes.If) for other in branch.elif_}
        for branch in list(tree.find_all(nodes.If)):
            branch.body.insert(0, mark((name or "", branch.lineno, "true")))
            if id(branch) not in elifs:
                branch.else_.insert(0, mark((name or "", branch.lineno, "false")))
        for loop in tree.find_all(nodes.For):
            loop.body.insert(0, mark((name or "", loop.lineno, "loop")))
        tree.body.insert(0, mark((name or "", 1, "used")))
        tree.set_environment(environment)
        return tree

    environment._parse = parse_and_mark
    environment.globals["met"] = lambda *branch: met.update([branch])


def render_all(root: Path, met: Counter[Branch], known: set[Branch]) -> None:
    """Render every page of a collection, counting branches."""
    site = load_site(root)
    collection, findings = check_collection(root, drafts=site.drafts)
    assert findings == []
    renderer = Renderer(collection, site)
    instrument(renderer, met, known)
    for page in plan(collection, site):
        if isinstance(page, Page):
            renderer.page(page)


@pytest.fixture(scope="module")
def branches(tmp_path_factory: pytest.TempPathFactory) -> tuple[Counter[Branch], set[Branch]]:
    """How often each branch was taken, and all branches that there are.

    Besides the toy collection the least one is rendered, for what depends on the collection as a whole: it has
    no reading paths, and its site no repository; a new one, which has no topics and keeps a ledger; an empty one; and
    the toy collection again as if it were large.
    """
    met: Counter[Branch] = Counter()
    known: set[Branch] = set()
    render_all(TOY, met, known)
    render_all(write(tmp_path_factory.mktemp("least"), {**GOOD, "mkdocs.yml": "site_name: Least\n"}), met, known)
    settings = "site_name: New\nrepo_url: https://example.org/new\nextra: {drafts: true}\n"
    new = {"papers/2023/doe2023x.yaml": DRAFT, "ids.txt": "doe2023x\n", "mkdocs.yml": settings}
    render_all(write(tmp_path_factory.mktemp("new"), new), met, known)
    render_all(write(tmp_path_factory.mktemp("none"), {"mkdocs.yml": settings}), met, known)
    with pytest.MonkeyPatch.context() as patch:
        for module, limit in LIMITS:
            patch.setattr(module, limit, 1)
        render_all(TOY, met, known)
    return met, known


def test_every_template_is_used(branches: tuple[Counter[Branch], set[Branch]]) -> None:
    used = {template for template, _, _ in branches[0]}
    assert {path.name for path in (PROJECT / "templates").glob("*.j2")} == used


def test_every_branch_is_met(branches: tuple[Counter[Branch], set[Branch]]) -> None:
    met, known = branches
    missed = [f"templates/{name}:{line} is never {way}" for name, line, way in sorted(known - set(met))]
    assert not missed, "\n".join(missed)
