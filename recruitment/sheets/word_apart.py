"""Takes in a corrected Word file in a process of its own (`apart`)."""

from . import apart
from .word_in import MOST_BYTES, Taken, WordError, take, too_heavy


def taken(content, note="", seconds=apart.SECONDS):
    """As `word_in.take`; WordError too where it took too long or too much. About 0.7 s."""
    if len(content) > MOST_BYTES:
        raise too_heavy()
    try:
        told, kept = apart.ask(__name__, {"note": note}, [content], seconds)
    except apart.TooHeavy:
        raise WordError(
            "Tệp quá nặng hoặc quá rắc rối để đọc. Tải lại bản thảo Word, chép lời văn đã sửa vào đó rồi chọn lại."
        ) from None
    if "fault" in told:
        raise WordError(told["fault"])
    return Taken(kept, told["text"])


def _work(head, contents):
    try:
        made = take(contents[0], head["note"])
    except WordError as fault:
        return {"fault": str(fault)}, b""
    return {"text": made.text}, made.content


if __name__ == "__main__":
    apart.answer(_work)
