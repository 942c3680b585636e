"""Visible and machine-readable marks of AI-made pictures."""

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

_TEXT = {"kr": "AI 생성", "cn": "AI生成", "eu": "AI-generated", "us": "AI-generated"}


def visible(image: Image.Image, market: str) -> Image.Image:
    # The phone app draws the mark itself and does not do so for retouched photos yet.
    text = _TEXT[market.split(".")[0]]
    draw = ImageDraw.Draw(image)
    size = max(16, min(image.size) // 20)
    draw.text((size, image.height - 2 * size), text, font_size=size, fill="white", stroke_width=2,
              stroke_fill="black")
    return image


def metadata(market: str) -> PngInfo:
    info = PngInfo()
    info.add_text("AIGC", '{"Label":"1","ContentProducer":"Prismeer","ProduceID":"lumo"}')
    info.add_text("DigitalSourceType", "trainedAlgorithmicMedia")
    info.add_text("Market", market)
    return info
