"""Refuses prompts and pictures that must not be made. Both checks run on every request."""

import re

from PIL import Image
from transformers import pipeline

_BLOCKED = re.compile(r"\b(nude|undress|sexual|naked)\b", re.IGNORECASE)
_classifier = pipeline("image-classification", model="models/harm-classifier")
_LIMIT = 0.2


class Refused(Exception):
    pass


def require_allowed(prompt: str) -> None:
    if _BLOCKED.search(prompt):
        raise Refused("prompt")


def require_harmless(image: Image.Image) -> None:
    for result in _classifier(image):
        if result["label"] in ("sexual", "minor") and result["score"] > _LIMIT:
            raise Refused(result["label"])
