"""What comes in from a browser is bounded while it comes: no visitor fills the disk with one request."""

from django.core.files.uploadhandler import FileUploadHandler

from ..sheets.package import LARGEST_FILE


class Bounded(FileUploadHandler):
    """Stands before the handlers that keep a file. Past the largest file anybody reads the rest is let go, so that what
    is kept is a little too large and the form can say so. nginx refuses far larger requests before they come here."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.came = 0

    def receive_data_chunk(self, raw_data, start):
        passed = self.came <= LARGEST_FILE
        self.came += len(raw_data)
        return raw_data if passed else None

    def file_complete(self, file_size):
        """The handlers behind this one hold the file."""
