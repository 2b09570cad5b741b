"""What a web server calls: the pages that are kept, and behind them Django. `front` for granian, else `application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koryu.settings")
django = get_wsgi_application()

# Imported only now: tables can be, once Django is set up.
from koryu.gateway.front import Front  # noqa: E402 -- as said above
from koryu.gateway.health import WithHealth  # noqa: E402 -- as said above
from koryu.gateway.lost_database import WithDatabase  # noqa: E402 -- as said above
from koryu.gateway.proxies import Proxied  # noqa: E402 -- as said above
from koryu.public.page_cache import PageCache  # noqa: E402 -- as said above

kept = PageCache(django)
_whole = WithHealth(WithDatabase(kept))
application = Proxied(_whole)
front = Front(_whole, at_once=kept.at_once)
