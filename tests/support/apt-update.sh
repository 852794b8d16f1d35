#!/usr/bin/env bash
# Lets apt read its lists of packages. Tests install programs side by side, and apt refuses who comes second: here that one waits.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec 8> "$("$here/cache.sh")/apt-update.lock"
flock 8

# One of several sources may be out of reach; whether what is needed is known afterwards is for the caller to see.
apt-get update -qq || true
