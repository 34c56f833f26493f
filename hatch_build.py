"""Build hook: the wheel carries the rules compiled, so that they load in milliseconds, and the YAML beside them."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulesBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles `rules/` into `healthlint/data/`. Needs PyYAML and nothing else."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":  # an editable install reads `rules/` itself
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from healthlint.rules.compile import compile_folder
            from healthlint.rules.details import DETAILS_FILE, compact, details_text
            from healthlint.rules.pack import PACK_FILE

            pack, details = compile_folder(root / "rules", source="rules/")
        finally:
            sys.path.remove(str(root / "src"))
        self.folder = Path(tempfile.mkdtemp(prefix="healthlint-rules-"))
        for name, text in ((PACK_FILE, compact(pack)), (DETAILS_FILE, details_text(details))):
            path = self.folder / name
            path.write_bytes(text.encode())
            build_data["force_include"][str(path)] = f"healthlint/data/{name}"
        build_data["force_include"][str(root / "rules")] = "healthlint/data/rules"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        folder = getattr(self, "folder", None)
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
