"""What every register stands on: the two chains' heads, and which kind may stand under which."""

from django.db import migrations

# Contracts, KIND committees: lawful pairs. An empty parent is the top.
PAIRS = [
    ("", "province"),
    ("province", "upper"),
    ("province", "grassroots_party"),
    ("province", "grassroots_cell"),
    ("upper", "grassroots_party"),
    ("upper", "grassroots_cell"),
    ("upper", "cell"),
    ("grassroots_party", "section"),
    ("grassroots_party", "cell"),
    ("section", "cell"),
]


def lay(apps, schema_editor):
    apps.get_model("committees", "Head").objects.bulk_create(
        apps.get_model("committees", "Head")(chain=chain) for chain in ("writes", "reads")
    )
    pair = apps.get_model("committees", "LawfulPair")
    pair.objects.bulk_create(pair(parent_kind=above, child_kind=below) for above, below in PAIRS)


class Migration(migrations.Migration):
    dependencies = [("committees", "0001_initial")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
