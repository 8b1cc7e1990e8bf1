"""A JPEG inside a PDF without what it says of its making: no dot is touched, so nothing is lost."""

from .scan_kinds import ScanError

# Markers without a length; 0 and those of restarts stand inside the dots.
_BARE = {0x01, *range(0xD0, 0xD8)}
_START, _END, _DOTS, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JFIF, _ADOBE = 0xE0, 0xEE


def bared(content):
    """(the JPEG without comments, EXIF, profiles, thumbnails and whatever stands after its end; its dots across; down).
    ScanError where it is none."""
    if content[:2] != b"\xff\xd8":
        raise _damaged()
    kept, size, i = [content[:2]], None, 2
    while True:
        i = _marker_from(content, i)
        marker = content[i + 1]
        if marker == _END:
            break
        if marker in _BARE or marker == _START:
            i += 2
            continue
        end = i + 2 + int.from_bytes(content[i + 2 : i + 4], "big")
        if end < i + 4 or end > len(content):
            raise _damaged()
        if marker in _FRAMES:
            size = (
                int.from_bytes(content[i + 7 : i + 9], "big"),
                int.from_bytes(content[i + 5 : i + 7], "big"),
            )
        if marker == _DOTS:
            end = _dots_end(content, end)
        if _stays(marker, content[i + 4 : i + 9]):
            kept.append(content[i:end] if marker != _JFIF else _without_thumbnail(content[i:end]))
        i = end
    if size is None or 0 in size:
        raise _damaged()
    return b"".join([*kept, b"\xff\xd9"]), *size


def _stays(marker, begins):
    if marker == _JFIF:
        return begins == b"JFIF\0"
    return marker == _ADOBE or not (0xE0 <= marker <= 0xEF or marker == _COMMENT)


def _without_thumbnail(segment):
    """The head of JFIF as it is where there is no thumbnail: sixteen bytes after the marker."""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0" if len(segment) >= 18 else b""


def _marker_from(content, i):
    """Where the next marker begins; bytes that fill up are passed over."""
    if content[i : i + 1] != b"\xff":
        raise _damaged()
    while content[i + 1 : i + 2] == b"\xff":
        i += 1
    if i + 1 >= len(content):
        raise _damaged()
    return i


def _dots_end(content, i):
    """Where the marker after coded dots begins."""
    while True:
        i = content.find(b"\xff", i)
        if i < 0 or i + 1 >= len(content):
            raise _damaged()
        if content[i + 1] == 0 or content[i + 1] in _BARE:
            i += 2
        elif content[i + 1] == 0xFF:
            i += 1
        else:
            return i


def _damaged():
    return ScanError("Ảnh trong tệp PDF bị hỏng. Quét lại rồi tải lên.")
