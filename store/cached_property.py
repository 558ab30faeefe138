"""A property that is worked out once for an object, without `functools`' lock.

Until Python 3.12 `functools.cached_property` holds one lock for all objects of a class: a reader
whose filter keeps ten claims would wait for one whose filter keeps a million. Here two threads may
work one object's value out at once, which costs time and harms nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class cached_property(Generic[T]):
    """What the method gives, kept in the object's dictionary under the method's name."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> cached_property[T]: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = vars(instance)[self._name] = self._make(instance)
        return value
