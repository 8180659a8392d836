"""Pages written by hand may link to whatever the site will have, and to nothing else."""

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import File, Files

from gen.link_targets import LinkTargets
from tests.conftest import TOY


def test_generated_files_are_found_beside_mkdocs_own(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "towers.md").write_text("# Towers")
    config = load_config(str(TOY / "mkdocs.yml"), hooks=[])
    config.plugins._current_plugin = "hook"  # as MkDocs has it while hooks run
    own = File.generated(config, "about.md", content="# About")
    targets = LinkTargets(Files([own]), tmp_path, {"papers/another-part.md"}, config)
    assert targets.get_file_from_path("about.md") is own
    found = targets.get_file_from_path("topics/towers.md")
    assert found
    assert (found.url, found.abs_src_path) == ("topics/towers/", f"{tmp_path}/topics/towers.md")
    planned = targets.get_file_from_path("papers/another-part.md")
    assert planned, "another part of the build makes it"
    assert targets.get_file_from_path("topics/bridges.md") is None
    assert [file.src_uri for file in targets] == ["about.md"], "MkDocs is to build none of them"
