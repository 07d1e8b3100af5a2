"""What `rackrace audit degenerate --json` printed, file by file, for scripts that make a table of it."""
import json
import sys


def print_each(print_table, usage):
    """Prints the table of every file that the command line names; without one, how the script is called."""
    if len(sys.argv) < 2:
        sys.exit(usage)
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            print_table(json.load(file))
        print()
