"""The command line: one file per command, loaded only when it is called."""

from __future__ import annotations

import gc
import importlib
import pkgutil
from typing import Any

import click

from tallman import __version__

__all__ = ["CommandFolder", "main"]


class CommandFolder(click.Group):
    """A group whose commands are the modules of a package, each with a click command named `command`.

    A module whose name begins with an underscore belongs to the commands and is none; one at the end is left out of
    the name of the command (`import_`).
    """

    def __init__(self, *arguments: Any, package: str = __name__, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._package = package

    def _modules(self) -> dict[str, str]:
        path = importlib.import_module(self._package).__path__
        names = (m.name for m in pkgutil.iter_modules(path) if not m.name.startswith("_"))
        return {name.rstrip("_").replace("_", "-"): f"{self._package}.{name}" for name in names}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = self._modules().get(cmd_name)
        if name is None:
            return None
        gc.disable()  # Nothing made by importing is garbage, and looking for it takes a fifth of the time.
        try:
            module = importlib.import_module(name)
        finally:
            gc.enable()
        return module.command  # type: ignore[no-any-return]


@click.command(cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tallman")
def main() -> None:
    """Tallman: a pharmacy system built around the technician."""
