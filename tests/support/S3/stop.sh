#!/usr/bin/env bash
# Stops a server of start.sh and removes all it stored.
#
#   stop.sh <S3_STATE>
set -euo pipefail
state=$1
[ -f "$state/pids" ] || exit 0

# A process id may have been given to somebody else since: only a process that names this state on its command line is one of ours.
is_ours() { { tr '\0' ' ' < "/proc/$1/cmdline"; } 2> /dev/null | grep -qF "/tmp/${state##*/}/"; }
mapfile -t all < "$state/pids"

# All that it stores is removed anyway, so there is nothing to end in good order.
for pid in "${all[@]}"; do
    is_ours "$pid" && kill -KILL "$pid" || true
done
for pid in "${all[@]}"; do
    while is_ours "$pid"; do sleep 0.05; done
done
rm -rf "$state"
