"""Orders a reading list by urgency. Every study stays on the list."""

from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Study:
    accession: str
    waiting_minutes: int
    pixels: bytes


def order(studies: list[Study], score: Callable[[bytes], float]) -> list[Study]:
    """Most urgent first; a study that waits two hours goes to the top whatever its score."""
    return sorted(studies, key=lambda s: (s.waiting_minutes < 120, -score(s.pixels), s.accession))
