#!/usr/bin/env bash
# Installs Debian's cron and systemd for the tests, neither of which it starts. Needs root and apt. Does nothing where both are there already.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

exec 9> "$("$here/../cache.sh")/schedulers.lock"
flock 9
missing=()
[ -x /usr/sbin/cron ] && command -v crontab > /dev/null || missing+=(cron)
command -v systemd-analyze > /dev/null && [ -x /lib/systemd/systemd ] || missing+=(systemd)
[ ${#missing[@]} -gt 0 ] || exit 0

fail() {
    echo "install.sh: $1" >&2
    exit 1
}

command -v apt-get > /dev/null || fail "needs apt-get, which this machine does not have."
[ "$(id -u)" = 0 ] || fail "needs root."
apt-cache show "${missing[@]}" > /dev/null 2>&1 || bash "$here/../apt-update.sh"
apt-cache show "${missing[@]}" > /dev/null 2>&1 || fail "apt knows no package ${missing[*]}."
# Where a machine runs services, one that is installed would be started; this says no.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
fi
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}"
