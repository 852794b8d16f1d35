#!/usr/bin/env bash
# Installs what runs Windows programs, for the tests: Debian's Wine, and from NuGet .NET and PowerShell for Windows.
#
# Into the folder of folder.sh, outside the checkout: many checkouts share it. Needs root, Debian's apt and the .NET SDK. Does nothing where all is installed already.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$("$here/folder.sh")
mkdir -p "$folder"
root=$folder/root
log=$folder/install.log

installed() { [ -d "$root" ] && command -v wine > /dev/null; }
installed && exit 0

# Two test processes may come here at once: one installs, the other waits and then finds it done.
exec 9> "$folder/install.lock"
flock 9
installed && exit 0

fail() {
    echo "install.sh: $1" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "needs root."
command -v apt-get > /dev/null || fail "needs apt-get, which this machine does not have."
[ "$(dpkg --print-architecture)" = amd64 ] || fail "needs a machine of the architecture amd64."
trap 'status=$?; [ "$status" = 0 ] || tail -n 15 "$log" >&2 || true' EXIT
: > "$log"

if ! command -v wine > /dev/null; then
    apt-cache show wine64 > /dev/null 2>&1 || bash "$here/../apt-update.sh" >> "$log" 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 wine wine64 >> "$log" 2>&1
fi
[ -d "$root" ] && exit 0

project=$here/Packages.csproj
dotnet restore "$project" -v q --nologo >> "$log" 2>&1
property() { dotnet msbuild "$project" "-getProperty:$1"; }
packages=$(property NuGetPackageRoot)
version=$(property BundledNETCoreAppPackageVersion)
rm -rf --one-file-system "$root.new"

# As an installer of .NET lays it out.
for part in NETCore AspNetCore WindowsDesktop; do
    shared=$root.new/dotnet/shared/Microsoft.$part.App/$version
    mkdir -p "$shared"
    find "$packages/microsoft.${part,,}.app.runtime.win-x64/$version/runtimes/win-x64"/{lib/net*,native} -maxdepth 1 -type f -exec cp -t "$shared" {} +
done
mkdir -p "$root.new/dotnet/host/fxr/$version"
cp "$root.new/dotnet/shared/Microsoft.NETCore.App/$version/hostfxr.dll" "$root.new/dotnet/host/fxr/$version"

cp -r "$packages/powershell/$(property PowerShellVersion)"/tools/net*/any/win "$root.new/pwsh"
# This part of it asks Windows' management service while PowerShell starts, and overflows the stack on Wine's. The one for other systems says that there is no such service.
find "$root.new/pwsh/runtimes/win" -name System.Management.dll -exec cp "$root.new/pwsh/System.Management.dll" {} \;

# A Windows without browser and without Wine's own .NET, which would be offered for download.
export WINEPREFIX=$root.new/prefix WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' LC_ALL=C.UTF-8
unset DISPLAY
mkdir -p "$WINEPREFIX"
wine wineboot -i >> "$log" 2>&1
wine winecfg -v win10 >> "$log" 2>&1
wineserver -w

# Renamed only when whole: what is there under the final name can be used.
mv "$root.new" "$root"

# What other versions of this script have installed goes when nobody has used it for a month.
find "${folder%/*}" -mindepth 1 -maxdepth 1 -type d ! -path "$folder" -mtime +30 -exec rm -rf --one-file-system {} +
