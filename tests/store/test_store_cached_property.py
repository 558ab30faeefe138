"""A value is worked out once for an object, and no object waits for another's."""

from __future__ import annotations

import threading

from store.cached_property import cached_property


class Slow:
    """Its value waits for a door, which another object's value opens."""

    def __init__(self, wait: threading.Event | None = None, opens: threading.Event | None = None):
        self.wait, self.opens, self.made = wait, opens, 0

    @cached_property
    def value(self) -> bool:
        """Whether the door was opened in time."""
        self.made += 1
        if self.opens:
            self.opens.set()
        return self.wait.wait(10) if self.wait else True


def test_a_value_is_worked_out_once() -> None:
    one = Slow()
    assert one.value and one.value
    assert one.made == 1
    assert vars(one)["value"] is True


def test_one_object_does_not_wait_for_another() -> None:
    door = threading.Event()
    waiting, quick = Slow(wait=door), Slow(opens=door)
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(waiting.value))
    thread.start()
    assert quick.value
    thread.join(20)
    assert found == [True]
