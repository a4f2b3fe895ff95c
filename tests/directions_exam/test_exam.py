"""A small examination: nothing called read is wrong, and nearly everything that has one meaning is read."""

from __future__ import annotations

from tests.directions_exam.exam import by_scene, drawn, examine

COUNT, SEED = 4000, 7


def test_nothing_called_read_is_wrong_and_nearly_all_is_read() -> None:
    results = examine(COUNT, SEED)
    assert [(r.written.text, r.wrong) for r in results if r.wrong] == []
    certain = [r for r in results if r.written.parts]
    assert sum(r.is_read for r in certain) >= 0.97 * len(certain)
    scenes = by_scene(results)
    assert min(read / total for scene, (total, read, _) in scenes.items() if scene != "trap") > 0.8
    assert len(scenes) > 25


def test_the_same_seed_draws_the_same() -> None:
    assert [w.text for w in drawn(50, 3)] == [w.text for w in drawn(50, 3)] != [w.text for w in drawn(50, 4)]
