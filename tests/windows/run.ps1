<#
.SYNOPSIS
    Runs the tests of this folder in PowerShell for Windows, and writes what came of each to a JSON file.
.DESCRIPTION
    On Windows in this PowerShell, elsewhere in the one that tests/support/Windows installs; where it cannot be had, the tests are skipped.
.PARAMETER Pester
    The manifest of Pester.
.PARAMETER Results
    The file: a list of objects with Name, Result (Pass, Fail, Skip), Seconds and Message, as of tests/pester/run.ps1.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    [Parameter(Mandatory)]
    [string] $Results
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$root = Split-Path (Split-Path $PSScriptRoot)
$support = Join-Path $root tests support
. (Join-Path $support PowerShell.ps1)
$here = Join-Path ([System.IO.Path]::GetTempPath()) "loyalty-windows-$PID"

# This machine's files as Windows sees them.
function Get-WindowsPath([string] $Path) { $IsWindows ? $Path : 'Z:' + $Path.Replace('/', '\') }

# The module as people install it in Windows: in a path with a blank and an umlaut, and without what is for other systems.
function Copy-Module([string] $To) {
    foreach ($file in Get-ChildItem (Join-Path $root LoyaltyPipeline.psd1), (Join-Path $root module), (Join-Path $root sql) -Recurse -File) {
        $name = [System.IO.Path]::GetRelativePath($root, $file.FullName)
        if ($name -match '[\\/](snowflake|runtimes[\\/](?!win-))') { continue }
        $target = Join-Path $To $name
        $null = New-Item -ItemType Directory (Split-Path $target) -Force
        Copy-Item -LiteralPath $file.FullName $target
    }
}

# Why there is no Windows, and nothing where there is.
function Install-Windows {
    if ($IsWindows) { return }
    if (-not (Get-Command bash -ErrorAction Ignore)) { return 'it is installed on Debian only' }
    $output = & bash (Join-Path $support Windows install.sh) 2>&1
    if ($LASTEXITCODE -ne 0) { return ($output | Out-String).Trim() }
}

$missing = Install-Windows
if ($missing) {
    , [pscustomobject]@{ Name = 'Windows'; Result = 'Skip'; Seconds = 0; Message = "Programs for Windows cannot be run here: $missing" } | ConvertTo-Json -AsArray | Set-Content -LiteralPath $Results
    return
}

try {
    Copy-Module (Join-Path $here 'Programme für alle' LoyaltyPipeline)
    # What the same work gives on this system, for the tests to compare with.
    $program, $start = Get-PowerShellCommand
    $output = & $program @start -File (Join-Path $PSScriptRoot Story.ps1) (Join-Path $root LoyaltyPipeline.psd1) (Join-Path $here reference) 2>&1
    if ($LASTEXITCODE -ne 0) { throw "The story did not come to its end here: $output" }

    $env:LOYALTY_TEST_WINDOWS = Get-WindowsPath $here
    $suite = @('-File', (Join-Path $root tests pester run.ps1), '-Pester', $Pester, '-Results', $Results, '-Path', $PSScriptRoot)
    if ($IsWindows) { & $program @start @suite }
    else { & bash (Join-Path $support Windows start.sh) pwsh -NoProfile -NonInteractive @($suite.ForEach{ $_ -like '/*' ? (Get-WindowsPath $_) : $_ }) }
}
finally {
    Remove-Item -LiteralPath $here -Recurse -Force
}
