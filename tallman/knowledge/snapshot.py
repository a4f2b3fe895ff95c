"""Tables that stay on disk: sorted keys, and rows that are read only when somebody asks for them.

So 26,000 products and 222,000 packages cost no time at the start and little memory after it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

__all__ = ["Layers", "Packed", "Table", "pack"]

K = TypeVar("K")
V = TypeVar("V")


class Packed(msgspec.Struct, array_like=True):
    """A table as it is written: keys of one width in ascending order, where each row starts, the rows as msgpack."""

    width: int
    keys: memoryview
    starts: memoryview
    rows: memoryview


def pack(rows: Mapping[str, Any]) -> Packed:
    """The table of these rows."""
    keys = {key: key.encode() for key in rows}
    order = sorted(keys, key=keys.__getitem__)
    width = max([1, *map(len, keys.values())])
    starts, content = array("I", [0]), bytearray()
    for key in order:
        content += msgspec.msgpack.encode(rows[key])
        starts.append(len(content))
    padded = b"".join(keys[key].ljust(width, b"\0") for key in order)
    return Packed(width, memoryview(padded), memoryview(starts.tobytes()), memoryview(content))


class Table(Mapping[str, V], Generic[V]):
    """A packed table as a mapping; `read` makes a value of a key and its row. What was read once is kept."""

    def __init__(self, packed: Packed, read: Callable[[str, memoryview], V]) -> None:
        self._width, self._keys, self._rows, self._read = packed.width, packed.keys, packed.rows, read
        self._starts = packed.starts.cast("I")
        self._known: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._known:
            at = self._place(key)
            if at is None:
                raise KeyError(key)
            self._known[key] = self._read(key, self._rows[self._starts[at] : self._starts[at + 1]])
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._place(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.ordered)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def _place(self, key: str) -> int | None:
        wanted = key.encode().ljust(self._width, b"\0")
        at = bisect_left(range(len(self)), wanted, key=self._key)
        return at if at < len(self) and self._key(at) == wanted else None

    @property
    def ordered(self) -> Sequence[str]:
        """The keys in ascending order."""
        return _Keys(self._keys, self._width)

    def _key(self, at: int) -> bytes:
        return bytes(self._keys[at * self._width : (at + 1) * self._width])


class _Keys(Sequence[str]):
    """The keys of a table, each made into text when it is asked for."""

    def __init__(self, keys: memoryview, width: int) -> None:
        self._keys, self._width = keys, width

    def __len__(self) -> int:
        return len(self._keys) // self._width

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        start = range(len(self))[at] * self._width
        return bytes(self._keys[start : start + self._width]).rstrip(b"\0").decode()


class Layers(Mapping[K, V], Generic[K, V]):
    """Mappings over each other: what stands in an earlier one hides what stands in a later one."""

    def __init__(self, *layers: Mapping[K, V]) -> None:
        self._layers = layers

    def __getitem__(self, key: K) -> V:
        for layer in self._layers:
            if (found := layer.get(key)) is not None:
                return found
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return any(key in layer for layer in self._layers)

    def __iter__(self) -> Iterator[K]:
        for place, layer in enumerate(self._layers):
            above = self._layers[:place]
            yield from (key for key in layer if not any(key in upper for upper in above))

    def __len__(self) -> int:
        return sum(1 for _ in self)
