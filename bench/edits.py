"""Whether a build after an edit gives what a clean build gives, byte for byte: `python -m bench.edits [--edits 200]`.

Random edits are applied to a copy of a collection, one after the other: records added, changed, renamed and deleted,
topics, venues, people, paths, pages by hand, templates, theme and settings changed. After each the copy is built, and
a second copy from nothing; the two sites are compared file by file. An edit that the checks refuse is taken back.
"""

import argparse
import filecmp
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gen.build import build
from gen.findings import RejectedError
from gen.site import PROJECT
from gen.standing import SOURCES
from tests.cases import GOOD, RECORD
from tests.conftest import TOY, copy_collection, copy_project

WORDS = "amber birch cedar delta ember fjord grove heath inlet jetty knoll larch marsh north ocean prism".split()  # noqa: SIM905


class Editor:
    """Edits the files of one collection at random."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)
        self.number = 0
        self.edits: list[Callable[[], None]] = [
            *[self.change_text] * 6,
            *[self.change_detail] * 9,
            *[self.change_note] * 9,  # often enough in a row that sites are brought up to date more than once
            *[self.change_day] * 3,
            *[self.add_record] * 3,
            self.delete_record,
            self.rename_record,
            self.move_to_topic,
            self.move_to_venue,
            self.add_topic,
            self.change_topic,
            self.change_venue,
            self.change_person,
            self.change_path,
            self.change_page,
            self.link_page,
            self.override_template,
            self.change_part,
            self.override_theme,
            self.change_settings,
        ]

    def edit(self) -> str:
        """Apply one edit, and return its name."""
        self.number += 1
        chosen = self.random.choice(self.edits)
        chosen()
        return chosen.__name__

    def word(self) -> str:
        """Return a word that no edit before has written."""
        return f"{self.random.choice(WORDS)}{self.number}"

    def file(self, pattern: str) -> Path:
        """Return a file at random."""
        return self.random.choice(sorted(self.root.glob(pattern)))

    def replace(self, path: Path, pattern: str, new: str, flags: int = re.MULTILINE) -> None:
        """Replace the first match of a pattern in a file."""
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(pattern, new, text, count=1, flags=flags), encoding="utf-8")

    def added(self) -> list[Path]:
        """Return the records that were added by edits: others may be pointed to."""
        return sorted(self.root.glob("papers/2021/*.yaml"))

    def change_text(self) -> None:
        path, word = self.file("papers/*/*.yaml"), self.word()
        field = self.random.choice(["title", "summary", "  findings", "  problem", "system", "    metric"])
        self.replace(path, rf"^({field}: \"?)(\w+)", rf"\1\2 {word}")

    def change_note(self) -> None:
        path, field = self.file("papers/*/*.yaml"), self.random.choice(["summary: ", "  (?:find|prob|cav)\\w+: "])
        self.replace(path, rf"^({field}(?:>-\n +)?\"?)(\w+)", rf"\1\2 {self.word()}")

    def change_day(self) -> None:
        day = f"2026-{self.random.randint(1, 11):02}-{self.random.randint(1, 28):02}"
        self.replace(self.file("papers/*/*.yaml"), r"^(annotated: .*?\bon: )\d{4}-\d\d-\d\d", rf"\g<1>{day}")

    def change_detail(self) -> None:
        path, number = self.file("papers/*/*.yaml"), self.number % 1000
        pattern, new = self.random.choice(
            [
                (r"^(title: [\"']?)(\w)", rf"\1{self.word().title()} \2"),
                (r"^(arxiv: \"\d{4}\.).*", rf'\g<1>7{number:04}"'),
                (r"^(doi: \"10\.\d+/).*", rf'\g<1>{self.word()}"'),
                (r"^(month: ).*", rf"\g<1>{number % 12 + 1}"),
                (r"^(also_titled: \[[\"']?)", rf"\1{self.word().title()} "),
                (r"^( +(?:code|project|paper): https://[\w.]+/).*", rf"\1{self.word()}"),
            ]
        )
        self.replace(path, pattern, new)

    def add_record(self) -> None:
        name = f"doe2021{''.join(self.random.choices('abcdefgh', k=8))}"
        text = GOOD[RECORD].replace("year: 2023", "year: 2021").replace("venue: toyconf\n", "")
        authors = self.random.sample(["Jane Doe", "Ada Example", "Zoë Zwölf", "Kim Lee", "A. Example"], 2)
        text = text.replace("authors: [Jane Doe, Ludwig van Beethoven]", f"authors: [{', '.join(authors)}]")
        topic = self.file("topics/*.yaml").stem
        text = text.replace("topics: [towers]", f"topics: [{topic}]").replace("system: Tower", f"system: {self.word()}")
        text = text.replace("Towers: A Start", f"{self.word().title()} of {' '.join(self.random.sample(WORDS, 4))}")
        notes = re.compile(r"(  problem: |approach: >-\n    |findings: |  caveats: |summary: )")
        text = notes.sub(lambda match: match[0] + " ".join(self.random.choices(WORDS, k=18)) + " ", text)
        path = self.root / "papers" / "2021" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def delete_record(self) -> None:
        if self.added():
            self.random.choice(self.added()).unlink()

    def rename_record(self) -> None:
        path = self.file("papers/*/*.yaml")
        old, new = path.stem, f"{path.stem}z"
        for other in self.root.glob("**/*.yaml"):
            if other.relative_to(self.root).parts[0] in ("papers", "topics", "paths"):
                text = other.read_text(encoding="utf-8")
                if old in text:
                    other.write_text(re.sub(rf"(?<![\w-]){old}(?![\w-])", new, text), encoding="utf-8")
        text = re.sub(r"^former_ids: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.write_text(f"{text}former_ids: [{old}]\n", encoding="utf-8")
        path.rename(path.with_name(f"{new}.yaml"))

    def move_to_topic(self) -> None:
        self.replace(self.file("papers/*/*.yaml"), r"^topics: \[.*\]", f"topics: [{self.file('topics/*.yaml').stem}]")

    def move_to_venue(self) -> None:
        venues = re.findall(r"^([\w-]+):", (self.root / "venues.yaml").read_text(encoding="utf-8"), re.MULTILINE)
        self.replace(self.file("papers/*/*.yaml"), r"^venue: .*", f"venue: {self.random.choice(venues)}")

    def add_topic(self) -> None:
        area = next(path for path in sorted(self.root.glob("topics/*.yaml")) if "\narea:" not in path.read_text())
        name = self.word()
        text = f"title: {name.title()}\narea: {area.stem}\nscope: All of {name}\nintroduction: What is {name}?\n"
        (self.root / "topics" / f"{name}.yaml").write_text(text, encoding="utf-8")
        self.replace(self.file("papers/*/*.yaml"), r"^topics: \[", f"topics: [{name}, ")

    def change_topic(self) -> None:
        field = self.random.choice(["title", "scope"])
        self.replace(self.file("topics/*.yaml"), rf"^({field}: \"?)(\w+)", rf"\1\2 {self.word()}")

    def change_venue(self) -> None:
        self.replace(self.root / "venues.yaml", r"(name: \"?)(\w+)", rf"\1\2 {self.word()}")

    def change_person(self) -> None:
        self.replace(self.root / "people.yaml", r"^(  script: .*)", rf"\1 {self.word()}")

    def change_path(self) -> None:
        self.replace(self.file("paths/*.yaml"), r"^( +take: \"?)(\w+)", rf"\1\2 {self.word()}")

    def change_page(self) -> None:
        page = self.root / "docs" / "about.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n{self.word()}\n", encoding="utf-8")

    def link_page(self) -> None:
        page, ids = self.root / "docs" / "about.md", [path.stem for path in self.root.glob("papers/*/*.yaml")]
        name = self.random.choice([*sorted(ids), f"{max(ids)}z"])  # one that isn't there may come by a new name
        page.write_text(page.read_text(encoding="utf-8") + f"\n[{name}](papers/{name}.md)\n", encoding="utf-8")

    def override_template(self) -> None:
        own = self.root / "templates" / "year.md.j2"
        if own.exists():
            own.unlink()
        else:
            self.change_part()
            text = (PROJECT / "templates" / "year.md.j2").read_text(encoding="utf-8")
            own.write_text(f'{text}{{% include "parts/foot.html" %}}\n', encoding="utf-8")

    def change_part(self) -> None:
        part = self.root / "templates" / "parts" / "foot.html"
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(f"<p>{self.word()}</p>", encoding="utf-8")

    def override_theme(self) -> None:
        own = self.root / "templates" / "theme" / "partials" / "logo.html"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(f"<svg><title>{self.word()}</title></svg>\n", encoding="utf-8")

    def change_settings(self) -> None:
        line = self.random.choice(["site_description: ", "repo_url: https://example.org/", "site_name: "])
        key = line.partition(":")[0]
        self.replace(self.root / "mkdocs.yml", rf"^{key}: .*", f"{line}{self.word()}")


def copy_sources(source: Path, target: Path) -> None:
    """Make a folder hold the same sources as another and nothing else."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in SOURCES:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        elif (source / name).exists():
            shutil.copy(source / name, target / name)


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that two folders don't have alike."""
    files = [{path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (one, other)]
    both = sorted(files[0] & files[1])
    _, unlike, errors = filecmp.cmpfiles(one, other, both, shallow=False)
    return sorted(map(str, (files[0] ^ files[1]) | set(map(Path, [*unlike, *errors]))))


def compare(root: Path, clean: Path, number: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Apply edits and build; return how many of each kind were built, and what differed from clean builds."""
    editor, done, wrong = Editor(root, seed), Counter[str](), list[str]()
    (root / "ids.txt").unlink(missing_ok=True)  # renaming and deleting at will is what it would forbid
    build(root)
    before = clean.with_name("before")
    while done.total() < number:
        copy_sources(root, before)
        name = editor.edit()
        try:
            build(root)
        except RejectedError:
            _take_back(root, before)
            continue
        done[name] += 1
        copy_sources(root, clean)
        build(clean)
        wrong += [f"{done.total()} {name}: {path}" for path in differences(root / "site", clean / "site")]
    return done, wrong


def _take_back(root: Path, before: Path) -> None:
    """Put the sources as they were before in the place of those that the checks refused."""
    for name in SOURCES:
        shutil.rmtree(root / name, ignore_errors=True)
        (root / name).unlink(missing_ok=True)
    for path in before.iterdir():
        path.rename(root / path.name)


def main() -> None:
    """Compare, and tell what was done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", action="store_true", help="edit the real collection instead of the toy one")
    options = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "edited"
        copy_project(root) if options.real else copy_collection(TOY, root)
        done, wrong = compare(root, Path(scratch) / "clean", options.edits, options.seed)
    print("\n".join(wrong[:50]))
    print(f"{done.total()} edits in {time.perf_counter() - start:.0f} s, {len(wrong)} files unlike a clean build's")
    print(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in done.most_common()))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
