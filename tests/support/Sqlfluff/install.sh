#!/usr/bin/env bash
# Installs sqlfluff, which knows Snowflake's grammar, for the tests. Needs root and Debian's apt. Does nothing where it is installed already.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Whoever comes while it is being installed waits: it is on the path before it can run.
exec 9> "$("$here/../cache.sh")/sqlfluff.lock"
flock 9
command -v sqlfluff > /dev/null && exit 0

fail() {
    echo "install.sh: $1" >&2
    exit 1
}

command -v apt-get > /dev/null || fail "needs apt-get, which this machine does not have."
[ "$(id -u)" = 0 ] || fail "needs root."
apt-cache show sqlfluff > /dev/null 2>&1 || bash "$here/../apt-update.sh"
apt-cache show sqlfluff > /dev/null 2>&1 || fail "apt knows no package sqlfluff."
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 sqlfluff
