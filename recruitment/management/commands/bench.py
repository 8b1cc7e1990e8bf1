import json
import logging
from dataclasses import asdict
from types import SimpleNamespace

from django.core.management.base import CommandError
from django.db import connection

from recruitment.management.base import Answer
from recruitment.management.bench import jobs
from recruitment.management.bench.acts.walk import walk as walk_acts
from recruitment.management.bench.scratch import SCALES, build, scratch_database
from recruitment.management.bench.walk import Violated, walk
from recruitment.rules import statute, working_days
from recruitment.rules.statute import Book


class Command(Answer):
    help = "Measure the program against bare arrays and against what people would do, in a scratch database."

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=list(SCALES), default="province")
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--walk", type=int, nargs="?", const=100_000, metavar="N",
            help="instead, walk N random steps (100,000) over the rules of the road, and N/100 sequences of acts on"
            " committees, and tell what came of them",
        )  # fmt: skip

    def handle(self, *args, scale, **options):
        logging.getLogger("recruitment.request").disabled = True  # stdout belongs to the answer
        if options["walk"]:
            return self.walk(options["walk"], options["json"])
        with scratch_database():
            plan, committee = build(SCALES[scale])
            world = SimpleNamespace(
                scale=SCALES[scale], plan=plan, committee=committee, cell=jobs.some_cell(), floor={}
            )
            rows = [row for job in jobs.JOBS for row in job(world)]
            engine = connection.vendor
        floor = {name: round(value, 3) for name, value in world.floor.items()}
        if options["json"]:
            document = {
                "scale": scale, "database": engine, "floor_ms": floor, "rows": [row.as_json() for row in rows],
            }  # fmt: skip
            self.stdout.write(json.dumps(document, ensure_ascii=False))
            return
        self.stdout.write(f"{scale}, {engine}; sàn của máy (ms): {floor}")
        for row in rows:
            verdict = "–" if row.holds is None else "đạt" if row.holds else "CHƯA ĐẠT"
            self.stdout.write(
                f"{row.job:28} {row.value:10.2f} {row.unit:3} {row.goal:8} {verdict} ({row.rounds})"
            )

    def walk(self, steps, as_json):
        """Random deeds over the rules as the files have them, then random acts on committees. A state that may not be is
        told whole, with what led there."""
        book = Book(
            statute.read(), working_days.calendar((day, what) for day, what, _name in working_days.read())
        )
        try:
            tally, acts = walk(book, steps), walk_acts(max(1, steps // 100))
        except Violated as violation:
            raise CommandError(str(violation)) from None
        if as_json:
            told = {"steps": tally.steps, "done": tally.done, "refused": tally.refused, "ends": tally.ends}
            self.stdout.write(json.dumps(told | {"acts": asdict(acts)}, ensure_ascii=False))
            return
        self.stdout.write(
            f"{tally.steps} bước thử, {tally.done} được ghi, {tally.refused} bị từ chối; không trạng thái nào trái quy định."
        )
        self.stdout.write(
            f"{acts.sequences} chuỗi sắp xếp tổ chức: {acts.accepted} đợt ({acts.acts} việc) được thực hiện, {acts.undone}"
            f" hoàn tác, {acts.refused} bị từ chối; không số liệu nào bị mất hay bị viết lại."
        )
        for why, times in acts.why.most_common():
            self.stdout.write(f"{times:6}  {why}")
