"""The rows of a release's text files: pipe-terminated (RRF), or tables with a header (tabs or pipes)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tallman.knowledge.importers.release import Release, UnusableRelease

__all__ = ["records", "rrf"]

_BOM = b"\xef\xbb\xbf"


def rrf(release: Release, file: str, columns: Sequence[str], wanted: Callable[[bytes], bool]) -> Iterator[list[str]]:
    """The rows of an RRF file that `wanted` takes, as it stands in the file. Every row ends in a pipe.

    A row with more or fewer fields than `columns`, or with bytes that are no UTF-8, is noted as a problem.
    """
    report, width = release.report, len(columns)
    for number, line in release.lines(file):
        report.rows[file] += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if line.count(b"|") != width or not line.endswith(b"|"):
            ends = "" if line.endswith(b"|") else ", and no pipe at its end"
            report.problem(file, number, f"{line.count(b'|')} fields instead of {width}{ends}")
            continue
        if not wanted(line):
            report.leave_out(file, "not of RxNorm's own vocabulary")
            continue
        try:
            fields = line.decode("utf-8").split("|")
        except UnicodeDecodeError:
            report.problem(file, number, "not written in UTF-8")
            continue
        fields[-1] = str(number)
        yield fields


def records(release: Release, file: str, needed: Sequence[str], separator: str = "\t") -> Iterator[dict[str, str]]:
    """The rows of a table as dicts by the names in its header, in upper case; `LINE` is the number of the line.

    Tables of the FDA are written in UTF-8 or in Windows-1252. Raises UnusableRelease when the header lacks a needed
    column; a row with more or fewer fields than the header is noted as a problem.
    """
    report, header = release.report, list[str]()
    for number, line in release.lines(file):
        if number == 1:
            header = [name.strip().upper() for name in _text(line.removeprefix(_BOM)).split(separator)]
            if missing := [name for name in needed if name not in header]:
                raise UnusableRelease(f"{file} in {release.path} has no column {', '.join(missing)}: {header}.")
            continue
        report.rows[file] += 1
        fields = _text(line).split(separator)
        if len(fields) != len(header):
            report.problem(file, number, f"{len(fields)} fields instead of {len(header)}")
            continue
        yield dict(zip(header, map(str.strip, fields), strict=True)) | {"LINE": str(number)}


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
