"""``python -m acuerdo`` is the same as ``acuerdo``."""

import sys

from acuerdo.cli.entry import main

sys.exit(main())
