#!/usr/bin/env bash
# Prints the folder of what the tests install once for all checkouts: the one that LOYALTY_TEST_CACHE names, else one in the user's cache.
set -euo pipefail
home=~
cache=${LOYALTY_TEST_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/loyaltypipeline}
mkdir -p "$cache"
cd "$cache" && pwd
