"""A PDF as it may be kept: what its pages look like, copied object by object into a new file. What is not named here is
left behind: actions, scripts, attachments, forms, annotations, metadata, thumbnails, layers' names, colour profiles.
"""

import struct
import zlib
from io import BytesIO

from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
)

from .scan_kinds import MB, ScanError
from .scan_streams import plain

# What reading a damaged PDF raises.
BROKEN = (
    PyPdfError, zlib.error, struct.error, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError,
    AssertionError, OverflowError, ZeroDivisionError, EOFError, RuntimeError, MemoryError,
)  # fmt: skip
# No table of objects of an honest PDF of some pages is larger, unpacked.
LARGEST_TABLE = 16 * MB
MOST_OBJECTS = 20_000
A4 = (0, 0, 595.28, 841.89)
LARGEST_SIDE = 14_400  # as readers of PDF bear it
RESOURCES = ("Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading")
PICTURE = (
    "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Decode", "Interpolate", "ImageMask", "Mask", "SMask",
    "Matte", "Intent",
)  # fmt: skip
DRAWING = ("Subtype", "FormType", "BBox", "Matrix", "Group", "Resources")
# Of fonts, patterns and the like all is copied but what can act, lead out of the file or tell of its making.
LEFT = {
    "/" + name
    for name in "AA A OpenAction JS JavaScript URI Launch F UF EF AF FFilter FDecodeParms Thumb Annots Metadata PieceInfo "
    "LastModified StructParent StructParents OC OCProperties OPI Alternates Parent P Dests Names Outlines PtData Measure "
    "Ref Info".split()
}
DEVICES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}


def read(content, most_pages):
    """The pages of a PDF as `Copy.page` takes them. ScanError for one that is locked, damaged or too long."""
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise ScanError("Tệp PDF có đặt mật khẩu hoặc bị khóa. Bỏ mật khẩu, lưu lại rồi tải lên.")
        pages = list(_leaves(reader.trailer["/Root"]["/Pages"], most_pages))
    except ScanError:
        raise
    except BROKEN:
        raise _damaged() from None
    if not pages:
        raise _damaged()
    return pages


def bounded():
    """Within it no table of a PDF unpacks to more than LARGEST_TABLE."""
    return apply_configuration(
        zlib_maximum_output_length=LARGEST_TABLE, lzw_maximum_output_length=LARGEST_TABLE,
        run_length_maximum_output_length=LARGEST_TABLE, zlib_maximum_recovery_input_length=MB,
        array_based_stream_maximum_output_length=LARGEST_TABLE, jbig2dec_binary=None,
    )  # fmt: skip


def _leaves(root, most):
    """(page, {what it inherits}) in order. A tree that meets itself, or has too many pages, is refused."""
    waiting, met = [(root, {})], 0
    while waiting:
        node, given = waiting.pop()
        node, met = node.get_object(), met + 1
        if met > 4 * most + 64:
            raise ScanError(f"Tệp PDF có hơn {most} trang, mức nhiều nhất. Chia tệp rồi tải lên từng phần.")
        given = given | {
            name: node[name] for name in ("/MediaBox", "/CropBox", "/Rotate", "/Resources") if name in node
        }
        if "/Kids" in node:
            kids = node["/Kids"].get_object()
            if len(kids) > most:
                raise ScanError(
                    f"Tệp PDF có hơn {most} trang, mức nhiều nhất. Chia tệp rồi tải lên từng phần."
                )
            waiting += [(kid, given) for kid in reversed(kids)]
        else:
            yield node, given


def _damaged():
    return ScanError("Tệp PDF bị hỏng hoặc không đúng chuẩn. Quét lại, hoặc in lại thành PDF rồi tải lên.")


class Book:
    """A PDF that is being written: objects in order, the same for the same pages."""

    def __init__(self):
        self.objects, self.pages = [], []

    def add(self, thing=None):
        """A reference to a new object, whose content may follow."""
        self.objects.append(thing)
        return IndirectObject(len(self.objects) + 2, 0, None)

    def fill(self, reference, thing):
        self.objects[reference.idnum - 3] = thing

    def page(self, box, resources, contents, turned=0):
        """One more page. box: its four corners in points; resources, contents: objects."""
        told = {
            "/Type": NameObject("/Page"),
            "/Parent": IndirectObject(2, 0, None),
            "/MediaBox": ArrayObject(FloatObject(round(side, 4)) for side in box),
            "/Resources": resources,
            "/Contents": contents,
        }
        if turned:
            told["/Rotate"] = NumberObject(turned)
        self.pages.append(self.add(dictionary(told)))

    def written(self):
        """The bytes of the whole file."""
        root = dictionary({"/Type": NameObject("/Catalog"), "/Pages": IndirectObject(2, 0, None)})
        pages = {
            "/Type": NameObject("/Pages"),
            "/Kids": ArrayObject(self.pages),
            "/Count": NumberObject(len(self.pages)),
        }
        file, places = BytesIO(), []
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        for number, thing in enumerate([root, dictionary(pages), *self.objects], 1):
            places.append(file.tell())
            file.write(b"%d 0 obj\n" % number)
            thing.write_to_stream(file)
            file.write(b"\nendobj\n")
        start = file.tell()
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        file.write(b"".join(b"%010d 00000 n \n" % place for place in places))
        file.write(b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(places) + 1))
        file.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return file.getvalue()


