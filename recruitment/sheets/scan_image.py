"""A photographed or scanned picture, decoded and written anew: its dots turned upright, and nothing it told of the phone,
the place or the program it came from."""

import struct
from io import BytesIO

from PIL import Image
from PIL.Image import Transpose

from .scan_kinds import JPEG, ScanError

# The longer side of a picture kept, in dots: an A4 page at 300 dots an inch.
LONGEST_SIDE = 3508
SMALLEST_SIDE = 16
QUALITY = 85
# The tag of EXIF that says how the phone was held, and what sets the picture upright again.
TURN = 0x0112
UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
}  # fmt: skip
# What decoding a damaged picture raises.
BROKEN = (
    OSError, SyntaxError, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, ZeroDivisionError,
    EOFError, RuntimeError, MemoryError, struct.error, Image.DecompressionBombError,
)  # fmt: skip


def drawn(content, kind, limits):
    """The bytes of the picture as it is kept, of the same kind. ScanError."""
    try:
        image = Image.open(BytesIO(content), formats=[kind])
        width, height = image.size
    except Image.DecompressionBombError:
        raise _flood(limits) from None
    except BROKEN:
        raise _damaged() from None
    if width * height > limits.pixels:
        raise _flood(limits)
    if min(width, height) < SMALLEST_SIDE:
        raise ScanError("Ảnh quá nhỏ để đọc được. Chụp hoặc quét lại.")
    if kind != JPEG and getattr(image, "is_animated", False):
        raise ScanError("Ảnh động không phải là bản quét. Chụp hoặc quét lại.")
    try:
        return _again(image, kind)
    except BROKEN:
        raise _damaged() from None


def _flood(limits):
    return ScanError(
        f"Ảnh có hơn {limits.pixels // 1_000_000} triệu điểm, mức nhiều nhất. Giảm độ nét rồi chụp hoặc quét lại."
    )


def _damaged():
    return ScanError("Ảnh bị hỏng hoặc bị cắt giữa chừng. Chụp hoặc quét lại rồi tải lên.")


def _again(image, kind):
    if kind == JPEG:
        # Decodes few more dots than are kept.
        image.draft(image.mode, (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    plain = _plain(image)
    if max(plain.size) > LONGEST_SIDE:
        plain = plain.convert({"1": "L", "P": "RGB"}.get(plain.mode, plain.mode))
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    turn = UPRIGHT.get(_turn(image))
    if turn is not None:
        plain = plain.transpose(turn)
    # Into a new picture: what would be carried over from the old one (colour profile, density, comments) stays behind.
    dots = Image.new(plain.mode, plain.size)
    if plain.mode == "P":
        dots.putpalette(plain.getpalette())
    dots.paste(plain)
    file = BytesIO()
    dots.save(file, kind, **({"quality": QUALITY} if kind == JPEG else {}))
    return file.getvalue()


def _turn(image):
    """How the file says it was held; None where its EXIF says nothing, or nothing that can be read."""
    try:
        return image.getexif().get(TURN)
    except BROKEN:
        return None


def _plain(image):
    """In colours that are kept: black and white, grey, a palette, or red, green and blue; white where it shows through."""
    if image.mode in {"LA", "PA", "La", "RGBA", "RGBa"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        plain = Image.new("RGB", image.size, "white")
        plain.paste(layer, mask=layer.getchannel("A"))
        return plain
    if image.mode.startswith("I"):
        # Sixteen bits of grey: `convert` alone would cut off what is over 255.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image if image.mode in {"1", "L", "P", "RGB"} else image.convert("RGB")
