"""The streams of a PDF that is kept: how much they unpack to is known before anybody unpacks them, and pictures inside say
nothing of their making."""

import zlib

from pypdf import filters
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject

from . import jpeg_parts
from .scan_kinds import MB, ScanError

LARGEST_STREAM = 110 * MB  # an A4 page in colour at 600 dots an inch
# Dots of one picture: of black and white, as fax coding has them; of one in colours.
MOST_DOTS, MOST_COLOURED = 150_000_000, 40_000_000
MOST_FILTERS = 3
DECODERS = {
    "/FlateDecode": filters.FlateDecode, "/LZWDecode": filters.LZWDecode, "/RunLengthDecode": filters.RunLengthDecode,
    "/ASCII85Decode": filters.ASCII85Decode, "/ASCIIHexDecode": filters.ASCIIHexDecode,
}  # fmt: skip
FLATE, DCT = "/FlateDecode", "/DCTDecode"
PICTURES = {DCT, "/CCITTFaxDecode"}
# Codings of pictures that hold remarks of their own and say their size where nobody here reads it.
TELLING = {"/JPXDecode", "/JBIG2Decode"}
_BLOCK = MB


def plain(told, budget):
    """(its bytes, their filter or None, its parameters or None, what is left of the budget) of a stream whose unpacked size
    is bounded; the budget is in bytes. ScanError for one past its bounds, or in a coding of no scan."""
    data, names, parms = told._data, _listed(told.get("/Filter")), _listed(told.get("/DecodeParms"))
    parms += [None] * (len(names) - len(parms))
    if TELLING.intersection(names):
        raise ScanError(
            "Ảnh trong tệp PDF nén kiểu JPEG 2000 hoặc JBIG2, không bỏ được thông tin kèm theo. In lại thành PDF, hoặc "
            "đặt máy quét nén kiểu JPEG, rồi tải lên."
        )
    if len(names) > MOST_FILTERS or any(name not in DECODERS and name not in PICTURES for name in names):
        raise ScanError("Tệp PDF dùng cách nén lạ đối với một bản quét. In lại thành PDF rồi tải lên.")
    if told.get("/Subtype") == "/Image":
        _few_dots(told.get("/Width", 0), told.get("/Height", 0), MOST_DOTS)
    while names and (len(names) > 1 or names[0] in DECODERS and names[0] != FLATE):
        if names[0] not in DECODERS:
            raise _packed()
        data = _decoded(names[0], data, parms[0])
        names, parms = names[1:], parms[1:]
    if not names:
        if len(data) > budget:
            raise _packed()
        return zlib.compress(data), FLATE, None, budget - len(data)
    if names[0] == FLATE:
        data, size = _weighed(data, min(budget, LARGEST_STREAM))
        return data, FLATE, parms[0], budget - size
    if names[0] == DCT:
        data, width, height = jpeg_parts.bared(data)
        _few_dots(width, height, MOST_COLOURED)
    return data, names[0], parms[0], budget


def _listed(told):
    told = told.get_object() if told is not None else None
    if told is None or isinstance(told, NullObject):
        return []
    if isinstance(told, NameObject | DictionaryObject):
        return [told]
    if isinstance(told, ArrayObject):
        return [None if isinstance(one.get_object(), NullObject) else one.get_object() for one in told]
    raise _packed()


def _few_dots(width, height, most):
    if width * height > most:
        raise ScanError("Ảnh trong tệp PDF quá lớn. Quét lại ở độ nét thấp hơn.")


def _decoded(name, data, parms):
    try:
        decoded = DECODERS[name].decode(data, parms)
    except LimitReachedError:
        raise _packed() from None
    return decoded if isinstance(decoded, bytes) else decoded.encode("latin-1")


def _weighed(data, most):
    """(the packed bytes without what follows their end, how many they unpack to), unpacked a block at a time and thrown
    away."""
    unpacker, size, rest = zlib.decompressobj(), 0, data
    while not unpacker.eof:
        size += len(unpacker.decompress(rest, _BLOCK))
        if size > most:
            raise _packed()
        rest = unpacker.unconsumed_tail
        if not rest and not unpacker.eof:
            # All was given: what is still inside comes out now, or never.
            size += len(unpacker.decompress(b"", _BLOCK))
            break
    unused = len(unpacker.unused_data)
    return data[: len(data) - unused], size


def _packed():
    return ScanError(
        "Tệp PDF nén quá nhiều dữ liệu so với một bản quét. Quét lại ở độ nét thấp hơn rồi tải lên."
    )
