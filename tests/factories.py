"""Councils, users and people for tests. `member` makes somebody who holds a role."""

import datetime as dt

import factory
from allauth.account.models import EmailAddress

from councils.models import Council, Organisation, Person, Region, RoleHolding, User
from councils.roles import NATIONAL, Role

PASSWORD = "seven green kettles"
LONG_AGO = dt.date(2014, 1, 1)


class CouncilFactory(factory.django.DjangoModelFactory):
    """An invented council, beside the 153 real ones that are there after migrate."""

    class Meta:
        model = Council

    short_name = factory.Sequence(lambda n: f"Testshire {n}")
    name = factory.LazyAttribute(lambda council: f"{council.short_name} Council")
    slug = factory.LazyAttribute(lambda council: council.short_name.lower().replace(" ", "-"))
    code = factory.Sequence(lambda n: f"X{n:08}")
    la_number = factory.Sequence(lambda n: f"T{n % 100:02}")
    region = Region.NORTH_WEST
    invented = True


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with an account, a verified address and the password `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Jo Tester {n}")
    email = factory.Sequence(lambda n: f"jo.tester.{n}@council.example")

    @classmethod
    def _create(cls, model_class, *args, **fields):
        user = model_class.objects.create_user(
            fields.pop("email"), fields.pop("password", PASSWORD), **fields
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    council = factory.SubFactory(CouncilFactory)
    name = factory.Sequence(lambda n: f"Partner {n}")


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    council = factory.SubFactory(CouncilFactory)
    name = factory.Sequence(lambda n: f"Sam Colleague {n}")
    post = "Head of Service"


def member(
    role: Role,
    council: Council | None = None,
    *,
    user: User | None = None,
    starts_on: dt.date = LONG_AGO,
    ends_on: dt.date | None = None,
) -> User:
    """Somebody who holds a role, of a council or (national roles) of none; `user` to give one more role."""
    user = user or UserFactory()
    where = None if role in NATIONAL else council
    RoleHolding.objects.create(user=user, role=role, council=where, starts_on=starts_on, ends_on=ends_on)
    return user
