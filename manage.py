#!/usr/bin/env python
"""Django's command line, with the source root `site/` on the path."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run an administrative command; development settings unless told otherwise."""
    root = Path(__file__).resolve().parent
    for folder in (str(root / "site"), str(root)):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
