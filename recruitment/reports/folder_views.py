"""The files of a folder: the whole dossier as one PDF, and the list of what lies in it."""

from io import BytesIO
from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..papers import folder_sheets, scans
from ..papers.folder_pages import opened, with_corrected
from . import filing
from .exports import IN_MEMORY, Unanswered, Unmakeable, handed
from .folder_file import LONG, FolderFile, of_page


@never_cache
@require_safe
def folder_whole(request, pk):
    """The dossier as one PDF. One entry of the reads chain; without it nothing is sent. A long one is made in the
    background. Where none can be made, or a copy is not what was stored, the folder's page says so."""
    params = QueryDict(mutable=True)
    params.update({"candidacy": str(pk), "corrected": "1" if with_corrected(request.GET) else ""})
    try:
        wanted = of_page(request.access, params)
        if wanted.count > LONG:
            return redirect(
                "recruitment:file", filing.asked(request.user, wanted.name, "pdf", params, wanted).pk
            )
        file = SpooledTemporaryFile(max_size=IN_MEMORY)
        pages = wanted.make(file, "pdf", lambda done, total: None)
    except Unanswered:
        return redirect("recruitment:candidacy-folder", pk)
    except (Unmakeable, scans.Refused) as fault:
        messages.error(request, str(fault))
        return redirect("recruitment:candidacy-folder", pk)
    file.seek(0)
    return handed(request.user, wanted, "pdf", file, count=pages, name=wanted.file_name("pdf"))


@never_cache
@require_safe
def folder_list(request, pk):
    """The list of what lies in the folder, to be signed by who hands it over and who takes it. One entry of the reads
    chain."""
    found, snapshot = opened(request.access, pk, corrected=with_corrected(request.GET))
    about, content = (
        FolderFile(found),
        folder_sheets.paper(folder_sheets.inventory(found, snapshot, request.access.today)),
    )
    name = f"muc-luc-{about.file_name('pdf')}"
    return handed(request.user, about, "pdf", BytesIO(content), count=len(found.entries), name=name)
