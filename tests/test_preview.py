"""The summary of a pull request: what it shows of good, faulty and hostile records."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from gen.cli import main
from gen.preview import GitError, changed_paths, preview, typeset
from tests.conftest import replace

PATH = "papers/2023/example2023fast.yaml"


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", "-C", root, *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(toy_copy: Path) -> Path:
    """The toy collection as a repository, in which a branch changes one record and deletes another."""
    git(toy_copy, "init", "-q", "-b", "main")
    git(toy_copy, "add", "-A")
    git(toy_copy, "commit", "-qm", "All")
    git(toy_copy, "checkout", "-qb", "change")
    replace(toy_copy, PATH, "title:", "# changed\ntitle:")
    (toy_copy / "papers" / "2019" / "o2019report.yaml").unlink()
    git(toy_copy, "commit", "-qam", "Change")
    return toy_copy


def test_changed_records_are_found_and_deleted_ones_left_out(repository: Path) -> None:
    assert changed_paths(repository, "main") == [PATH]


def test_an_unknown_base_is_said(repository: Path) -> None:
    with pytest.raises(
        GitError, match=r"^what changed since .*; name a commit or branch by --base \(git says: fatal: "
    ):
        changed_paths(repository, "nowhere")


def test_a_record_is_shown_with_its_note_and_entry(toy_copy: Path) -> None:
    text = "\n".join(preview(toy_copy, [PATH], drafts=True))
    assert text.startswith("# 1 changed record\n")
    assert "<strong>Corrected.</strong> The tower" in text
    assert "### Problem" in text
    assert "```bibtex\n@" in text
    assert "<math" not in text


def test_a_record_that_cant_be_read_is_shown_by_its_findings(toy_copy: Path) -> None:
    (toy_copy / PATH).write_text("title: [x\n", encoding="utf-8")
    text = "\n".join(preview(toy_copy, [PATH], drafts=True))
    assert f"```text\n{PATH}:" in text
    assert "can't be shown as a record" in text


def test_hostile_text_stays_text(toy_copy: Path) -> None:
    record = toy_copy / "papers" / "2024" / "x2024y.yaml"
    record.write_text(
        'title: "</code>```<img src=x onerror=y> @user [a](javascript:b) $\\\\input{x}$"\n'
        'authors: [Ada ````` Example]\nyear: 2024\nsummary: "<script>x</script> ``` \\n\\n# y"\n',
        encoding="utf-8",
    )
    text = "\n".join(preview(toy_copy, ["papers/2024/x2024y.yaml"], drafts=True))
    outside = re.sub(r"^(`{3,})\w*\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert "<img" not in outside
    assert "<script" not in outside
    assert "](javascript" not in outside
    assert "\n# y" not in outside


def test_a_hostile_name_of_a_file_stays_text(toy_copy: Path) -> None:
    record = (toy_copy / PATH).read_bytes()
    names = [b"a\n\n# Heading\n.yaml", b"*a*[b](c)$x$.yaml", b"\xff2024.yaml"]
    paths = [f"papers/2023/{os.fsdecode(name)}" for name in names]
    for path in paths:
        (toy_copy / path).write_bytes(record)
    text = "\n".join(preview(toy_copy, paths, drafts=True))
    assert text.encode()
    assert "\n# Heading" not in text
    assert "<code>papers/2023/a&#92;n&#92;n&#35; Heading&#92;n&#46;yaml</code>" in text
    assert "<code>papers/2023/&#42;a&#42;&#91;b&#93;&#40;c&#41;&#36;x&#36;&#46;yaml</code>" in text
    assert "papers/2023/&#92;udcff2024&#46;yaml" in text


def test_an_empty_line_in_a_table_does_not_end_it(toy_copy: Path) -> None:
    record = toy_copy / PATH
    text = record.read_text(encoding="utf-8")
    assert "Fast where" in text
    record.write_text(text.replace("Fast where", "![i](y)\\n\\n![i](y) where"), encoding="utf-8")
    assert "<td>![i](y) ![i](y) where" in "\n".join(preview(toy_copy, [PATH], drafts=True))


@pytest.mark.latex
def test_an_entry_is_typeset_and_left_as_picture(tmp_path: Path) -> None:
    fields = "author = {Example, Ada}, title = {On Efficient {LLM} Towers}, note = {pages 10--12}, year = {2024}"
    bib = f"@misc{{x2024y, {fields}}}\n"
    text = typeset(bib, tmp_path / "out")
    assert "Ada Example. On efficient LLM towers, 2024. pages 10–12." in " ".join(text.split())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["all.pdf", "typeset-1.png"]


@pytest.mark.latex
def test_typesetting_runs_no_command_and_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("secret words", encoding="utf-8")
    title = rf"\write18{{touch {tmp_path}/ran}}\input{{{tmp_path}/secret.tex}}"
    text = typeset(f"@misc{{x,\n  title = {{{title}}},\n  year = {{2024}},\n}}\n")
    assert "secret words" not in text
    assert not (tmp_path / "ran").exists()


def test_the_command_says_what_is_wrong_with_its_base(repository: Path) -> None:
    done = CliRunner().invoke(main, ["preview", "--root", str(repository), "--base", "nowhere"])
    assert done.exit_code == 1
    assert "nowhere" in done.output
