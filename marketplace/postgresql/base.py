"""Django's PostgreSQL, with a cheaper look at whether a kept connection still works."""

from select import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the kernel before it asks the database: that is for every request.

    Nothing waits to be read on a connection that is at rest. When the other side ended it, its
    last words or its end are there to read.
    """

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        waiting, _, _ = select([self.connection.fileno()], [], [], 0)
        return super().is_usable() if waiting else True
