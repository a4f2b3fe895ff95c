from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0002_proposals")]

    operations = [
        migrations.AddField(
            model_name="signoff", name="superseded_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
