"""A database that is busy is no fault of the program: say "try again" with 503, never 500."""

from django.db import OperationalError

# PostgreSQL: lock not available, cancelled, deadlock, serialisation, too many connections, shutting down.
BUSY_STATES = {"55P03", "57014", "40P01", "40001", "53300", "57P01", "57P02", "57P03"}


def is_busy(error: BaseException | None) -> bool:
    """True where the same request may succeed a moment later: locks, deadlocks, no connection to be had."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if hasattr(cause, "sqlstate"):
        # No state at all: the server could not be reached, or the pool had no connection to give.
        return cause.sqlstate is None or cause.sqlstate in BUSY_STATES or cause.sqlstate.startswith("08")
    return "locked" in str(error) or "busy" in str(error)


class Busy:
    """Answers 503 for a busy database inside a view. Outside views errors.failed() does the same."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if is_busy(exception):
            from recruitment.errors import unavailable

            return unavailable(request)
        return None
