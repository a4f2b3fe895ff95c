"""Tell withdrawn lists from superseded ones; of those on record the audit log knows which were withdrawn."""

from django.db import migrations, models


def fill(apps, schema_editor):
    events = apps.get_model("audit", "Event").objects.filter(action="reconciliation.drop_list")
    lists = apps.get_model("reconciliation", "MedicineList").objects
    for number, at in events.order_by("sequence").values_list("subject_id", "at"):
        lists.filter(pk=number).update(withdrawn_at=at)


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0003_superseded"), ("audit", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="medicinelist", name="withdrawn_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
