"""Text to image with Prism XL; every picture passes the safety check and is marked before it leaves."""

import io

import torch
from diffusers import StableDiffusionXLPipeline
from PIL import Image

from . import safety, watermark

MODEL = "models/prism-xl-2026-06"


class Generator:
    def __init__(self) -> None:
        self._pipe = StableDiffusionXLPipeline.from_pretrained(MODEL, torch_dtype=torch.float16)

    def create(self, prompt: str, market: str, seed: int | None = None) -> bytes:
        safety.require_allowed(prompt)
        generator = torch.Generator().manual_seed(seed) if seed is not None else None
        image: Image.Image = self._pipe(prompt, generator=generator).images[0]
        safety.require_harmless(image)
        image = watermark.visible(image, market)
        out = io.BytesIO()
        image.save(out, "PNG", pnginfo=watermark.metadata(market))
        return out.getvalue()
