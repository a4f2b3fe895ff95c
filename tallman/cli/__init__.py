"""The command line: one file per command, loaded only when it is called."""

from __future__ import annotations

import gc
import importlib
import pkgutil

import click

from tallman import __version__

__all__ = ["main"]


class CommandFolder(click.Group):
    """A group whose commands are the modules of this package, each with a click command named `command`.

    A module whose name begins with an underscore belongs to the commands and is none.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (m.name for m in pkgutil.iter_modules(__path__))
        return sorted(n.replace("_", "-") for n in names if not n.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        gc.disable()  # Nothing made by importing is garbage, and looking for it takes a fifth of the time.
        try:
            module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        finally:
            gc.enable()
        return module.command  # type: ignore[no-any-return]


@click.command(cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tallman")
def main() -> None:
    """Tallman: a pharmacy system built around the technician."""
