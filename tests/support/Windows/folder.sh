#!/usr/bin/env bash
# Prints the folder in which PowerShell for Windows is installed. Other versions of what is installed have another folder, so that checkouts of different ages do not
# disturb each other.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=$(cat "$here/install.sh" "$here/Packages.csproj" "$here/../../../.config/dotnet-tools.json" "$here/../../../global.json" | sha256sum)
echo "$("$here/../cache.sh")/windows/${version:0:16}"
