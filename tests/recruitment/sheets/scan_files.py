"""Files as phones, scanners and offices make them, telling of their making; and a look into what is kept of them."""

import io
import re
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

SECRETS = (b"SecretPhone", b"SecretComment", b"SecretTitle", b"SecretPlace", b"SecretAuthor", b"SecretScript",
           b"SecretAttachment", b"SecretNote", b"SecretField", b"SecretFont", b"SecretProfile", b"http://secret")  # fmt: skip
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
    for thing in page["/Resources"]["/Font"].values():
        note = DictionaryObject({NameObject("/X"): TextStringObject("SecretFont")})
        thing.get_object()[NameObject("/PieceInfo")] = note
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
