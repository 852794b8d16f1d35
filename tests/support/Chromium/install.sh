#!/usr/bin/env bash
# Installs the browser for the tests of the dashboard: Debian's Chromium.
#
# Needs root and apt. Does nothing where the browser is installed already.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$("$here/../cache.sh")/chromium
mkdir -p "$folder"
log=$folder/install.log

# Two test processes may come here at once: one installs, the other waits and then finds it done.
exec 9> "$folder/install.lock"
flock 9
[ -x /usr/bin/chromium ] && exit 0

fail() {
    echo "install.sh: $1" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "needs root."
command -v apt-get > /dev/null || fail "needs apt-get, which this machine does not have."
trap 'status=$?; [ "$status" = 0 ] || tail -n 15 "$log" >&2 || true' EXIT
: > "$log"

apt-cache show chromium > /dev/null 2>&1 || bash "$here/../apt-update.sh" >> "$log" 2>&1

# With a font: without one a page has no letters to measure.
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 chromium fonts-dejavu-core >> "$log" 2>&1
