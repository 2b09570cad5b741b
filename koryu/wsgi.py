"""What a web server calls: the pages that are kept, and behind them Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koryu.settings")
django = get_wsgi_application()

from koryu.public.kept import Kept  # noqa: E402 -- tables can be imported only once Django is set up

application = Kept(django)
