import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('councils', '0003_api_token'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('files', '0001_initial'),
        ('jobs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('improvement', 'Improvement plan'), ('safeguarding', 'Safeguarding action plan'), ('getting_to_good', 'Getting to good plan')], default='improvement', max_length=20)),
                ('begun_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='councils.council')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('council', 'kind'), name='one_open_plan_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('endorsed', 'Endorsed')], default='draft', max_length=10)),
                ('on', models.DateField()),
                ('recorded_until', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('endorsed_on', models.DateField(blank=True, null=True)),
                ('endorsed_by', models.CharField(blank=True, help_text='which board, by which decision', max_length=300)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='plans.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='plan_version_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('endorsed_by', ''), ('endorsed_on__isnull', True), ('state', 'draft')), models.Q(('endorsed_on__isnull', False), ('state', 'endorsed'), models.Q(('endorsed_by', ''), _negated=True)), _connector='OR'), name='endorsed_version_says_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('recorded_until', models.DateTimeField()),
                ('label', models.CharField(max_length=200)),
                ('frozen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='plans.plan')),
            ],
            options={
                'indexes': [models.Index(fields=['plan', '-on', '-recorded_until'], name='position_of_plan')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('improvement', 'Improvement plan'), ('safeguarding', 'Safeguarding action plan'), ('getting_to_good', 'Getting to good plan')], default='improvement', max_length=20)),
                ('as_at', models.DateField(help_text='the day the document speaks of')),
                ('state', models.CharField(choices=[('reading', 'being read'), ('ready', 'to be confirmed'), ('refused', 'could not be read'), ('written', 'in the plan'), ('left', 'put aside')], default='reading', max_length=10)),
                ('problem', models.TextField(blank=True)),
                ('result', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='the whole reading, every cell of it', null=True)),
                ('choices', models.JSONField(default=dict, help_text='columns, standings and findings as the user settled them')),
                ('begun_at', models.DateTimeField()),
                ('written_at', models.DateTimeField(null=True)),
                ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='councils.council')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='plans.plan')),
            ],
        ),
        migrations.CreateModel(
            name='ScaleCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=100)),
                ('meaning', models.TextField(blank=True)),
                ('colour', models.CharField(choices=[('red', 'Red'), ('orange', 'Orange'), ('amber', 'Amber'), ('yellow', 'Yellow'), ('green', 'Green'), ('blue', 'Blue'), ('purple', 'Purple'), ('pink', 'Pink'), ('brown', 'Brown'), ('grey', 'Grey'), ('black', 'Black'), ('white', 'White')], max_length=10)),
                ('is_mark', models.BooleanField(default=False)),
                ('standing', models.CharField(blank=True, choices=[('not_started', 'Not started'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('complete', 'Complete'), ('embedded', 'Complete and embedded')], max_length=20)),
                ('standing_confirmed', models.BooleanField(default=False)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scale', to='plans.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'code'), name='scale_code_once_a_plan'), models.CheckConstraint(condition=models.Q(('is_mark', False), ('standing', ''), _connector='OR'), name='mark_has_no_standing')],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('title', models.TextField(blank=True, help_text='empty where the document has no themes')),
                ('version', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='plans.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'title'), name='theme_once_a_plan')],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('ref', models.CharField(blank=True, max_length=60)),
                ('title', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='plans.plan')),
                ('rating', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.scalecode')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='plans.theme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ref', ''), _negated=True), fields=('plan', 'ref'), name='objective_ref_once_a_plan')],
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('ref', models.CharField(max_length=60)),
                ('activity', models.TextField()),
                ('outcome', models.TextField(blank=True)),
                ('milestones', models.TextField(blank=True)),
                ('timeline', models.TextField(blank=True, help_text="the council's own words")),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('marks', models.JSONField(blank=True, default=list)),
                ('progress', models.TextField(blank=True)),
                ('reported_on', models.DateField(blank=True, help_text='the day the latest update speaks of', null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='plans.objective')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='plans.plan')),
                ('rating', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.scalecode')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'ref'), name='action_ref_once_a_plan')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(blank=True, max_length=60)),
                ('row', models.PositiveIntegerField(null=True)),
                ('column', models.CharField(blank=True, max_length=100)),
                ('code', models.CharField(max_length=60)),
                ('message', models.TextField()),
                ('suggestion', models.TextField(blank=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_how', models.CharField(blank=True, max_length=300)),
                ('action', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='plans.action')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='plans.plan')),
                ('reading', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='plans.reading')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['plan'], name='finding_open')],
            },
        ),
        migrations.CreateModel(
            name='ProgressUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('narrative', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True, help_text='what is in the way; owed where the code means at risk or off track')),
                ('next_step', models.TextField(blank=True)),
                ('source', models.CharField(choices=[('page', 'on the page'), ('document', 'read from a document'), ('api', 'through the API')], max_length=10)),
                ('recorded_at', models.DateTimeField()),
                ('batch', models.UUIDField(null=True)),
                ('redacted_at', models.DateTimeField(null=True)),
                ('redacted_by', models.CharField(blank=True, max_length=200)),
                ('redacted_because', models.TextField(blank=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='plans.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rating', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.scalecode')),
            ],
            options={
                'indexes': [models.Index(fields=['action', '-on', '-id'], name='update_of_action')],
            },
        ),
        migrations.CreateModel(
            name='ActionLead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='plans.action')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', True), ('organisation__isnull', True), _connector='OR'), name='lead_is_person_or_organisation'), models.UniqueConstraint(fields=('action', 'order'), name='lead_order_once_an_action')],
            },
        ),
    ]
