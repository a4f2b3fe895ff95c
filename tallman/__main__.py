"""`python -m tallman` is the command `tallman`."""

from __future__ import annotations

from tallman.cli import main

if __name__ == "__main__":
    main(prog_name="tallman")
