#!/usr/bin/env bash
# Installs an S3 server for the tests: Ceph's object gateway, with the monitor and the store it needs.
#
# Into the folder of folder.sh, outside the checkout: many checkouts share it. Needs root and Debian's apt. Does nothing where the server is
# installed already.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$("$here/folder.sh")
mkdir -p "$folder"
root=$folder/root
log=$folder/install.log

[ -x "$root/usr/bin/radosgw" ] && exit 0

# Two test processes may come here at once: one installs, the other waits and then finds it done.
exec 9> "$folder/install.lock"
flock 9
[ -x "$root/usr/bin/radosgw" ] && exit 0

fail() {
    echo "install.sh: $1" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "needs root."
command -v apt-get > /dev/null || fail "needs apt-get, which this machine does not have."
trap 'status=$?; [ "$status" = 0 ] || tail -n 15 "$log" >&2 || true' EXIT
: > "$log"

# The package source is the one this machine uses. Apt tells of it only after it has read the lists once.
source_of_packages() {
    apt-get indextargets --format '$(REPO_URI)' 'Label: Debian' 'Created-By: Packages' 'Component: main' 2>> "$log" | sort -u | head -n 1
}

mirror=$(source_of_packages)
if [ -z "$mirror" ] || ! apt-cache show mmdebstrap > /dev/null 2>&1; then
    # What matters is whether Debian's own source is known afterwards.
    bash "$here/../apt-update.sh" >> "$log" 2>&1
    mirror=$(source_of_packages)
fi
[ -n "$mirror" ] || fail "apt knows no source of Debian packages."

if ! command -v mmdebstrap > /dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 mmdebstrap >> "$log" 2>&1
fi

# The server comes from a newer Debian than the machine may be, because older gateways know no conditional writes of multipart uploads.
# So it gets a root folder of its own, and nothing of it touches the machine. A package source that is frozen in time may be past the
# date until which its index says it is valid: that date is not looked at, the signature is.
rm -rf --one-file-system "$root.new"
mmdebstrap --variant=apt --mode=root \
    --include=radosgw,ceph-mon,ceph-osd,ceph-common,openssl \
    --aptopt='APT::Install-Recommends "false"' \
    --aptopt='Acquire::Check-Valid-Until "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    forky "$root.new" "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror forky main" >> "$log" 2>&1
chroot "$root.new" radosgw --version >> "$log" 2>&1

# Renamed only when whole: what is there under the final name can be used.
rm -rf --one-file-system "$root"
mv "$root.new" "$root"

# What other versions of this script have installed takes a gigabyte each, and goes when nobody has used it for a month.
find "${folder%/*}" -mindepth 1 -maxdepth 1 -type d ! -path "$folder" -mtime +30 -exec rm -rf --one-file-system {} +
