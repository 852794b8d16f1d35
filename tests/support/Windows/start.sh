#!/usr/bin/env bash
# Runs a Windows program of install.sh's Windows, with some arguments, and ends with its exit code.
#
#   start.sh pwsh <argument>...              PowerShell
#   start.sh <path to an .exe> <argument>...
#
# This machine's files are on drive Z. A console belongs to every program, as where the task scheduler starts one: without it PowerShell does not start. What a program
# writes comes out here, and not on that console.
# A runtime that crashes can end with any exit code: what a program was to write says whether it came to its end.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$("$here/folder.sh")
root=$folder/root
[ -d "$root" ] && command -v wine > /dev/null || { echo "start.sh: Windows is not installed; run install.sh." >&2; exit 1; }

# The time of the folder tells when it was used last.
touch "$folder"
program=$1
shift
[ "$program" = pwsh ] && program=$root/pwsh/pwsh.exe

# Names of files are UTF-8. The runtime's guard of its own code takes more from Wine than it has. Nothing is said of this run to anybody.
export WINEPREFIX=$root/prefix WINEDEBUG=-all LC_ALL=C.UTF-8
export DOTNET_ROOT="Z:${root//\//\\}\\dotnet" DOTNET_EnableWriteXorExecute=0 POWERSHELL_TELEMETRY_OPTOUT=1
# What it is for it says itself: without it a runtime that throws twice crashes in Wine 8, or stands still.
hook=$here/Exceptions/bin/Release/net10.0/LoyaltyPipeline.WineExceptions.dll
[ -f "$hook" ] || { echo "start.sh: the solution is not built in Release." >&2; exit 1; }
export DOTNET_STARTUP_HOOKS="Z:${hook//\//\\}"
# Paths of this machine's own .NET and PowerShell.
unset DISPLAY PSModulePath DOTNET_HOST_PATH DOTNET_ROOT_X64
exec 3>&1 4>&2
exec script --quiet --return --command "exec wine $(printf '%q ' "$program" "$@") >&3 2>&4" /dev/null < /dev/null
