"""Asking git what changed: the only place that runs it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from healthlint.changes import ChangedLines, changed_paths, changed_stretches
from healthlint.config import display
from healthlint.errors import UserError

TIMEOUT = 120
"""Seconds that one call may take."""
_DIFF = (
    "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames",
    "--inter-hunk-context=0", "--ignore-submodules=all", "--src-prefix=a/", "--dst-prefix=b/",
)  # fmt: skip
_OF_ONE_REPOSITORY = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE",
)  # fmt: skip
"""Variables that a hook sets for its own repository; they would mislead git in any other."""


class Since(NamedTuple):
    """What to compare with: a revision (`origin/main`), where a branch left one (`origin/main...`), or the last commit
    with what is staged.
    """

    revision: str = ""
    staged: bool = False

    @property
    def told(self) -> str:
        return "staged" if self.staged else f"changed since {self.revision}"


class Repository(NamedTuple):
    """A working tree by its top folder; `own` where the current folder lies in it."""

    top: Path
    own: bool


@lru_cache(maxsize=4096)
def repository_of(folder: str) -> Repository | None:
    """The repository that a folder lies in, if any: the nearest folder upward that holds `.git`."""
    at = os.path.realpath(folder)
    if os.path.exists(os.path.join(at, ".git")):
        here = os.path.realpath(os.curdir)
        return Repository(Path(at), here == at or here.startswith(at.rstrip(os.sep) + os.sep))
    parent = os.path.dirname(at)
    return None if parent == at else repository_of(parent)


def changes(paths: Iterable[Path], since: Since) -> Mapping[str, ChangedLines]:
    """What changed in each of the files, by real path; a file in which nothing changed is left out.

    UserError for a file outside of every repository, and where git cannot tell.
    """
    by_repository: dict[Repository, list[str]] = {}
    for path in paths:
        real = os.path.realpath(path)
        repository = repository_of(os.path.dirname(real))
        if repository is None:
            raise UserError("not in a git repository", where=path.as_posix(), hint=f"leave out {_option(since)}")
        by_repository.setdefault(repository, []).append(real)
    found: dict[str, ChangedLines] = {}
    for repository, wanted in by_repository.items():
        in_repository = _changes_in(repository, since)
        found.update({real: in_repository[real] for real in wanted if in_repository.get(real)})
    return found


def _option(since: Since) -> str:
    return "--staged" if since.staged else "--diff"


def _changes_in(repository: Repository, since: Since) -> dict[str, ChangedLines]:
    compared = ["--cached"] if since.staged else [_base(repository, since.revision)]
    binary = dict(changed_paths(_git(repository, *_DIFF, "--numstat", "-z", *compared, "--")))
    stretches = changed_stretches(_git(repository, *_DIFF, "--unified=0", *compared, "--"))
    found = {
        _real(repository, name): ChangedLines(stretches.get(name, ()), whole=is_binary)
        for name, is_binary in binary.items()
    }
    if not since.staged:
        untracked = _git(repository, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0")
        found.update({_real(repository, name): ChangedLines(whole=True) for name in untracked if name})
    return found


def ignored(paths: Iterable[str]) -> frozenset[str]:
    """Those of the paths that git is told to ignore and does not follow; none outside of a repository or without git.

    A path whose folder is reached through links is judged by where the folder is.
    """
    by_repository: dict[Repository, dict[str, str]] = {}
    for path in paths:
        folder = os.path.realpath(os.path.dirname(path) or os.curdir)
        repository = repository_of(folder)
        if repository is not None:
            by_repository.setdefault(repository, {})[os.path.join(folder, os.path.basename(path))] = path
    found: set[str] = set()
    for repository, wanted in by_repository.items():
        try:
            said = _git(repository, "check-ignore", "-z", "--stdin", lines=list(wanted), fine=(0, 1))
        except UserError:
            continue  # then more is checked than was asked for, not less
        found.update(wanted[os.fsdecode(name)] for name in said.split(b"\0") if name)
    return frozenset(found)


def ignored_by(path: Path) -> str:
    """Where the pattern stands by which git ignores the file; empty if none does, or git cannot tell."""
    folder = os.path.realpath(path.parent)
    repository = repository_of(folder)
    if repository is None:
        return ""
    try:
        lines = [os.path.join(folder, path.name)]
        said = _git(repository, "check-ignore", "--verbose", "-z", "--stdin", lines=lines, fine=(0, 1))
    except UserError:
        return ""
    fields = [os.fsdecode(field) for field in said.split(b"\0")]
    if len(fields) < 4 or fields[2].startswith("!"):
        return ""
    return f"{display(repository.top / fields[0])}:{fields[1]}"


def staged_bytes(path: Path) -> bytes:
    """A file as it is staged, which may differ from the one in the folder."""
    real = os.path.realpath(path)
    repository = repository_of(os.path.dirname(real))
    if repository is None:
        raise UserError("not in a git repository", where=path.as_posix(), hint="leave out --staged")
    return _git(repository, "cat-file", "blob", f":{os.path.relpath(real, repository.top).replace(os.sep, '/')}")


def staged_only(paths: Iterable[str]) -> tuple[Path, ...]:
    """Files at or below the paths that are staged and no longer in the folder, by real path."""
    found: dict[str, None] = {}
    for path in paths:
        real = os.path.realpath(path)
        repository = repository_of(real if os.path.isdir(real) else os.path.dirname(real))
        if repository is None:
            continue
        names = _git(repository, *_DIFF, "--cached", "--name-only", "--diff-filter=d", "-z", "--").split(b"\0")
        for staged in (os.path.join(repository.top, os.fsdecode(name)) for name in names if name):
            if (staged == real or staged.startswith(real.rstrip(os.sep) + os.sep)) and not os.path.lexists(staged):
                found[staged] = None
    return tuple(map(Path, found))


def _base(repository: Repository, revision: str) -> str:
    """What to compare with. A revision is one of the repository that we stand in: of a submodule the commit counts
    that the repository above it held then, or nothing where it held none.
    """
    above = None if repository.own else repository_of(os.path.dirname(repository.top))
    if above is None:
        return _commit(repository, revision)
    name = os.path.relpath(repository.top, above.top).replace(os.sep, "/")
    if not _git(above, "ls-files", "--stage", "-z", "--", f":(literal){name}").startswith(b"160000 "):
        return _commit(repository, revision)
    held = _git(above, "ls-tree", "-z", _base(above, revision), "--", name)
    if not held.startswith(b"160000 "):
        return _git(repository, "hash-object", "-t", "tree", "--stdin").decode().strip()
    commit = held.split(b"\t")[0].split()[-1].decode()
    try:
        _git(repository, "cat-file", "-e", f"{commit}^{{commit}}")
    except UserError as error:
        if not error.title.startswith("git failed"):
            raise
        hint = f"fetch it first (git -C {name} fetch origin {commit})"
        raise UserError(f"the submodule does not hold commit {commit[:12]}", where=name, hint=hint) from None
    return commit


def _commit(repository: Repository, revision: str) -> str:
    """The name of the commit to compare with."""
    name = revision.removesuffix("...")
    if not name or name.startswith(("-", "^")) or ".." in name:
        hint = "write --diff origin/main, or --diff origin/main... for where the branch left it"
        raise UserError(f"not a revision: '{revision}'", where="--diff", hint=hint)
    try:
        commit = _git(repository, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except UserError as error:
        if error.title.startswith("git failed"):
            raise UserError(f"unknown revision '{name}'", where="--diff", hint=_way_out(repository)) from None
        raise
    if name == revision:
        return commit
    try:
        return _git(repository, "merge-base", commit, "HEAD").decode().strip()
    except UserError as error:
        if error.title.startswith("git failed"):
            title = f"no common history of '{name}' and HEAD is known"
            raise UserError(title, where="--diff", hint=_way_out(repository)) from None
        raise


def _way_out(repository: Repository) -> str:
    shallow = _git(repository, "rev-parse", "--is-shallow-repository").strip() == b"true"
    if shallow:
        return "this clone is shallow: fetch more history first (git fetch --unshallow, or fetch-depth: 0)"
    return "fetch it first (git fetch origin), or check its spelling"


def _real(repository: Repository, name: bytes) -> str:
    return os.path.realpath(os.path.join(repository.top, os.fsdecode(name)))


def _git(
    repository: Repository, *arguments: str, lines: list[str] | None = None, fine: tuple[int, ...] = (0,)
) -> bytes:
    """What git prints; `lines` are given to it with a zero byte behind each, `fine` are the statuses of success."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    if not repository.own:
        for name in _OF_ONE_REPOSITORY:
            environment.pop(name, None)
    command = ["git", "-c", "core.quotePath=false", *arguments]
    where = repository.top.as_posix()
    try:
        done = subprocess.run(
            command, cwd=repository.top, env=environment, capture_output=True, timeout=TIMEOUT, check=False,
            input=b"".join(os.fsencode(line) + b"\0" for line in lines or ()),
        )  # fmt: skip
    except FileNotFoundError:
        raise UserError("git is not installed", hint="install it, or check whole files without --diff") from None
    except subprocess.TimeoutExpired:
        raise UserError(f"git took more than {TIMEOUT} s", where=where, hint="try again") from None
    if done.returncode not in fine:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        hint = f"git config --global --add safe.directory {where}" if b"dubious ownership" in done.stderr else ""
        raise UserError(f"git failed: {said[0] if said else f'exit status {done.returncode}'}", where=where, hint=hint)
    return done.stdout
