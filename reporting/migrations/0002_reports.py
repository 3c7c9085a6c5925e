import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0002_append_only'),
        ('councils', '0003_api_token'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('files', '0001_initial'),
        ('jobs', '0001_initial'),
        ('notices', '0004_swept_councils'),
        ('plans', '0004_working_the_plan'),
        ('reporting', '0001_packs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='a code of reporting.reports.kinds', max_length=30)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('validated', 'checked'), ('signed', 'signed'), ('submitted', 'submitted'), ('withdrawn', 'withdrawn'), ('dropped', 'dropped')], default='draft', max_length=10)),
                ('obligation_key', models.CharField(blank=True, max_length=100)),
                ('due', models.DateField(blank=True, null=True)),
                ('addressee', models.TextField(blank=True, help_text='name and address, a line each')),
                ('begun_at', models.DateTimeField()),
                ('facts', models.JSONField(blank=True, help_text='reporting.reports.facts, once frozen', null=True)),
                ('as_at', models.DateField(blank=True, null=True)),
                ('position_on', models.DateField(blank=True, null=True)),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('signature', models.CharField(blank=True, help_text='name and post under the report', max_length=300)),
                ('corrects', models.TextField(blank=True, help_text='what was wrong with the report that it replaces')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('begun_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='boards.board')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='councils.council')),
                ('frozen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instrument', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.instrument')),
                ('job', models.ForeignKey(blank=True, help_text='the submission under way, or the last one tried', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('position', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.position')),
                ('preview', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='reporting.report')),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'validated', 'signed']), ('instrument__isnull', False), ('replaces__isnull', True)), fields=('council', 'kind', 'instrument', 'obligation_key'), name='one_open_draft_a_duty'), models.CheckConstraint(condition=models.Q(models.Q(('as_at__isnull', True), ('facts__isnull', True), ('frozen_at__isnull', True)), models.Q(('as_at__isnull', False), ('facts__isnull', False), ('frozen_at__isnull', False)), _connector='OR'), name='report_frozen_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['signed', 'submitted']), _negated=True), models.Q(('facts__isnull', False), ('signed_at__isnull', False)), _connector='OR'), name='signed_report_is_frozen'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True)), _connector='OR'), name='report_withdrawn_and_when')],
                'indexes': [models.Index(fields=['council', 'kind', '-begun_at'], name='report_of_council')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requirement_key', models.CharField(max_length=100)),
                ('verdict', models.CharField(blank=True, choices=[('met', 'Met'), ('partly', 'Partly met'), ('not_met', 'Not met'), ('not_judged', 'Not judged in this report')], max_length=12)),
                ('words', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='reporting.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'requirement_key'), name='judgement_once_a_requirement')],
            },
        ),
        migrations.CreateModel(
            name='ReportSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80)),
                ('order', models.PositiveSmallIntegerField()),
                ('heading', models.CharField(max_length=300)),
                ('area', models.CharField(blank=True, help_text='the heading of the notice that it comments on', max_length=500)),
                ('text', models.TextField(blank=True)),
                ('prints_facts', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='reporting.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'code'), name='section_code_once_a_report')],
            },
        ),
        migrations.CreateModel(
            name='ReportTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('sections', models.JSONField(default=list, help_text='[{"code": ..., "heading": ...}]')),
                ('version', models.PositiveIntegerField(default=1)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_templates', to='councils.council')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('council', 'kind'), name='report_template_once_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='SectionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reporting.reportsection')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('section', 'number'), name='section_version_number_once')],
            },
        ),
        migrations.CreateModel(
            name='SubmittedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.JSONField(help_text='reporting.reports.letter')),
                ('sha256', models.CharField(help_text='of the body as canonical JSON', max_length=64)),
                ('pages', models.PositiveIntegerField()),
                ('on', models.DateField(help_text='the day it was submitted')),
                ('at', models.DateTimeField()),
                ('met', models.CharField(blank=True, help_text='the deadline that it met, in words', max_length=300)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('docx', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.event')),
                ('pdf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='submitted', to='reporting.report')),
            ],
        ),
    ]
