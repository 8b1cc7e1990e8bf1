"""Scans as they are kept: what is no scan is refused, what is one says nothing of its making. Hostile files are read in the
process that cleans them, with its time and its memory measured."""

import io
import json
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from recruitment.sheets import scan, scan_apart
from recruitment.sheets.scan_kinds import JPEG, MB, PDF, PNG, Limits, ScanError

SECRETS = (b"SecretPhone", b"SecretComment", b"SecretTitle", b"SecretPlace", b"SecretAuthor", b"SecretScript",
           b"SecretAttachment", b"SecretNote", b"SecretField", b"SecretProfile", b"http://secret")  # fmt: skip
RED, BLUE = (200, 30, 30), (20, 40, 210)


def saved(image, form, **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def halves(mode="RGB", size=(320, 160)):
    """The left half red, the right blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image.convert(mode)


def photo(turn=6):
    """As a phone makes it: held upright, telling the place."""
    told = Image.Exif()
    told[0x010F], told[0x0112], told[0x0132] = "SecretPhone", turn, "2026:11:20 08:00:00"
    told.get_ifd(0x8825).update({1: "N", 2: (10.0, 30.0, 12.0), 29: "SecretPlace"})
    return saved(
        halves(), "JPEG", exif=told, comment=b"SecretComment", icc_profile=b"SecretProfile" * 20, quality=95
    )


def png(**said):
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "SecretAuthor")
    told.add_itxt("XML:com.adobe.xmp", "<x>SecretPlace</x>", zip=True)
    return saved(halves(**said), "PNG", pnginfo=told, dpi=(301, 301))


def paper(pages=1, picture=None):
    file = io.BytesIO()
    drawing = canvas.Canvas(file, pageCompression=1)
    drawing.setTitle("SecretTitle")
    drawing.setAuthor("SecretAuthor")
    for page in range(pages):
        drawing.drawString(80, 700, f"Trang {page + 1}")
        if picture:
            drawing.drawImage(ImageReader(io.BytesIO(picture)), 50, 300, 320, 160)
        drawing.linkURL("http://secret.example", (0, 0, 100, 100))
        drawing.acroForm.textfield(name="SecretField", value="SecretField", x=10, y=10)
        drawing.bookmarkPage(f"p{page}")
        drawing.showPage()
    drawing.save()
    return file.getvalue()


def telling():
    """A PDF that acts, carries files and tells of its author."""
    writer = PdfWriter(clone_from=io.BytesIO(paper(picture=photo())))
    acts = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('SecretScript')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject(k): v for k, v in acts.items()}
    )
    writer.add_attachment("SecretAttachment.exe", b"MZ SecretAttachment")
    writer.xmp_metadata = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretPlace</x:xmpmeta>"
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject(
        {
            NameObject("/O"): DictionaryObject(
                {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("SecretScript")}
            )
        }
    )
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/X"): TextStringObject("SecretNote")})
    for thing in page["/Resources"]["/XObject"].values():
        thing.get_object()[NameObject("/Metadata")] = TextStringObject("SecretNote")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue() + b"%SecretComment after the end"


def laid_open(content):
    """All bytes of a file, and of each stream in it, unpacked: without the reader that made it."""
    found = [content]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return b"\n".join(found)


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


# What is refused ---------------------------------------------------------------------------------------


def one_picture(data, coding, width=320, height=160):
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    picture = StreamObject()
    picture._data = data
    picture.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
        NameObject("/Width"): NumberObject(width), NameObject("/Height"): NumberObject(height),
        NameObject("/ColorSpace"): NameObject("/DeviceRGB"), NameObject("/BitsPerComponent"): NumberObject(8),
        NameObject("/Filter"): coding,
    })  # fmt: skip
    things = DictionaryObject({NameObject("/P"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): things})
    return page, writer


def written(writer):
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def locked():
    writer = PdfWriter(clone_from=io.BytesIO(paper()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    return written(writer)


def circle():
    return (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R 2 0 R]>>\n"
        b"endobj\ntrailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )


def blown_up(megabytes):
    packer = zlib.compressobj(1)
    return b"".join([*(packer.compress(b"\0" * MB) for _each in range(megabytes)), packer.flush()])


def bomb(levels=1):
    """Few bytes that unpack to more than any page has dots."""
    data, names = blown_up(150), [NameObject("/FlateDecode")] * levels
    for _level in names[1:]:
        data = zlib.compress(data)
    return written(one_picture(data, ArrayObject(names))[1])


def table_bomb():
    """Objects packed in a stream that unpacks to more than any memory should hold."""
    packed = blown_up(150)
    head = b"%%PDF-1.5\n5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
    body = head % len(packed) + packed + b"\nendstream\nendobj\n"
    return body + b"startxref\n9\n%%EOF\n"


def flood(width, height):
    """The head of a PNG of so many dots, which are a few bytes."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def moving():
    first, second = halves(), halves().rotate(180)
    return saved(first, "PNG", save_all=True, append_images=[second])


def many_texts():
    sound = saved(halves(), "PNG")
    data = b"Comment\0\0" + zlib.compress(b"x" * (60 * MB), 9)
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return sound[:33] + chunk * 3 + sound[33:]


def deep():
    return b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


REFUSED = {
    "empty": ("a.pdf", lambda: b"", "rỗng"),
    "program": ("a.pdf", lambda: b"MZ\x90\0" + b"\0" * 600, "Không phải tệp PDF"),
    "drawing": ("a.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "Không phải tệp PDF"),
    "page": ("a.jpg", lambda: b"<html><script>alert(1)</script>", "Không phải tệp PDF"),
    "archive": ("a.pdf", lambda: b"PK\x03\x04" + b"\0" * 99, "Không phải tệp PDF"),
    "polyglot": ("a.pdf", lambda: b"GIF89a;" + paper(), "Không phải tệp PDF"),
    "heic": ("a.jpg", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, "HEIC"),
    "other name": ("a.png", photo, "Đặt lại đuôi"),
    "no name": ("đơn", paper, "không có đuôi"),
    "double name": ("a.pdf.exe", paper, "Đặt lại đuôi"),
    "heavy": ("a.pdf", lambda: b"%PDF-1.4" + b"\0" * 10 * MB, "nặng hơn"),
    "cut photo": ("a.jpg", lambda: photo()[:-900], "hỏng"),
    "cut png": ("a.png", lambda: png()[:400], "hỏng"),
    "head alone": ("a.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 40, "hỏng"),
    "flood": ("a.png", lambda: flood(50_000, 50_000), "triệu điểm"),
    "flood within": ("a.png", lambda: flood(4_900, 4_900), "hỏng"),
    "tiny": ("a.png", lambda: saved(Image.new("L", (4, 4)), "PNG"), "quá nhỏ"),
    "moving": ("a.png", moving, "động"),
    "texts": ("a.png", many_texts, "hỏng"),
    "locked": ("a.pdf", locked, "mật khẩu"),
    "long": ("a.pdf", lambda: paper(31), "hơn 30 trang"),
    "junk": ("a.pdf", lambda: b"%PDF-1.7\n" + b"\x8f\xf1" * 5000, "hỏng"),
    "cut pdf": ("a.pdf", lambda: paper()[:300], "hỏng"),
    "circle": ("a.pdf", circle, "hơn 30 trang|hỏng"),
    "deep": ("a.pdf", deep, "hỏng"),
    "bomb": ("a.pdf", bomb, "nén quá nhiều"),
    "bomb of bombs": ("a.pdf", lambda: bomb(2), "nén quá nhiều"),
    "table": ("a.pdf", table_bomb, "hỏng|nén quá nhiều"),
    "dots": ("a.pdf", lambda: written(one_picture(b"\0", NameObject("/CCITTFaxDecode"), 60_000, 60_000)[1]), "quá lớn"),
    "strange coding": ("a.pdf", lambda: written(one_picture(b"\0", NameObject("/Crypt"))[1]), "cách nén lạ"),
}  # fmt: skip


MEASURED = """
import json, re, sys, time
from recruitment.sheets import scan
told = []
for name, path in json.load(sys.stdin):
    with open(path, "rb") as file:
        content = file.read()
    began = time.process_time()
    try:
        scan.clean([(name, content)])
    except scan.ScanError as fault:
        told.append([str(fault), time.process_time() - began])
with open("/proc/self/status") as status:  # what rusage says begins with what the parent took
    most = int(re.search(r"VmHWM:\\s*(\\d+) kB", status.read())[1]) / 1024
print(json.dumps([told, most]))
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system does not tell how much memory a process took"
)
def test_what_is_no_scan_is_refused_in_words_within_a_second_and_little_memory(tmp_path, capsys):
    asked = []
    for number, (name, make, _said) in enumerate(REFUSED.values()):
        path = tmp_path / str(number)
        path.write_bytes(make())
        asked.append([name, str(path)])
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    told, most = json.loads(done.stdout)
    assert len(told) == len(REFUSED), "every one of them is refused"
    for (what, (_name, _make, said)), (fault, took) in zip(REFUSED.items(), told, strict=True):
        assert re.search(said, fault), f"{what}: {fault}"
        assert took <= 1, f"{what} took {took:.2f} s"
    assert most <= 200, f"{most:.0f} MB"
    with capsys.disabled():
        print(
            f"\nhostile scans: {len(told)} refused, the slowest {max(took for _f, took in told):.2f} s, {most:.0f} MB"
        )


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
        scan_apart.clean([("a.jpg", REFUSED["heic"][1]())], Limits())
    with pytest.raises(ScanError, match="quá rắc rối"):
        scan_apart.clean(files, Limits(), seconds=0.01)
