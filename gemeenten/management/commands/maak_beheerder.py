from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from gemeenten.acting import System, acting_as
from gemeenten.models import Rol, User


class Command(BaseCommand):
    help = "Makes the first account of an installation: a beheerder, who can do everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("naam")
        parser.add_argument("--password", help="without it, it is asked for")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        password = options["password"] or getpass("Wachtwoord: ")
        user = User(name=options["naam"], email=email)
        try:
            validate_email(email)
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError("Er is al iemand met dit e-mailadres.")
        user.set_password(password)
        with transaction.atomic(), acting_as(System("beheer")):
            user.save()
            Rol.objects.create(user=user, kind=Rol.Kind.BEHEERDER)
        self.stdout.write(f"{user.name} kan zich aanmelden als beheerder.")
