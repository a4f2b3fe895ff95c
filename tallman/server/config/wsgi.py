"""The entry a WSGI server calls."""

from __future__ import annotations

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from tallman.server import knowledge_in_use

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tallman.server.config.settings")
application = get_wsgi_application()
knowledge_in_use.watch()
Thread(target=knowledge_in_use.prepare, daemon=True).start()
