import signal
import time

from django.db import close_old_connections

from recruitment import jobs
from recruitment.management.base import Answer

ROUND = 2  # seconds between two looks at the jobs: somebody may be waiting for one


class Command(Answer):
    """The worker: one process beside the web server, or `--once` from cron."""

    help = "Runs the background jobs that are due. Ends after the current job on SIGTERM or Ctrl+C."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run what is due now, then end")

    def handle(self, *args, once, **options):
        self.stopping = False
        before = {sign: signal.signal(sign, self.stop_soon) for sign in (signal.SIGTERM, signal.SIGINT)}
        try:
            count = jobs.drain(lambda: self.stopping)
            while not (once or self.stopping):
                self.rest()
                close_old_connections()
                count += jobs.drain(lambda: self.stopping)
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler)
        self.stdout.write(f"Đã chạy {count} việc.")

    def stop_soon(self, *_signal):
        """End once the job at hand is done."""
        self.stopping = True

    def rest(self):
        """Sleep a round, in steps of a second so that a stop is heard."""
        for _second in range(ROUND):
            if self.stopping:
                return
            time.sleep(1)
