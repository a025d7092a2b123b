"""Identity: a visitor becomes known by a token of the site, once for each token."""

import hashlib
import uuid

from app.auth import Visitor
from app.chat import repository
from app.chat.schemas import NewVisitor
from app.db import Database
from app.errors import Unauthorized
from app.site_token import SiteTokens


class IdentityService:
    """An anonymous visitor gets a name of ours; an identified one always the same."""

    def __init__(self, db: Database, site: SiteTokens) -> None:
        self._db, self._site = db, site

    async def visitor(self, new: NewVisitor) -> Visitor:
        """Raises Unauthorized for a site token that is not valid, or was used before."""
        if new.token is None:
            return Visitor(uuid.uuid4().hex, new.audience, new.locale)
        told = self._site.read(new.token)
        async with self._db.write() as connection:
            spent = hashlib.sha256(told.jti.encode()).hexdigest()
            if not await repository.spend_site_token(connection, spent, told.forget_after):
                raise Unauthorized("this site token was used already; sign a new one for each page")
        return told.visitor
