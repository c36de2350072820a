#!/usr/bin/env python3
"""No two types of one namespace share a name: one_definition.py SOURCE

Two structs `engine::ReadRecord` in two headers compiled, linked, and shared the code of std::vector, which took one for the other: no compiler sees
that, and only a sanitizer did. Looks at types that stand in a named namespace, outside of templates' tests. Exit 1 names those with two homes."""
import collections, pathlib, re, sys

TYPE = re.compile(r"(?:struct|class|enum class|enum) (?:\[\[\w+\]\] )?(\w+)(?: final)?(?: : [^{]*| )?\{")


def types(file):
    """(namespace, name) of the types that are defined at the margin of a file, outside of nameless namespaces."""
    namespaces = []
    for line in file.read_text(encoding="utf-8").splitlines():
        opened = re.match(r"(?:inline )?namespace ([\w:]*) ?\{", line)
        if opened:
            namespaces.append(opened.group(1))
        elif line.startswith("}  // namespace") and namespaces:
            namespaces.pop()
        elif namespaces and "" not in namespaces and (found := TYPE.match(line)):
            yield "::".join(namespaces), found.group(1)


def main():
    source, homes = pathlib.Path(sys.argv[1]), collections.defaultdict(set)
    for folder in ("host", "plugins", "sdk"):
        for file in (source / folder).rglob("*.[hc]pp"):
            if "test" not in file.parts and "template" not in file.parts:
                for name in types(file):
                    homes[name].add(str(file.relative_to(source)))
    twice = {name: files for name, files in homes.items() if len(files) > 1}
    for (namespace, name), files in sorted(twice.items()):
        print("%s::%s is defined in %s" % (namespace, name, " and ".join(sorted(files))))
    print("%d types" % len(homes))
    return 1 if twice or len(homes) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
