"""`winnow` and `python -m winnow`: the program itself takes the place of Python."""
import os
import sys

from winnow import program


def main() -> None:
    path = program()
    os.execv(path, [path, *sys.argv[1:]])


if __name__ == "__main__":
    main()
