import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0002_append_only'),
        ('councils', '0003_api_token'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('plans', '0005_coverage'),
        ('reporting', '0004_in_a_click'),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('position', 'position of the plan'), ('decisions', 'decisions of a board'), ('report', 'report')], max_length=10)),
                ('decisions', models.JSONField(default=list, help_text='the decisions of the meeting that were published')),
                ('note', models.TextField(blank=True, help_text='what the office says to the committee')),
                ('published_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('taken_back_because', models.TextField(blank=True)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='councils.council')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='boards.meeting')),
                ('position', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='plans.position')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='reporting.report')),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'position'), ('meeting', None), ('position__isnull', False), ('report', None)), models.Q(('kind', 'decisions'), ('meeting__isnull', False), ('position', None), ('report', None)), models.Q(('kind', 'report'), ('meeting', None), ('position', None), ('report__isnull', False)), _connector='OR'), name='publication_is_of_one_thing'), models.CheckConstraint(condition=models.Q(('taken_back_at', None), models.Q(('taken_back_because', ''), _negated=True), _connector='OR'), name='publication_taken_back_and_why'), models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('position',), name='position_published_once'), models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('meeting',), name='meeting_published_once'), models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('report',), name='report_published_once')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text="counts the council's; never used again")),
                ('text', models.TextField()),
                ('made_on', models.DateField(help_text='the day of the committee')),
                ('recorded_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('partly', 'Accepted in part'), ('not', 'Not accepted')], max_length=10)),
                ('answer_text', models.TextField(blank=True, help_text="the board's answer to the committee, in its words")),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='reporting.publication')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='councils.council')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recommendation', to='boards.matter')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('council', 'number'), name='recommendation_number_once_a_council'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on', None)), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('answer_text', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='recommendation_answered_whole')],
            },
        ),
    ]