def dictionary(said):
    return DictionaryObject({NameObject(name): value for name, value in said.items()})


def stream(said, data):
    """A stream of these bytes as they stand."""
    made = StreamObject()
    made.update(dictionary(said))
    made._data = data
    return made


class Copy:
    """Copies pages of one PDF into a Book. budget: how many bytes its streams may still unpack to."""

    def __init__(self, book, budget):
        self.book, self.budget = book, budget
        self.known, self.waiting = {}, []

    def page(self, page, given):
        """ScanError, or one of BROKEN, where it cannot be copied."""
        contents = page.get("/Contents", NullObject()).get_object()
        parts = contents if isinstance(contents, ArrayObject) else [contents]
        streams = [part for part in (part.get_object() for part in parts) if isinstance(part, StreamObject)]
        self.book.page(
            _box(given.get("/CropBox"), _box(given.get("/MediaBox"), A4)),
            self.resources(given.get("/Resources")),
            ArrayObject(self.book.add(self.stream(part, ())) for part in streams),
            _turned(given.get("/Rotate")),
        )
        while self.waiting:
            reference, thing = self.waiting.pop()
            self.book.fill(reference, self.value(thing))

    def resources(self, told):
        told = told.get_object() if told is not None else None
        if not isinstance(told, DictionaryObject):
            return DictionaryObject()
        made = {}
        for name in RESOURCES:
            things = told.get("/" + name, NullObject()).get_object()
            if isinstance(things, DictionaryObject):
                made["/" + name] = self.names(things)
        return dictionary(made)

    def names(self, things):
        """A dictionary whose keys are names of somebody's choosing."""
        return dictionary({name: self.of(thing) for name, thing in things.items()})

    def of(self, thing):
        """The copy of a value: a reference stays one."""
        if not isinstance(thing, IndirectObject):
            return self.value(thing)
        key = thing.idnum, thing.generation
        if key not in self.known:
            if len(self.book.objects) > MOST_OBJECTS:
                raise ScanError("Tệp PDF quá rắc rối đối với một bản quét. In lại thành PDF rồi tải lên.")
            self.known[key] = self.book.add()
            self.waiting.append((self.known[key], thing.get_object()))
        return self.known[key]

    def value(self, thing):
        if isinstance(thing, StreamObject):
            return self.stream(thing)
        if isinstance(thing, DictionaryObject):
            return dictionary(self.entries(thing))
        if isinstance(thing, ArrayObject):
            if len(thing) == 2 and thing[0] == "/ICCBased":
                return _device(thing[1].get_object())
            return ArrayObject(self.of(one) for one in thing)
        return NullObject() if thing is None else thing

    def entries(self, told):
        """{name: copy} of all entries that are not LEFT."""
        made = {}
        for name, thing in told.items():
            if name == "/Resources":
                made[name] = self.resources(thing)
            elif name == "/CharProcs":
                made[name] = self.names(thing.get_object())
            elif name not in LEFT and name != "/Length":
                made[name] = self.of(thing)
        return made

    def stream(self, told, keep=None):
        kind = told.get("/Subtype")
        if keep is None and kind == "/PS":
            return NullObject()
        keep = {"/Image": PICTURE, "/Form": DRAWING}.get(kind) if keep is None else keep
        data, coding, parameters, self.budget = plain(told, self.budget)
        said = {
            name: thing
            for name, thing in told.items()
            if name not in {"/Filter", "/DecodeParms"} and (keep is None or name[1:] in keep)
        }
        made = self.entries(said) | {"/Filter": NameObject(coding)}
        if parameters is not None:
            made["/DecodeParms"] = self.value(parameters)
        return stream(made, data)


def _device(profile):
    """The plain colours that stand for a profile's."""
    return NameObject(DEVICES.get(profile.get("/N"), "/DeviceRGB"))


def _box(told, otherwise):
    """Four corners in points, the lower left first; `otherwise` where they say no page."""
    if told is None:
        return otherwise
    sides = [float(side.get_object()) for side in told.get_object()]
    if len(sides) != 4:
        return otherwise
    left, right = sorted(sides[::2])
    low, high = sorted(sides[1::2])
    if not (1 <= right - left <= LARGEST_SIDE and 1 <= high - low <= LARGEST_SIDE):
        return otherwise
    return left, low, right, high


def _turned(told):
    turned = int(told.get_object()) % 360 if told is not None else 0
    return turned if turned % 90 == 0 else 0
