"""A scanned paper as it may be kept: PDF, JPEG or PNG by what its bytes are, written anew without what they told of their
making. Pure: bytes in, bytes out; the same bytes give the same bytes.

What somebody sends is hostile until proven otherwise: `scan_apart.clean` runs this in a process of its own.
"""

import zlib
from io import BytesIO

from PIL import Image
from pypdf.generic import ArrayObject, NameObject, NumberObject

from .scan_image import drawn
from .scan_kinds import JPEG, MB, PDF, Cleaned, Limits, ScanError, agreed
from .scan_pdf import A4, BROKEN, Book, Copy, bounded, dictionary, read, stream

# All streams of what is joined may unpack to so many bytes.
BUDGET = 800 * MB


def clean(files, limits=Limits()):  # noqa: B008 - frozen
    """Files [(name, bytes)] as one Cleaned: one file as what it is, several as the pages of one PDF, in their order.
    ScanError names the file that is not taken, and why."""
    parts = []
    for name, content in files:
        try:
            parts.append(_part(name, content, limits))
        except ScanError as fault:
            raise ScanError(f"{name[-60:]}: {fault}" if len(files) > 1 else str(fault)) from None
    if len(parts) == 1 and parts[0].kind != PDF:
        return parts[0]
    return _joined(parts, limits)


def _part(name, content, limits):
    """One file: a picture as it is kept, a PDF as it came, with its pages counted."""
    kind = agreed(name, content, limits)
    if kind != PDF:
        return Cleaned(drawn(content, kind, limits), kind, 1)
    with bounded():
        return Cleaned(content, PDF, len(read(content, limits.pages)))


def _joined(parts, limits):
    pages = sum(part.pages for part in parts)
    if pages > limits.pages:
        raise ScanError(f"Cả thảy {pages} trang, nhiều nhất {limits.pages}. Chia ra rồi tải lên từng phần.")
    book, budget = Book(), BUDGET
    with bounded():
        for part in parts:
            if part.kind == PDF:
                budget = _copied(book, part.content, limits, budget)
            else:
                _picture(book, part)
    content = book.written()
    if len(content) > limits.size:
        raise ScanError(
            f"Bản quét nặng hơn {limits.size // MB} MB, mức lớn nhất giữ được. Chia ra hoặc quét ở độ nét thấp hơn."
        )
    return Cleaned(content, PDF, pages)


def _copied(book, content, limits, budget):
    copy = Copy(book, budget)
    try:
        for page, given in read(content, limits.pages):
            copy.page(page, given)
    except ScanError:
        raise
    except BROKEN:
        raise ScanError("Tệp PDF bị hỏng. Quét lại, hoặc in lại thành PDF rồi tải lên.") from None
    return copy.budget


def _picture(book, part):
    """A page of A4, upright or across as the picture lies, filled as far as its shape allows."""
    image = Image.open(BytesIO(part.content), formats=[part.kind])
    width, height = image.size
    grey = image.mode in {"1", "L"}
    if part.kind == JPEG:
        data, coding = part.content, "/DCTDecode"
    else:
        data, coding = zlib.compress(image.convert("L" if grey else "RGB").tobytes()), "/FlateDecode"
    said = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Image"),
        "/Width": NumberObject(width),
        "/Height": NumberObject(height),
        "/ColorSpace": NameObject("/DeviceGray" if grey else "/DeviceRGB"),
        "/BitsPerComponent": NumberObject(8),
        "/Filter": NameObject(coding),
    }
    shown = book.add(stream(said, data))
    box = A4 if height >= width else (0, 0, A4[3], A4[2])
    scale = min(box[2] / width, box[3] / height)
    across, down = width * scale, height * scale
    left, low = (box[2] - across) / 2, (box[3] - down) / 2
    drawing = f"q {across:.3f} 0 0 {down:.3f} {left:.3f} {low:.3f} cm /Scan Do Q".encode()
    resources = dictionary({"/XObject": dictionary({"/Scan": shown})})
    book.page(box, resources, ArrayObject([book.add(stream({}, drawing))]))
