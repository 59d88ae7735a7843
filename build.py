"""The catalogue's command line: `python build.py COMMAND` is the installed script `catalogue COMMAND`."""

from builder.__main__ import main

if __name__ == "__main__":
    main()
