"""What the demo's steps lean on: the committees that they speak of, as long as these stand."""

from committees import tree
from committees.models import Committee


def standing(codes, on):
    """{code: Committee} of those of the codes that stood on the day: none that the reform, where it was played, has
    ended. One query beside the structure's."""
    structure = tree.structure()
    at = structure.at(on)
    found = Committee.objects.filter(code__in=codes).order_by("code")
    return {one.code: one for one in found if at.stands(structure.index[one.pk])}
