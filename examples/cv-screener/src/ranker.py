"""Scores each application against a vacancy with a fine-tuned cross-encoder."""

from dataclasses import dataclass

from sentence_transformers import CrossEncoder

from .features import Application, passages

MODEL_PATH = "models/ranker-2026-04"
INVITE_ABOVE = 0.62


@dataclass(frozen=True)
class Ranked:
    application_id: str
    score: float
    invite: bool
    because: list[str]


class Ranker:
    def __init__(self, path: str = MODEL_PATH) -> None:
        self._model = CrossEncoder(path, num_labels=1)

    def rank(self, vacancy: str, applications: list[Application]) -> list[Ranked]:
        ranked = []
        for application in applications:
            parts = passages(application)
            scores = self._model.predict([(vacancy, part) for part in parts])
            best = sorted(zip(scores, parts), reverse=True)[:3]
            score = float(sum(s for s, _ in best) / max(len(best), 1))
            ranked.append(
                Ranked(application.id, score, score >= INVITE_ABOVE, [p for _, p in best])
            )
        return sorted(ranked, key=lambda r: r.score, reverse=True)
