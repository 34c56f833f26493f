"""The configuration: found upward, read strictly, and what it means for one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint.config import Config, Configs, FileSettings, Overrides, Word, load_config
from healthlint.errors import UserError
from healthlint.globs import matches


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to stand in, so that nothing above it is found."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


FULL = """\
profiles: [uk]
select: [overclaim, HL301]
ignore: [HL1]
severity: {HL101: off, hurry: info}
exclude: [drafts/]
publisher: [Honeycomb Clinic]
rules: [house]
fail-on: error
per-file:
  "shop/**": {kind: promotional, profiles: [us, platform], ignore: [readability]}
  "shop/about.md": {kind: article, select: []}
"""


def test_all_keys() -> None:
    Path("house").mkdir()
    config = load_config(write(".healthlint.yaml", FULL))
    assert config.rules == (Path("house"),)
    assert config.fail_on == "error"
    assert config.select[0] == Word("overclaim", ".healthlint.yaml:2")
    assert config.settings_for("page.md") == FileSettings(
        profiles=("base", "uk"),
        select=("overclaim", "HL301"),
        ignore=("HL1",),
        severity=(("HL101", "off"), ("hurry", "info")),
        publisher=("Honeycomb Clinic",),
    )
    shop = config.settings_for("shop/deep/page.md")
    assert (shop.kind, shop.profiles, shop.ignore) == (
        "promotional",
        ("base", "us", "platform"),
        ("HL1", "readability"),
    )
    about = config.settings_for("shop/about.md")
    assert (about.kind, about.select) == ("article", ())


def test_per_file_as_a_list() -> None:
    config = load_config(write(".healthlint.yaml", "per-file:\n- {files: ['a.md', b.md], kind: leaflet}\n"))
    assert config.settings_for("b.md").kind == "leaflet"
    assert config.settings_for("c.md").kind is None


@pytest.mark.parametrize("text", ["", "# only a comment\n", "profiles:\nper-file:\n"])
def test_an_empty_file_is_the_default(text: str) -> None:
    assert load_config(write(".healthlint.yaml", text)).settings_for("a.md") == FileSettings()


def test_pyproject() -> None:
    write("pyproject.toml", '[project]\nname = "x"\n[tool.healthlint]\nprofiles = ["us"]\nfail-on = "never"\n')
    config = Configs().of(".")
    assert (config.profiles, config.fail_on) == (("us",), "never")


def test_pyproject_names_the_key() -> None:
    write("pyproject.toml", '[tool.healthlint.per-file."a/*"]\nkindd = "article"\n')
    with pytest.raises(UserError) as error:
        Configs().of(".")
    assert error.value.where == "pyproject.toml: tool.healthlint.per-file.a/*.kindd"


def test_a_pyproject_of_others_is_passed_over() -> None:
    write("pyproject.toml", "this is not even TOML")
    assert Configs().of(".").name == ""


def test_the_nearest_one_upward_is_taken() -> None:
    write(".healthlint.yaml", "profiles: [us]")
    write("uk/.healthlint.yaml", "profiles: [uk]")
    Path("uk/deep").mkdir()
    Path("fr").mkdir()
    configs = Configs()
    assert configs.of("uk/deep").profiles == ("uk",)
    assert configs.of("fr").profiles == ("us",)
    assert configs.of("uk/deep") is configs.of("uk")


def test_the_search_ends_at_a_repository() -> None:
    write(".healthlint.yaml", "profiles: [us]")
    Path("inner/.git").mkdir(parents=True)
    assert Configs().of("inner").profiles == ()


def test_one_file_for_everything_counts_its_patterns_from_here() -> None:
    file = write("ci/strict.yaml", "exclude: [drafts/]")
    write("blog/.healthlint.yaml", "profiles: [us]")
    config = Configs(only=file).of("blog")
    assert config.profiles == ()
    assert config.excludes("drafts/a.md")


def test_the_command_line_has_the_last_word() -> None:
    write(".healthlint.yaml", 'ignore: [HL1]\nper-file: {"*.md": {profiles: [uk], select: [HL2], ignore: [HL3]}}')
    by = Overrides(profiles=("us",), select=(Word("HL9"),), ignore=(Word("HL5"),), fail_on="info")
    config = Configs(by).of(".")
    settings = config.settings_for("a.md")
    assert settings.profiles == ("base", "us")
    assert settings.select == ("HL9",)
    assert settings.ignore == ("HL1", "HL5", "HL3")
    assert config.fail_on == "info"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profile: [us]", ".healthlint.yaml:1: unknown key 'profile' (did you mean 'profiles'?)"),
        ("\n\nprofiles: [us, ukk]", ".healthlint.yaml:3: unknown profile 'ukk' (did you mean 'uk'?)"),
        ("fail-on: warn", ".healthlint.yaml:1: unknown level 'warn' (did you mean 'warning'?)"),
        ("severity: {HL101: eror}", ".healthlint.yaml:1: unknown level 'eror' (did you mean 'error'?)"),
        ("per-file: {a: {kind: artcle}}", ".healthlint.yaml:1: unknown kind 'artcle' (did you mean 'article'?)"),
        ("per-file:\n- {kind: article}", ".healthlint.yaml:2: a per-file entry without 'files' (write files: "),
        ("rules: [hous]", ".healthlint.yaml:1: no rules folder 'hous' (paths count from "),
        ("profiles: [us]\nprofiles: [uk]", ".healthlint.yaml:2: the key 'profiles' is given twice (merge the two)"),
        ("exclude: [[a]]", ".healthlint.yaml:1: a list of words is expected here (write [one, two])"),
        ("select: ['']", ".healthlint.yaml:1: an empty word in a list (remove it)"),
        ("exclude: ['[ab.md']", ".healthlint.yaml:1: a pattern that names nothing: '[ab.md' (write \\[ "),
        ("per-file: {'/': {kind: article}}", ".healthlint.yaml:1: a pattern that names nothing: '/'"),
        ("- us", ".healthlint.yaml:1: keys and values are expected here"),
        ("severity: [HL101]", ".healthlint.yaml:1: rules and levels are expected here (write HL101: warning)"),
        ("a: [b", ".healthlint.yaml:"),
        ("a: \x07", ".healthlint.yaml: not valid YAML"),
        ("a: &a [*a]", ".healthlint.yaml: not valid YAML: nested too deeply"),
        ("baseline: [a]", ".healthlint.yaml:1: the name of one file is expected here (write baseline: FILE)"),
    ],
)  # fmt: skip
def test_every_mistake_names_its_place_and_the_way_out(text: str, message: str) -> None:
    with pytest.raises(UserError) as error:
        load_config(write(".healthlint.yaml", text))
    assert str(error.value).startswith(message)
    assert error.value.hint
    assert "\n" not in str(error.value)


def test_a_misspelt_file_name_is_an_error() -> None:
    write(".healthlint.yml", "profiles: [us]")
    with pytest.raises(UserError, match="rename it"):
        Configs().of(".")


def test_a_broken_one_is_an_error_each_time() -> None:
    write(".healthlint.yaml", "nonsense: 1")
    configs = Configs()
    for _ in range(2):
        with pytest.raises(UserError, match="unknown key"):
            configs.of(".")


@pytest.mark.parametrize("name", ["none.yaml", "folder"])
def test_a_named_file_must_be_one(name: str) -> None:
    Path("folder").mkdir()
    with pytest.raises(UserError) as error:
        load_config(Path(name))
    assert error.value.where == name


@pytest.mark.parametrize(
    ("patterns", "path", "expected"),
    [
        (("drafts/",), "drafts/a.md", True),
        (("drafts/",), "blog/drafts/deep/a.md", True),
        (("drafts/",), "drafts", False),
        (("/drafts/",), "blog/drafts/a.md", False),
        (("blog/*.md",), "blog/a.md", True),
        (("blog/*.md",), "blog/deep/a.md", False),
        (("blog/**",), "blog/deep/a.md", True),
        (("**/old/*",), "a/b/old/c.md", True),
        (("**/old/*",), "old/c.md", True),
        (("*.old.md",), "deep/a.old.md", True),
        (("a?.md",), "ab.md", True),
        (("[ab].md",), "b.md", True),
        (("[!ab].md",), "b.md", False),
        (("\\[ab].md",), "[ab].md", True),
        (("a**b.md",), "a/b.md", False),
        (("[[:digit:]].md",), "7.md", True),
        (("*.md", "!keep.md"), "keep.md", False),
        (("*.md", "!keep.md"), "a.md", True),
        (("drafts/", "!keep.md"), "drafts/keep.md", True),
        (("a+b(1).md",), "a+b(1).md", True),
        ((), "a.md", False),
    ],
)
def test_patterns_are_those_of_gitignore(patterns: tuple[str, ...], path: str, expected: bool) -> None:
    assert matches(patterns, path) is expected


def test_excludes_count_from_the_folder_of_the_configuration() -> None:
    config = load_config(write("site/.healthlint.yaml", "exclude: [/drafts/, ./old/]"))
    assert config.excludes("site/old/a.md")
    assert config.excludes("site/drafts/a.md")
    assert not config.excludes("drafts/a.md")
    assert Config(Path.cwd()).excludes("a.md") is False


def test_a_pyproject_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write("pyproject.toml", "[tool.healthlint]")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError, match=r"^pyproject\.toml: cannot be read: Permission denied"):
        Configs().of(".")
