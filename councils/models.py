"""Councils, partner organisations, users and the roles they hold, people with and without accounts."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from councils.roles import NATIONAL, Role

ROLE_CHOICES = [(role.value, role.label) for role in Role]
DEMO_DOMAIN = "demo.example"
NATIONAL_ROLES = sorted(role.value for role in NATIONAL)


class Region(models.TextChoices):
    NORTH_EAST = "north_east", "North East"
    NORTH_WEST = "north_west", "North West"
    YORKSHIRE_AND_THE_HUMBER = "yorkshire_and_the_humber", "Yorkshire and The Humber"
    EAST_MIDLANDS = "east_midlands", "East Midlands"
    WEST_MIDLANDS = "west_midlands", "West Midlands"
    EAST_OF_ENGLAND = "east_of_england", "East of England"
    LONDON = "london", "London"
    SOUTH_EAST = "south_east", "South East"
    SOUTH_WEST = "south_west", "South West"


class Council(models.Model):
    """An English upper-tier local authority. `code` is its ONS (GSS) code, `la_number` DfE's three digits."""

    code = models.CharField(max_length=9, unique=True)
    la_number = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=100, unique=True, help_text='the full name, "Manchester City Council"')
    short_name = models.CharField(max_length=100, unique=True, help_text='the usual name, "Manchester"')
    slug = models.SlugField(max_length=100, unique=True)
    region = models.CharField(max_length=30, choices=Region.choices)
    former_code = models.CharField(
        max_length=9, blank=True, help_text="the ONS code of the same council before"
    )
    shares_live_plan_with_chair = models.BooleanField(default=False)
    opens_live_plan_to_dfe = models.BooleanField(default=False)
    invented = models.BooleanField(default=False, help_text="demonstration data, no real council")
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return self.short_name


class Organisation(models.Model):
    """A partner agency of a council."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council service"
        HEALTH = "health", "Health"
        POLICE = "police", "Police and justice"
        SCHOOLS = "schools", "Schools"
        VOLUNTARY = "voluntary", "Voluntary and community sector"
        SAFEGUARDING = "safeguarding", "Safeguarding partnership"
        OTHER = "other", "Other"

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("council", Lower("name"), name="organisation_once_a_council")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Users are named by their e-mail address, compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *args: object, **fields: object) -> "User":
        """Refused: nobody stands above the table of rights."""
        raise NotImplementedError("there are no superusers: use manage.py create_administrator")


class User(AbstractBaseUser):
    """Somebody with an account. What they may do comes from the roles they hold, and from nothing else.

    So there are no permission rows, groups or superusers, which could grant more than the table of rights.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    @property
    def is_demo(self) -> bool:
        """A demonstration account: it can do nothing where demonstration accounts are switched off."""
        return self.email.lower().endswith(f"@{DEMO_DOMAIN}")

    @cached_property
    def is_staff(self) -> bool:
        """Whether the administration site is open: follows from holding the administrator's role today.

        It is worked out and not stored, so that one place says who is an administrator. The answer lives as
        long as this object, which is one request.
        """
        holdings = RoleHolding.objects.held_on(timezone.localdate())
        return holdings.filter(user=self, role=Role.ADMINISTRATOR).exists()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """For the administration site alone: an administrator may open what this room registers there."""
        return self.has_module_perms(perm.partition(".")[0])

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and app_label == "councils" and self.is_staff


class Person(models.Model):
    """Somebody the council works with, with or without an account; a post may stand for whoever holds it."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True, help_text='"Head of Safeguarding"')
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    email = models.EmailField(blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="", post=""), name="person_has_name_or_post"),
            models.UniqueConstraint(
                "council", "user", condition=Q(user__isnull=False), name="person_of_user_once_a_council"
            ),
            models.UniqueConstraint("council", Lower("name"), Lower("post"), name="person_once_a_council"),
        ]

    def __str__(self) -> str:
        return self.name or self.post


class RoleHoldingQuerySet(models.QuerySet["RoleHolding"]):
    """Role holdings, asked by day."""

    def held_on(self, day: dt.date) -> Self:
        """Those that count on a day (both ends inclusive)."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, withdrawn_at__isnull=True
        )


class RoleHolding(models.Model):
    """A role that a user holds for one council, or nationally, from a day to a day (both inclusive).

    A role taken away at once, before its last day is over, also has `withdrawn_at`.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_holdings")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, null=True, blank=True, related_name="role_holdings"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RoleHoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=NATIONAL_ROLES, council__isnull=True)
                | (~Q(role__in=NATIONAL_ROLES) & Q(council__isnull=False)),
                name="national_roles_have_no_council",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="role_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["council", "role"], name="role_of_council")]

    def __str__(self) -> str:
        return f"{self.user}: {Role(self.role).label}"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return Role(self.role).label

    def counts_on(self, day: dt.date) -> bool:
        """Whether the role was held on that day, as far as is known now."""
        return self.starts_on <= day and not self.over_on(day)

    def over_on(self, day: dt.date) -> bool:
        """Whether the role had come to its end by that day."""
        return self.withdrawn_at is not None or (self.ends_on is not None and self.ends_on < day)


class Invitation(models.Model):
    """An expiring link by which somebody gets an account and a role. its token is kept as a hash."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        help_text="somebody the council knows already, who gets an account now",
    )
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=NATIONAL_ROLES, council__isnull=True)
                | (~Q(role__in=NATIONAL_ROLES) & Q(council__isnull=False)),
                name="invitation_to_national_role_has_no_council",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {Role(self.role).label}"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return Role(self.role).label

    def expired_at(self, now: dt.datetime) -> bool:
        """Whether the link has run out; at the very moment of expiry it has."""
        return self.expires_at <= now


class ApiToken(models.Model):
    """A key by which a program acts in one role that its owner holds, until its last day (inclusive).

    The token itself is shown once, when it is made; only its hash is kept.
    """

    holding = models.ForeignKey(RoleHolding, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100, help_text="what it is for")
    token_hash = models.CharField(max_length=64, unique=True)
    ending = models.CharField(
        max_length=4, help_text="the last characters, by which its owner knows it again"
    )
    read_only = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "holding",
                Lower("name"),
                condition=Q(revoked_at__isnull=True),
                name="token_name_once_a_holding",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: dt.date) -> bool:
        """Whether it opens anything on that day: not expired or revoked, its role held, its owner active."""
        return (
            self.revoked_at is None
            and self.expires_on >= day
            and self.holding.counts_on(day)
            and self.holding.user.is_active
        )
