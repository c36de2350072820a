"""`winnow` and `python -m winnow`: the program itself takes the place of Python."""
import os
import sys

from winnow import program


def main() -> None:
    if "plugins" in sys.argv:  # an index may be fetched: OpenSSL inside knows Debian's place of the authorities, Python this machine's
        import ssl

        authorities = ssl.get_default_verify_paths().cafile
        if authorities is not None:
            os.environ.setdefault("SSL_CERT_FILE", authorities)
    path = program()
    os.execv(path, [path, *sys.argv[1:]])


if __name__ == "__main__":
    main()
