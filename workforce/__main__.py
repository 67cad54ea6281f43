"""`python -m workforce`: the engine without a browser."""

import sys

from workforce.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
