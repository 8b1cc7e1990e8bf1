from committees import journal
from recruitment.management.base import Answer


class Command(Answer):
    """Heads written down elsewhere (on paper, by another office) also show a chain that was replaced whole."""

    help = "Walks both chains of the journal. Exit 0 and the heads; 1 and the first broken entry."

    def handle(self, *args, **options):
        broken = journal.verify()
        if broken is not None:
            self.stderr.write(f"{broken.chain} {broken.number}: {broken.why}")
            raise SystemExit(1)
        for chain, (number, digest) in sorted(journal.heads().items(), reverse=True):
            self.stdout.write(f"{chain} {number} {digest}".rstrip())
