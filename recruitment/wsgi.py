"""What gunicorn serves. Start it with `--preload`: then a wrong setting stops the master at once."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruitment.settings")

application = get_wsgi_application()
