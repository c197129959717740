#!/bin/bash
# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
#
# Proves that ./lgo run works from nothing: a Debian with only python3 and apt, a fresh clone of
# HEAD, first as root, then as an ordinary user. Needs root, mmdebstrap, the network, 4 GB of disk
# and some minutes.
#
#   tests/cli/chroot_check.sh [SUITE] [FOLDER]     e.g. bookworm /var/tmp/lgo-chroot
#
# The folder is kept, so that a second call only renews the clone; delete it when done.
set -euo pipefail
suite=${1:-bookworm}
root=${2:-/var/tmp/lgo-chroot-$suite}
here=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
[ "$(id -u)" = 0 ] || { echo "run it as root: it makes a chroot" >&2; exit 1; }
command -v mmdebstrap >/dev/null || { echo "apt-get install mmdebstrap" >&2; exit 1; }

if [ ! -d "$root/etc/apt" ]; then
    mirror=$(cd "$here" && python3 -c "from lgo_cli import apt; print(apt.debian_mirror() or '')")
    echo "== making a minimal $suite in $root"
    mmdebstrap --quiet --variant=minbase --include=python3 "$suite" "$root.tmp" "$mirror"
    mv "$root.tmp" "$root"
    # how this machine reaches its package registries, if it has settings of its own
    for file in /etc/ssl/certs/ca-certificates.crt /etc/pip.conf /etc/resolv.conf /etc/hosts; do
        if [ -e "$file" ]; then
            mkdir -p "$root$(dirname "$file")" && cat "$file" > "$root$file"
        fi
    done
    cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
    chroot "$root" useradd --create-home office
fi

for home in root home/office; do
    rm -rf "${root:?}/$home/lgo"
    mkdir -p "$root/$home/lgo"
    git -C "$here" archive HEAD | tar -x -C "$root/$home/lgo"
done
chroot "$root" chown -R office:office /home/office/lgo

cat > "$root/check.sh" <<'CHECK'
set -euo pipefail
cd ~/lgo
echo "== $(id -un), $(python3 -V), $(. /etc/os-release; echo "$PRETTY_NAME")"
seconds() { local t=$SECONDS; "$@"; echo "== $* took $((SECONDS - t)) s" >&2; }
trap './lgo stop || true' EXIT
seconds ./lgo run | tee run.txt
url=$(sed -n 's/^LGO runs at //p' run.txt)
python3 - "$url" <<'PYTHON'
import sys, urllib.request
page = urllib.request.urlopen(sys.argv[1] + "/web/login").read().decode()
assert 'lang="th-TH"' in page, "the login page is not Thai"
print("== the login page answers in Thai")
PYTHON
seconds ./lgo stop
seconds ./lgo run > run.txt
./lgo status
seconds ./lgo stop
seconds ./lgo reset --yes
CHECK

# own mounts and processes: all of them are gone when the script ends
inside() {
    unshare --mount --pid --fork --kill-child bash -euc '
        root=$1; shift
        mount -t proc proc "$root/proc"
        for device in null zero full random urandom tty; do
            [ -e "$root/dev/$device" ] || touch "$root/dev/$device"
            mount --bind "/dev/$device" "$root/dev/$device"
        done
        mkdir -p "$root/dev/shm" && mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
        chroot "$root" "$@"' inside "$root" "$@"
}
passed=()
for name in PIP_CERT SSL_CERT_FILE NODE_EXTRA_CA_CERTS PIP_INDEX_URL UV_INDEX_URL LGO_DEBIAN_MIRROR http_proxy https_proxy no_proxy; do
    [ -z "${!name:-}" ] || passed+=("$name=${!name}")
done
path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
inside env -i HOME=/root PATH=$path LANG=C.UTF-8 "${passed[@]}" bash /check.sh
inside setpriv --reuid=office --regid=office --clear-groups \
    env -i HOME=/home/office PATH=$path LANG=C.UTF-8 "${passed[@]}" bash /check.sh
echo "== all checks passed"
