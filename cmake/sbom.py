#!/usr/bin/env python3
"""The software bill of materials (SPDX 2.3, JSON): what a build of Winnow is linked with.

  sbom.py --version VERSION --output FILE [--header-only PACKAGE...] PROGRAM-OR-LIBRARY...

Read from the files themselves: every library that they are linked with, directly or through another one, and the Debian package that
it belongs to; where there is no dpkg, the library by its name and its SHA-256. --header-only names packages that leave no trace in
a linked file. The document depends on the files and packages alone; the time is SOURCE_DATE_EPOCH, or that of the newest file.
"""
import argparse, datetime, hashlib, json, os, pathlib, re, shutil, struct, subprocess, sys


def needed(path):
    """The names in a file's dynamic section (ELF, 64 bit, little-endian)."""
    data = pathlib.Path(path).read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        return []
    offset, size, count = struct.unpack_from("<Q", data, 0x28)[0], *struct.unpack_from("<HH", data, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, offset + i * size) for i in range(count)]
    names = []
    for section in sections:
        if section[1] != 6:  # SHT_DYNAMIC
            continue
        strings = sections[section[6]][4]
        for at in range(section[4], section[4] + section[5], 16):
            tag, value = struct.unpack_from("<QQ", data, at)
            if tag == 1:  # DT_NEEDED
                names.append(data[strings + value:data.index(b"\0", strings + value)].decode())
    return names


def where():
    """soname -> path, as the loader finds it."""
    listed = subprocess.run(["/sbin/ldconfig", "-p"], stdout=subprocess.PIPE, text=True).stdout
    found = {}
    for name, path in re.findall(r"^\s+(\S+) \(.*\) => (\S+)$", listed, re.M):
        found.setdefault(name, path)
    return found


def closure(files):
    """Every library that the files need, with who needs it."""
    paths, users, todo = where(), {}, [(str(f), str(f)) for f in files]
    while todo:
        path, user = todo.pop()
        for name in needed(path):
            if name not in users:
                users[name] = set()
                if name in paths:
                    todo.append((paths[name], name))
            users[name].add(user)
    return {name: paths.get(name) for name in users}


def package_of(path):
    """(name, version, architecture, source) of the Debian package of a file; None if dpkg does not know it."""
    if path is None or shutil.which("dpkg-query") is None:
        return None
    for candidate in (path, os.path.realpath(path), re.sub("^/usr", "", os.path.realpath(path)), "/usr" + path):
        owner = subprocess.run(["dpkg-query", "-S", candidate], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if owner.returncode == 0:
            return described(owner.stdout.split(": ")[0].split(",")[0])
    return None


def described(package):
    form = "${binary:Package}\t${Version}\t${Architecture}\t${source:Package}"
    done = subprocess.run(["dpkg-query", "-W", "-f=" + form, package], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if done.returncode != 0:
        return None
    name, version, architecture, source = done.stdout.split("\n")[0].split("\t")
    return name.split(":")[0], version, architecture, source


def identifier(text):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", text)


def entry(name, version, supplier, comment, more):
    return {"name": name, "SPDXID": identifier("Package-" + name), "versionInfo": version, "supplier": supplier, "downloadLocation": "NOASSERTION",
            "filesAnalyzed": False, "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION",
            "comment": comment, **more}


def packages(libraries, header_only):
    found = {}
    for soname, path in sorted(libraries.items()):
        package = package_of(path)
        if package is None:
            digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() if path else None
            checksum = {"checksums": [{"algorithm": "SHA256", "checksumValue": digest}]} if digest else {}
            found[soname] = entry(soname, "NOASSERTION", "NOASSERTION", "provides " + soname, checksum)
            continue
        known = found.setdefault(package[0], debian(package, "provides"))
        known["comment"] += (", " if known["comment"] != "provides" else " ") + soname
    for name in header_only:
        package = described(name)
        if package is not None:
            found[package[0]] = debian(package, "headers compiled in")
    return [found[name] for name in sorted(found)]


def debian(package, comment):
    name, version, architecture, source = package
    locator = "pkg:deb/debian/%s@%s?arch=%s" % (name, version.replace("+", "%2B").replace("~", "%7E").replace(":", "%3A"), architecture)
    reference = {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}
    return entry(name, version, "Organization: Debian", comment, {"sourceInfo": "Debian source package " + source, "externalRefs": [reference]})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--header-only", nargs="*", default=[], metavar="PACKAGE")
    a = parser.parse_args()
    parts = packages(closure(a.files), a.header_only)
    own = entry("winnow", a.version, "Organization: Winnow contributors", "the program and its plugins", {"licenseDeclared": "Apache-2.0"})
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", max(int(f.stat().st_mtime) for f in a.files)))
    document = {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "winnow-" + a.version,
                "creationInfo": {"created": datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
                                 "creators": ["Tool: winnow-sbom"]},
                "packages": [own] + parts,
                "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]}] +
                                 [{"spdxElementId": own["SPDXID"], "relationshipType": "DEPENDS_ON" if p["comment"].startswith("headers") else "DYNAMIC_LINK",
                                   "relatedSpdxElement": p["SPDXID"]} for p in parts]}
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    document["documentNamespace"] = "https://spdx.org/spdxdocs/winnow-%s-%s" % (a.version, digest[:32])
    a.output.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
