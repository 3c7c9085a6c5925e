import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from history.triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0003_api_token'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('files', '0001_initial'),
        ('plans', '0003_column_memory'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lead', models.CharField(max_length=200)),
                ('email', models.EmailField(blank=True, help_text='where the link was sent', max_length=254)),
                ('label', models.CharField(help_text='the round it is for, in words', max_length=200)),
                ('position_on', models.DateField(blank=True, help_text='the day that answers speak of', null=True)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(help_text='exclusive')),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answer_links', to='plans.plan')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', True), ('organisation__isnull', True), _connector='OR'), name='link_for_person_or_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Assurance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('finding', models.TextField(help_text='what was tested and what it showed')),
                ('said_by', models.CharField(blank=True, help_text='who assures, where another records it', max_length=200)),
                ('source', models.CharField(blank=True, help_text='the test or meeting it comes from, in words', max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('redacted_at', models.DateTimeField(null=True)),
                ('redacted_by', models.CharField(blank=True, max_length=200)),
                ('redacted_because', models.TextField(blank=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assurances', to='plans.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rating', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.scalecode')),
            ],
            options={
                'indexes': [models.Index(fields=['action', '-on', '-id'], name='assurance_of_action')],
            },
        ),
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(blank=True, help_text='the rule of plans.adding_up; empty for own words', max_length=40)),
                ('question', models.TextField()),
                ('asked_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=200)),
                ('closed_on', models.DateField(blank=True, help_text='the answer was accepted on this day', null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='plans.action')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='plans.plan')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['plan'], name='challenge_open')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('address', models.URLField(blank=True, max_length=2000)),
                ('on', models.DateField(help_text='the day the evidence speaks of')),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='plans.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('update', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='plans.progressupdate')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('file__isnull', False)), models.Q(('file__isnull', True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='evidence_is_file_or_link')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('reached_on', models.DateField(blank=True, null=True)),
                ('dropped_on', models.DateField(blank=True, help_text='no longer a step from this day (inclusive)', null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plans.action')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('action', 'order'), name='milestone_order_once_an_action')],
            },
        ),
        migrations.CreateModel(
            name='MovedEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old', models.DateField(help_text='empty where the action had no end before', null=True)),
                ('new', models.DateField(help_text='empty where the end was taken away', null=True)),
                ('on', models.DateField(help_text='the day of the move; empty where a document does not say', null=True)),
                ('reason', models.TextField(blank=True)),
                ('approved_by', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(choices=[('page', 'on the page'), ('document', 'read from a document'), ('api', 'through the API')], max_length=10)),
                ('recorded_at', models.DateTimeField()),
                ('batch', models.UUIDField(null=True)),
                ('redacted_at', models.DateTimeField(null=True)),
                ('redacted_by', models.CharField(blank=True, max_length=200)),
                ('redacted_because', models.TextField(blank=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moved_ends', to='plans.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['action', 'id'], name='moved_end_of_action')],
            },
        ),
        migrations.CreateModel(
            name='RuleSwitch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('from_on', models.DateField(blank=True, help_text='inclusive; empty: switched off', null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='plans.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'rule'), name='rule_once_a_plan')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('shared', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_filters', to='councils.council')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('council', 'owner', 'name'), name='filter_name_once_an_owner')],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='assured',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.scalecode'),
        ),
        migrations.AddField(
            model_name='action',
            name='assured_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='evidence_words',
            field=models.TextField(blank=True, help_text='what a document says the evidence is or will be'),
        ),
        migrations.AddField(
            model_name='action',
            name='impact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.scalecode'),
        ),
        migrations.AddField(
            model_name='action',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='plans.action'),
        ),
        migrations.AddField(
            model_name='action',
            name='recurs',
            field=models.JSONField(blank=True, help_text='the schedule of a timeline that recurs, as deadlines.codec has it', null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='retired_on',
            field=models.DateField(blank=True, help_text='from this day (inclusive) it is no longer part of the plan', null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='split_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='split_into', to='plans.action'),
        ),
        migrations.AddField(
            model_name='progressupdate',
            name='impact',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.scalecode'),
        ),
        migrations.AddField(
            model_name='progressupdate',
            name='said_by',
            field=models.CharField(blank=True, help_text='who reported it, where that is not the user who recorded it', max_length=200),
        ),
        migrations.AlterField(
            model_name='action',
            name='milestones',
            field=models.TextField(blank=True, help_text="as the council's document has them, in one text"),
        ),
        migrations.AlterField(
            model_name='progressupdate',
            name='source',
            field=models.CharField(choices=[('page', 'on the page'), ('document', 'read from a document'), ('api', 'through the API'), ('link', 'by a signed link'), ('sheet', "in an Excel sheet of the lead's rows")], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), ('retired_on__isnull', False), _connector='OR'), name='merged_action_is_retired'),
        ),
        *append_only("plans_progressupdate", redactable=["narrative", "reason", "next_step"]),
        *append_only("plans_movedend", redactable=["reason"]),
        *append_only("plans_assurance", redactable=["finding"]),
    ]
