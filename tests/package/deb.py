#!/usr/bin/env python3
"""The Debian packages: made by cpack, unpacked into a clean folder, used from there.

  deb.py --build BUILD_FOLDER --cpack PROGRAM
"""
import argparse, os, pathlib, shutil, subprocess, sys, tempfile

EXPECTED = {
    "winnow": ["usr/bin/winnow", "usr/share/doc/winnow/LICENSE"],
    "winnow-plugins": ["usr/lib/winnow/plugins/importers-ris.so", "usr/lib/winnow/plugins/exporters-prisma.so"],
    "winnow-sdk": ["usr/include/winnow/abi.h", "usr/lib/cmake/WinnowSdk/WinnowSdkConfig.cmake", "usr/lib/pkgconfig/winnow-sdk.pc",
                   "usr/share/winnow/python/winnow_worker.py", "usr/share/winnow/template/c++/filter/Filter.cpp"],
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--cpack", required=True)
    a = parser.parse_args()
    if shutil.which("dpkg-deb") is None:
        print("skipped: dpkg-deb is missing")
        return 77
    with tempfile.TemporaryDirectory(prefix="winnow-deb-") as temporary:
        folder, root = pathlib.Path(temporary), pathlib.Path(temporary) / "root"
        subprocess.run([a.cpack, "-G", "DEB", "-B", str(folder / "debs"), "--config", str(a.build.resolve() / "CPackConfig.cmake")], check=True, stdout=subprocess.DEVNULL)
        packages = {}
        for deb in (folder / "debs").glob("*.deb"):
            name = subprocess.run(["dpkg-deb", "-f", str(deb), "Package"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
            packages[name] = {line.split()[-1].lstrip("./") for line in
                              subprocess.run(["dpkg-deb", "-c", str(deb)], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()}
            subprocess.run(["dpkg-deb", "-x", str(deb), str(root)], check=True)
        missing = [(p, f) for p, files in EXPECTED.items() for f in files if f not in packages.get(p, ())]
        if missing or sorted(packages) != sorted(EXPECTED):
            print("packages %s; missing: %s" % (sorted(packages), missing))
            return 1
        env = {"PATH": "%s:/usr/bin:/bin" % (root / "usr/bin"), "HOME": temporary, "CMAKE_PREFIX_PATH": str(root / "usr")}
        commands = ("winnow plugins | grep -c importers. && winnow plugins new filter my-db && cmake -S my-db -B my-db/build > /dev/null && "
                    "cmake --build my-db/build > /dev/null && winnow plugins test my-db | tail -1")
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", commands], cwd=temporary, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        print(done.stdout[-2000:])
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
