"""What is no scan is refused in words, in the process that cleans it, with its time and its memory measured."""

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
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject

from recruitment.sheets.scan_kinds import MB

from .scan_files import halves, one_picture, paper, photo, png, saved, written


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
    "jpeg 2000": ("a.pdf", lambda: written(one_picture(b"\0", NameObject("/JPXDecode"))[1]), "nén kiểu JPEG 2000"),
    "jbig2": ("a.pdf", lambda: written(one_picture(b"\0", NameObject("/JBIG2Decode"))[1]), "nén kiểu JPEG 2000"),
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
