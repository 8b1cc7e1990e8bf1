"""What a page showed of a paper, as a short mark that comes back with what is sent from it: what is issued is what was looked
at. Pure."""

from hashlib import blake2b


def mark(prepared, issued=None):
    """The mark of a Prepared beside the IssuedPaper it would replace, None for none: another one as soon as a word of it, or
    that paper, is another."""
    told = [f"{name}={text}" for name, text in prepared.said.items()]
    return mark_of(issued and issued.pk, prepared.number, prepared.on, *told, *prepared.document.texts())


def mark_of(*told):
    """The mark of these texts."""
    return blake2b(repr([str(text) for text in told]).encode(), digest_size=16).hexdigest()
