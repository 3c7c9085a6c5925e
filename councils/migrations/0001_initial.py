import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Council',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=9, unique=True)),
                ('la_number', models.CharField(max_length=3, unique=True)),
                ('name', models.CharField(help_text='the full name, "Manchester City Council"', max_length=100, unique=True)),
                ('short_name', models.CharField(help_text='the usual name, "Manchester"', max_length=100, unique=True)),
                ('slug', models.SlugField(max_length=100, unique=True)),
                ('region', models.CharField(choices=[('north_east', 'North East'), ('north_west', 'North West'), ('yorkshire_and_the_humber', 'Yorkshire and The Humber'), ('east_midlands', 'East Midlands'), ('west_midlands', 'West Midlands'), ('east_of_england', 'East of England'), ('london', 'London'), ('south_east', 'South East'), ('south_west', 'South West')], max_length=30)),
                ('former_code', models.CharField(blank=True, help_text='the ONS code of the same council before', max_length=9)),
                ('shares_live_plan_with_chair', models.BooleanField(default=False)),
                ('opens_live_plan_to_dfe', models.BooleanField(default=False)),
                ('invented', models.BooleanField(default=False, help_text='demonstration data, no real council')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('council', 'Council service'), ('health', 'Health'), ('police', 'Police and justice'), ('schools', 'Schools'), ('voluntary', 'Voluntary and community sector'), ('safeguarding', 'Safeguarding partnership'), ('other', 'Other')], default='other', max_length=20)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='councils.council')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('council'), django.db.models.functions.text.Lower('name'), name='organisation_once_a_council')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('post', models.CharField(blank=True, help_text='"Head of Safeguarding"', max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='councils.council')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='councils.organisation')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), ('post', ''), _negated=True), name='person_has_name_or_post'), models.UniqueConstraint(models.F('council'), models.F('user'), condition=models.Q(('user__isnull', False)), name='person_of_user_once_a_council'), models.UniqueConstraint(models.F('council'), django.db.models.functions.text.Lower('name'), django.db.models.functions.text.Lower('post'), name='person_once_a_council')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(max_length=200)),
                ('role', models.CharField(choices=[('programme_manager', 'Programme manager'), ('programme_office', 'Programme office'), ('action_lead', 'Action lead'), ('council_leader', 'Leader of the council'), ('lead_member', "Lead member for children's services"), ('chief_executive', 'Chief executive'), ('director', "Director of Children's Services"), ('council_viewer', 'Council viewer'), ('board_chair', 'Independent board chair'), ('chairs_support', "Chair's support"), ('board_member', 'Board member'), ('independent_validator', 'Independent validator'), ('safeguarding_chair', 'Safeguarding partnership chair'), ('dfe_official', 'DfE official'), ('dfe_adviser', 'DfE adviser'), ('commissioner', 'Commissioner'), ('ministers_office', "Minister's office"), ('scrutiny_viewer', 'Scrutiny viewer'), ('administrator', 'Administrator')], max_length=30)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='councils.council')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, help_text='somebody the council knows already, who gets an account now', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='councils.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('council__isnull', True), ('role__in', ['administrator', 'dfe_official', 'ministers_office'])), models.Q(models.Q(('role__in', ['administrator', 'dfe_official', 'ministers_office']), _negated=True), ('council__isnull', False)), _connector='OR'), name='invitation_to_national_role_has_no_council'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_at_and_by'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True), _connector='OR'), name='invitation_accepted_or_revoked')],
            },
        ),
        migrations.CreateModel(
            name='RoleHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('programme_manager', 'Programme manager'), ('programme_office', 'Programme office'), ('action_lead', 'Action lead'), ('council_leader', 'Leader of the council'), ('lead_member', "Lead member for children's services"), ('chief_executive', 'Chief executive'), ('director', "Director of Children's Services"), ('council_viewer', 'Council viewer'), ('board_chair', 'Independent board chair'), ('chairs_support', "Chair's support"), ('board_member', 'Board member'), ('independent_validator', 'Independent validator'), ('safeguarding_chair', 'Safeguarding partnership chair'), ('dfe_official', 'DfE official'), ('dfe_adviser', 'DfE adviser'), ('commissioner', 'Commissioner'), ('ministers_office', "Minister's office"), ('scrutiny_viewer', 'Scrutiny viewer'), ('administrator', 'Administrator')], max_length=30)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('council', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='role_holdings', to='councils.council')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_holdings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('council__isnull', True), ('role__in', ['administrator', 'dfe_official', 'ministers_office'])), models.Q(models.Q(('role__in', ['administrator', 'dfe_official', 'ministers_office']), _negated=True), ('council__isnull', False)), _connector='OR'), name='national_roles_have_no_council'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='role_ends_after_it_starts')],
                'indexes': [models.Index(fields=['council', 'role'], name='role_of_council')],
            },
        ),
    ]
