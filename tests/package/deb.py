#!/usr/bin/env python3
"""The Debian packages: made by cpack, unpacked into a clean folder, used from there: the example review gives the bytes that the build's own program
gives. They depend on the packages of what they are linked with, and on no other; lintian finds no error, where it is installed.

  deb.py --build BUILD_FOLDER --cpack PROGRAM --review FOLDER
"""
import argparse, importlib.util, pathlib, re, shutil, subprocess, sys, tempfile

from wheel import differences, reviewed

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent

EXPECTED = {
    "winnow": ["usr/bin/winnow", "usr/share/doc/winnow/LICENSE"],
    "winnow-plugins": ["usr/lib/winnow/plugins/importers-ris.so", "usr/lib/winnow/plugins/exporters-prisma.so"],
    "winnow-sdk": ["usr/include/winnow/abi.h", "usr/lib/cmake/WinnowSdk/WinnowSdkConfig.cmake", "usr/lib/pkgconfig/winnow-sdk.pc",
                   "usr/share/winnow/python/winnow_worker.py", "usr/share/winnow/template/c++/filter/Filter.cpp"],
    "winnow-debug": ["usr/bin/.debug/winnow.debug", "usr/lib/winnow/plugins/.debug/importers-ris.so.debug"],
}


def output(*command):
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def debugFaults(folder):
    """The programs of a folder: stripped, and addr2line still finds where their functions stand."""
    for program in sorted(p for p in folder.iterdir() if p.name == "winnow" or p.suffix == ".so"):
        sections = output("readelf", "-S", "-W", program)
        if ".debug_info" in sections or ".symtab" in sections:
            yield "%s is not stripped" % program.name
        names = output("nm", "--defined-only", program.parent / ".debug" / (program.name + ".debug")).splitlines()
        wanted = "main" if program.name == "winnow" else "winnow"  # a function of the plugin's own namespace
        # Several: one may begin with what was inlined from a header of the system.
        addresses = [line.split()[0] for line in names if line.split()[1] in "Tt" and
                     (line.split()[2] == wanted if wanted == "main" else "6winnow" in line.split()[2])][:20]
        places = output("addr2line", "-e", program, *addresses).splitlines() if addresses else []
        isOurs = any(re.search(r"\.(cpp|hpp|cxx):\d", place) for place in places)  # .cxx: several files read as one
        unknown = sum(place.startswith("??") for place in places)  # a few that the linker made
        if not isOurs or unknown > len(places) / 4:
            yield "%s: addr2line finds %s" % (program.name, places)


def dependencyFaults(package, declared, files):
    """What a package declares and what its programs are linked with: the same Debian packages."""
    spec = importlib.util.spec_from_file_location("sbom", SOURCE / "cmake/sbom.py")
    sbom = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sbom)
    paths = sbom.where()
    names = {name for file in files for name in sbom.needed(file)}
    wanted = {sbom.package_of(paths[name])[0] for name in names}
    said = {re.split(r"[ (]", word.strip())[0] for word in declared.split(",")} - {"winnow", "python3"}  # the Spark driver is a script
    if wanted != said:
        yield "%s depends on %s; its files need %s" % (package, sorted(said - wanted), sorted(wanted - said))


def lintianFaults(debs):
    """Errors that lintian finds; what a package for Debian itself must have besides is no fault of one that a build makes."""
    if shutil.which("lintian") is None:
        print("lintian: not tried, it is not installed")
        return []
    done = subprocess.run(["lintian", "--allow-root", "--fail-on", "none", "--tag-display-limit", "0", *map(str, debs)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return [line for line in done.stdout.splitlines() if line.startswith("E: ") or done.returncode != 0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--cpack", required=True)
    parser.add_argument("--review", required=True, type=pathlib.Path)
    a = parser.parse_args()
    if shutil.which("dpkg-deb") is None:
        print("skipped: dpkg-deb is missing")
        return 77
    with tempfile.TemporaryDirectory(prefix="winnow-deb-") as temporary:
        folder, root = pathlib.Path(temporary), pathlib.Path(temporary) / "root"
        subprocess.run([a.cpack, "-G", "DEB", "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip", "-B", str(folder / "debs"), "--config", str(a.build.resolve() / "CPackConfig.cmake")], check=True, stdout=subprocess.DEVNULL)
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
        faults = [*debugFaults(root / "usr/bin"), *debugFaults(root / "usr/lib/winnow/plugins")]
        programs = {"winnow": [root / "usr/bin/winnow"], "winnow-plugins": sorted((root / "usr/lib/winnow/plugins").glob("*.so"))}
        debs = {output("dpkg-deb", "-f", deb, "Package").strip(): deb for deb in (folder / "debs").glob("*.deb")}
        for package, files in programs.items():
            faults += dependencyFaults(package, output("dpkg-deb", "-f", debs[package], "Depends"), files)
        faults += lintianFaults(debs[name] for name in sorted(debs) if name != "winnow-debug")
        wanted = reviewed([a.build.resolve() / "bin/winnow"], a.review, folder / "built")
        found = reviewed([root / "usr/bin/winnow"], a.review, folder / "unpacked")
        faults += ["%s differs" % name for name in differences(wanted, found)]
        if faults:
            print("\n".join(faults))
            return 1
        env = {"PATH": "%s:/usr/bin:/bin" % (root / "usr/bin"), "HOME": temporary, "CMAKE_PREFIX_PATH": str(root / "usr")}
        commands = ("winnow plugins | grep -c importers. && winnow plugins new filter my-db && cmake -S my-db -B my-db/build > /dev/null && "
                    "cmake --build my-db/build > /dev/null && winnow plugins test my-db | tail -1")
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", commands], cwd=temporary, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        print(done.stdout[-2000:])
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
