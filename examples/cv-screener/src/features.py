"""What the model sees of an application: work, education and skills, nothing else."""

import re
from dataclasses import dataclass, field

# Never shown to the model: they stand in for sex, age, origin or family.
WITHHELD = ("name", "photo", "birth_date", "address", "postcode", "nationality", "military_service")
CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\+?\d[\d -]{7,}\d")


@dataclass(frozen=True)
class Application:
    id: str
    sections: dict[str, str] = field(default_factory=dict)


def passages(application: Application, words: int = 180) -> list[str]:
    result = []
    for name, text in application.sections.items():
        if name in WITHHELD:
            continue
        tokens = CONTACT.sub(" ", text).split()
        result += [" ".join(tokens[i : i + words]) for i in range(0, len(tokens), words)]
    return result
