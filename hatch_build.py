"""The wheel's build hook: brings the browser application into the package before it is packed."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserApplication(BuildHookInterface[Any]):  # pragma: no cover - run by the packer
    """Builds evaluation_ui when its sources have changed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's contract
        """Called before the files are collected."""
        runpy.run_path(str(Path(self.root) / "evaluation_ui" / "bundle.py"), run_name="__main__")
        build_data["artifacts"].append("mathvidya/browser/bundle/**")
