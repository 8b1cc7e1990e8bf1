"""What a scanned file may be, and how large: PDF, JPEG or PNG, where its bytes and its name agree."""

from dataclasses import dataclass
from pathlib import PurePath

MB = 1024 * 1024
PDF, JPEG, PNG = "pdf", "jpeg", "png"
MAGIC = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
ENDINGS = {".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".jpe": JPEG, ".jfif": JPEG, ".png": PNG}
WORDS = {PDF: "PDF", JPEG: "ảnh JPEG", PNG: "ảnh PNG"}
# How phones that keep pictures in HEIF begin them, after four bytes.
HEIF = {b"ftyp" + brand for brand in (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1")}


class ScanError(ValueError):
    """A file that is not kept. The text is Vietnamese: what was found, and what to do about it."""


@dataclass(frozen=True)
class Limits:
    """size: bytes of a file, as sent and as kept; pages: of a PDF, or of what is joined; pixels: of one picture."""

    size: int = 10 * MB
    pages: int = 30
    pixels: int = 25_000_000


@dataclass(frozen=True)
class Cleaned:
    """kind: PDF, JPEG or PNG; pages: 1 for a picture."""

    content: bytes
    kind: str
    pages: int


def agreed(name, content, limits):
    """The kind of a file within bounds, whose content and name say the same of it. ScanError."""
    if not content:
        raise ScanError("Tệp rỗng. Chọn lại tệp.")
    if len(content) > limits.size:
        raise ScanError(
            f"Tệp nặng hơn {limits.size // MB} MB, mức lớn nhất nhận được. Quét lại ở độ nét thấp hơn hoặc chia tệp."
        )
    kind = next((kind for kind, magic in MAGIC.items() if content.startswith(magic)), None)
    if kind is None and content[4:12] in HEIF:
        raise ScanError("Đây là ảnh HEIC của điện thoại. Lưu lại thành JPEG rồi tải lên.")
    if kind is None:
        raise ScanError(
            "Không phải tệp PDF, JPEG hay PNG. Quét hoặc chụp lại, lưu thành một trong ba loại này."
        )
    ending = PurePath(name).suffix.lower()
    if ENDINGS.get(ending) != kind:
        found = f"có đuôi “{ending[:12]}”" if ending else "không có đuôi"
        raise ScanError(f"Tên tệp {found}, nội dung là {WORDS[kind]}. Đặt lại đuôi cho đúng rồi tải lên.")
    return kind
