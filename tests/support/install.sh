#!/usr/bin/env bash
# Installs what the tests need beside .NET, each where it is not there yet. They install it themselves too, but wait for it meanwhile: this
# can be run in the background while something is built.
#
#   install.sh [s3] [chromium] [sqlfluff] [schedulers] [windows]      only those that are named, else all
#
# Says nothing but what failed; then it ends with 1.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -gt 0 ] || set -- s3 chromium sqlfluff schedulers windows

status=0
for name in "$@"; do
    case $name in
        s3) script=S3/install.sh ;;
        chromium) script=Chromium/install.sh ;;
        sqlfluff) script=Sqlfluff/install.sh ;;
        schedulers) script=Schedulers/install.sh ;;
        windows) script=Windows/install.sh ;;
        *) echo "install.sh: what is $name?" >&2; exit 2 ;;
    esac
    bash "$here/$script" > /dev/null || status=1
done
exit "$status"
