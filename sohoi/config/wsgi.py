"""The door for the web server."""

import logging
import os

from django.core.checks import run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sohoi.config.settings")
os.environ.setdefault("SOHOI_KEEP_CONNECTIONS", "600")  # seconds; a new one costs more than many a page
application = get_wsgi_application()
for wrong in run_checks(tags=["forms"]):  # a web server runs no checks by itself
    logging.getLogger("sohoi").warning("%s %s", wrong.msg, wrong.hint)
