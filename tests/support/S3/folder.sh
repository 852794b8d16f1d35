#!/usr/bin/env bash
# Prints the folder in which the S3 server of the tests is installed. Another version of install.sh has another folder, so that checkouts
# of different ages do not disturb each other.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=$(sha256sum < "$here/install.sh")
echo "$("$here/../cache.sh")/s3/${version:0:16}"
