"""Scans as they are kept: the dots, and nothing of their making."""

import io
import re
import struct
import zlib

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

from recruitment.sheets import scan, scan_apart
from recruitment.sheets.scan_kinds import JPEG, MB, PDF, PNG, Limits, ScanError

from .scan_files import (
    RED,
    SECRETS,
    halves,
    laid_open,
    one_picture,
    paper,
    photo,
    png,
    saved,
    telling,
    written,
)


def test_a_photo_keeps_its_dots_upright_and_nothing_else():
    sent = photo()
    assert all(word in sent for word in (b"SecretPhone", b"SecretPlace", b"SecretComment", b"SecretProfile"))
    made = scan.clean([("Ảnh.JPG", sent)])
    assert (made.kind, made.pages) == (JPEG, 1)
    assert not [word for word in (*SECRETS, b"Exif", b"ICC_PROFILE", b"2026:11") if word in made.content]
    image = Image.open(io.BytesIO(made.content))
    assert image.size == (160, 320) and set(image.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }
    top, bottom = image.getpixel((80, 40)), image.getpixel((80, 280))
    assert top[0] > 150 > top[2] and bottom[2] > 150 > bottom[0], (
        "turned to the right: the left half is above"
    )
    assert scan.clean([("b.jpg", sent)]) == made, "the same bytes give the same bytes"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_a_png_of_any_colours_keeps_them(mode):
    if mode == "I;16":
        sent = saved(Image.frombytes("I;16", (32, 16), struct.pack("<512H", *[20_000] * 512)), "PNG")
        expected = 78
    else:
        sent, expected = png(mode=mode), None
    made = scan.clean([("a.png", sent)])
    image = Image.open(io.BytesIO(made.content))
    assert (
        made.kind == PNG and image.info == {} and not any(word in laid_open(made.content) for word in SECRETS)
    )
    if expected:
        assert image.getpixel((5, 5)) == expected
    else:
        assert image.convert("RGB").getpixel((10, 10)) == halves(mode).convert("RGB").getpixel((10, 10))


def test_other_colours_of_jpeg_become_plain_ones():
    made = scan.clean([("a.jpeg", saved(halves("CMYK"), "JPEG", quality=95))])
    red = Image.open(io.BytesIO(made.content)).getpixel((40, 80))
    assert all(abs(have - want) < 12 for have, want in zip(red, RED, strict=True))
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    made = scan.clean([("a.png", saved(clear, "PNG"))])
    assert Image.open(io.BytesIO(made.content)).getpixel((1, 1)) == (255, 255, 255), "what is clear is white"


def test_a_large_picture_is_kept_at_the_size_of_a_page():
    made = scan.clean([("a.png", saved(Image.new("1", (4200, 3000)), "PNG"))])
    assert max(Image.open(io.BytesIO(made.content)).size) == 3508


def test_a_pdf_keeps_its_pages_and_nothing_that_acts_or_tells():
    sent = telling()
    hidden = [word for word in SECRETS if word in laid_open(sent)]
    assert len(hidden) >= 8, hidden
    made = scan.clean([("Đơn.pdf", sent)])
    assert (made.kind, made.pages) == (PDF, 1)
    shown = laid_open(made.content)
    assert not [word for word in SECRETS if word in shown]
    names = rb"/(JS|JavaScript|AA|OpenAction|Annots|AcroForm|EmbeddedFiles?|Metadata|Info|PieceInfo|URI|Launch|Names|Outlines)\b"
    assert not re.search(names, shown) and b"Exif" not in shown
    page = PdfReader(io.BytesIO(made.content), strict=True).pages[0]
    assert page.extract_text().strip() == "Trang 1"
    picture = page.images[0].image
    assert picture.size == (320, 160) and picture.getpixel((10, 10))[0] > 150
    assert scan.clean([("b.pdf", made.content)]).content == made.content, "what is clean stays as it is"


def test_a_page_keeps_its_box_its_turn_and_its_shared_things():
    writer = PdfWriter(clone_from=io.BytesIO(paper(3)))
    writer.pages[1].rotate(90)
    writer.pages[2].cropbox.upper_right = (300, 400)
    file = io.BytesIO()
    writer.write(file)
    made = PdfReader(io.BytesIO(scan.clean([("a.pdf", file.getvalue())]).content))
    assert [page.extract_text().strip() for page in made.pages] == ["Trang 1", "Trang 2", "Trang 3"]
    assert [page.rotation for page in made.pages] == [0, 90, 0]
    assert made.pages[2].mediabox.upper_right == (300, 400)


def test_pictures_and_papers_are_joined_in_the_order_they_came():
    made = scan.clean([("1.jpg", photo()), ("2.pdf", paper(2)), ("3.png", png(mode="L", size=(320, 160)))])
    assert (made.kind, made.pages) == (PDF, 4)
    pages = PdfReader(io.BytesIO(made.content), strict=True).pages
    assert [page.extract_text().strip() for page in pages] == ["", "Trang 1", "Trang 2", ""]
    sizes = [tuple(round(side) for side in page.mediabox.upper_right) for page in pages]
    assert (sizes[0], sizes[3]) == ((595, 842), (842, 595)), (
        "upright as the phone was held; across as it lies"
    )
    assert pages[0].images[0].image.size == (160, 320) and pages[3].images[0].image.size == (320, 160)
    assert not any(word in laid_open(made.content) for word in SECRETS)


def test_what_lies_inside_may_be_packed_in_other_ways():
    for coding, data in {
        "/ASCIIHexDecode": photo().hex().encode() + b">",
        "/FlateDecode": zlib.compress(photo()),
    }.items():
        page, book = one_picture(data, ArrayObject([NameObject(coding), NameObject("/DCTDecode")]))
        made = scan.clean([("a.pdf", written(book))]).content
        assert b"SecretPhone" not in laid_open(made)
        assert PdfReader(io.BytesIO(made)).pages[0].images[0].image.size == (320, 160)


def test_a_joined_scan_has_no_more_pages_and_no_more_bytes_than_one():
    few = Limits(size=MB, pages=3)
    assert scan.clean([("1.pdf", paper(2)), ("2.png", png())], few).pages == 3
    with pytest.raises(ScanError, match="Cả thảy 4 trang, nhiều nhất 3"):
        scan.clean([("1.pdf", paper(2)), ("2.pdf", paper(2))], few)
    noise = saved(Image.effect_noise((900, 900), 90), "PNG")
    with pytest.raises(ScanError, match="nặng hơn 1 MB"):
        scan.clean([("1.png", noise), ("2.png", noise)], few)
    with pytest.raises(ScanError, match="2.png: Ảnh quá nhỏ"):
        scan.clean([("1.png", png()), ("2.png", saved(Image.new("L", (4, 4)), "PNG"))])


def test_a_process_of_its_own_says_the_same_and_ends_when_it_is_time():
    files = [("a.jpg", photo()), ("b.pdf", paper())]
    assert scan_apart.clean(files, Limits()) == scan.clean(files)
    with pytest.raises(ScanError, match="HEIC"):
        scan_apart.clean([("a.jpg", b"\0\0\0\x18ftypheic" + b"\0" * 99)], Limits())
    with pytest.raises(ScanError, match="quá rắc rối"):
        scan_apart.clean(files, Limits(), seconds=0.01)
