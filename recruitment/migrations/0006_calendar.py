"""Days off and swap days as `rules/calendar.csv` lists them, all to be confirmed by an official."""

from django.db import migrations

from recruitment.rules import working_days


def lay_down(apps, schema_editor):
    holiday = apps.get_model("recruitment", "Holiday")
    holiday.objects.bulk_create(
        holiday(day=day, what=what, name=name, mark="M") for day, what, name in working_days.read()
    )


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0005_road")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
