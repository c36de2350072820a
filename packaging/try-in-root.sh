#!/usr/bin/env bash
# Installs packages of Winnow in the root folder of a distribution and runs the example review there, as root:
#
#   packaging/try-in-root.sh ROOT EXPECTED PACKAGE...
#
# ROOT is a folder that debootstrap or an unpacked image made (with Python for a wheel), EXPECTED the folder `out` of the example review as the
# build's own program wrote it, PACKAGE one wheel, or the .deb packages (apt then fetches what they depend on). Every byte must be equal, in the program
# and in worker processes. With a wheel, a plugin in Python is made there from its template and must pass its tests. Exit 0 if so.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2; }
if [ -z "${WINNOW_IN_NAMESPACE:-}" ]; then  # a mount of its own, which ends with this script
  WINNOW_IN_NAMESPACE=1 exec unshare --mount --pid --fork "$0" "$@"
fi
root=$(realpath "$1") expected=$(realpath "$2")
shift 2
mount -t proc proc "$root/proc"  # the program finds itself by /proc/self/exe
mount --bind /dev "$root/dev"
place=$root/tmp/winnow-try
rm -rf "$place"
mkdir -p "$place"
cp "$@" "$place/"
inside() { chroot "$root" /usr/bin/env -i HOME=/tmp/winnow-try PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh -euc "cd /tmp/winnow-try; $1"; }

if [ "${1##*.}" = whl ]; then
  inside 'python3 -m venv venv; venv/bin/pip install -q --no-index --disable-pip-version-check *.whl; ln -s venv/bin/winnow winnow
    cp -r "$(venv/bin/python -c "import winnow; print(winnow.examples())")/peer-support-workers" plain
    ./winnow plugins new filter try-here --lang python > /dev/null; ./winnow plugins test try-here | tail -1'
else
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  inside 'apt-get update -qq; apt-get install -y -qq --no-install-recommends ./*.deb > apt.log 2>&1 || { tail -20 apt.log; exit 1; }
    ln -s /usr/bin/winnow winnow; cp -r /usr/share/winnow/configs/peer-support-workers plain'
fi
inside '. /etc/os-release; echo "$PRETTY_NAME, $(ldd --version 2>&1 | sed -n 1p)"; ./winnow --version
  cp -r plain isolated; printf "\nisolate: {stages: all}\n" >> isolated/review.yaml
  for way in plain isolated; do ( cd $way; ../winnow run review.yaml > ../$way.log 2>&1 || { tail -5 ../$way.log; exit 1; } ); done
  ./winnow plugins | grep -c "^[a-z]*\.[a-z]"'
for way in plain isolated; do
  diff -r "$expected" "$place/$way/out" || { echo "$way: not the bytes that were expected"; exit 1; }
  echo "$way: $(find "$place/$way/out" -type f | wc -l) files, every byte as expected"
done
