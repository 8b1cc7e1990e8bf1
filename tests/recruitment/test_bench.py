"""The measuring command: one document with the contract's words, in a scratch database that leaves the real one alone.
What it measures is for people to read, never for a test to judge."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

# A world of a few dozen rows and one round: whether it runs, not how fast.
SMALL = """
import sys, django
django.setup()
from django.core.management import call_command
from recruitment.management.bench import jobs, lists, measure, merging, scratch
scratch.SCALES["province"] = scratch.Scale(1, 2, 8, 20, 60, 60)
measure.interleaved.__defaults__ = (1, measure.time.perf_counter)
jobs.IMPORTED, jobs.FORM_ROWS = 20, 2
lists.SHEET_ROWS, lists.PAPER_ROWS = 20, 20
merging.HALF, merging.ROUNDS = scratch.Scale(1, 2, 8, 20, 20, 0), 1
call_command("bench", scale="province", json=True)
"""
JOBS = {
    "first_request_s", "dashboard_data_over_numpy", "dashboard_page_u", "naive_over_page", "cte_over_data",
    "list_page_u", "list_last_over_first", "refresh_ms", "admission_over_bare", "import_over_raw",
    "modelform_over_import", "list_page_100_u", "tables2_over_list", "search_ms", "xlsx_over_write_only",
    "pdf_over_canvas", "papers_over_canvas", "merge_ms",
}  # fmt: skip


def test_bench_answers_with_one_document_and_touches_nothing_real(tmp_path):
    real = tmp_path / "real.sqlite3"
    real.write_bytes(b"")
    environment = {
        **{name: value for name, value in os.environ.items() if name != "TESTING"},
        "DJANGO_SETTINGS_MODULE": "recruitment.settings",
        "DATABASE_URL": f"sqlite:///{real}",
        "DEBUG": "1",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    done = subprocess.run(
        [sys.executable, "-c", SMALL],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    document = json.loads(done.stdout)
    assert set(document) == {"scale", "database", "floor_ms", "rows"}
    assert {row["job"] for row in document["rows"]} == JOBS
    assert all(set(row) == {"job", "value", "unit", "goal", "holds", "rounds"} for row in document["rows"])
    assert {"U", "numpy"} <= set(document["floor_ms"])
    assert Path(real).read_bytes() == b""
