<#
.SYNOPSIS
    Proves that the Pester suite notices when a feature breaks: makes one small change at a time in a copy of the checkout, and demands that the tests of the feature fail.
.DESCRIPTION
    Needs a build. Breaks.psd1 lists the changes. Without any of them the same tests must pass, or their failing would mean nothing.
.PARAMETER Pester
    The manifest of Pester.
.PARAMETER Results
    The file: a list of objects with Name, Result (Pass, Fail), Seconds and Message, as of tests/pester/run.ps1.
.PARAMETER Feature
    Only these.
.EXAMPLE
    ./tests/breaking/run.ps1 -Pester ~/.nuget/packages/pester/6.2.0/tools/Pester.psd1 -Results breaking.json
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    [Parameter(Mandatory)]
    [string] $Results,

    [string[]] $Feature = '*'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$root = Split-Path (Split-Path $PSScriptRoot)
. (Join-Path $root tests support PowerShell.ps1)
$copy = Join-Path ([System.IO.Path]::GetTempPath()) "loyalty-breaking-$PID"
$breaks = @((Import-PowerShellDataFile (Join-Path $PSScriptRoot Breaks.psd1)).Breaks.Where{ $name = $_.Feature; $Feature.Where{ $name -like $_ } })
$program, $start = Get-PowerShellCommand

# Files as they are now, changed or not yet committed ones too, and what was built of them.
function Copy-Checkout {
    foreach ($name in git -C $root ls-files --cached --others --exclude-standard -- src sql module tests/pester ':(glob)*') {
        if (-not (Test-Path -LiteralPath (Join-Path $root $name))) { continue }
        $target = Join-Path $copy $name
        $null = New-Item -ItemType Directory (Split-Path $target) -Force
        Copy-Item -LiteralPath (Join-Path $root $name) $target
    }

    Copy-Item (Join-Path $root module LoyaltyPipeline.dll), (Join-Path $root module deps) (Join-Path $copy module) -Recurse -Force
}

function Invoke-Suite([string[]] $Of) {
    $file = Join-Path $copy results.json
    Remove-Item -LiteralPath $file -ErrorAction Ignore
    $output = & $program @start -Command "& '$copy/tests/pester/run.ps1' -Pester '$Pester' -Results '$file' -Path $(($Of | ForEach-Object { "'$copy/tests/pester/$_.Tests.ps1'" }) -join ', ')" 2>&1
    if (-not (Test-Path -LiteralPath $file)) { throw "The tests of $Of did not run: $output" }
    Get-Content -Raw -LiteralPath $file | ConvertFrom-Json
}

# Of what only compiles: a change that does not would prove nothing.
function Build-Copy {
    $output = & dotnet build (Join-Path $copy src LoyaltyPipeline) -c Release -v q --nologo 2>&1
    if ($LASTEXITCODE -ne 0) { throw "The broken module does not build: $($output -match '\berror\b' | Select-Object -First 1)" }
}

function Test-Break($Break) {
    $file = Join-Path $copy $Break.File
    $text = [System.IO.File]::ReadAllText($file)
    $at = $text.IndexOf($Break.Find, [System.StringComparison]::Ordinal)
    if ($at -lt 0) { throw "$($Break.File) has no '$($Break.Find)' any more." }
    try {
        [System.IO.File]::WriteAllText($file, $text.Remove($at, $Break.Find.Length).Insert($at, $Break.Replace))
        if ($Break.File -like '*.cs') { Build-Copy }
        if ((Invoke-Suite $Break.Feature).Result -notcontains 'Fail') { throw "No test of $($Break.Feature) fails where $($Break.File) says '$($Break.Replace)' instead of '$($Break.Find)'." }
    }
    finally {
        [System.IO.File]::WriteAllText($file, $text)
    }
}

function Measure-Outcome([string] $Name, [scriptblock] $Work) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $message = try { & $Work; '' } catch { "$_" }
    [pscustomobject]@{ Name = "Breaking.$Name"; Result = $message ? 'Fail' : 'Pass'; Seconds = $clock.Elapsed.TotalSeconds; Message = $message }
}

try {
    Copy-Checkout
    @(
        Measure-Outcome 'Nothing: all pass' {
            $failed = @((Invoke-Suite $breaks.Feature).Where{ $_.Result -eq 'Fail' })
            if ($failed) { throw "Without any break these fail: $($failed.Name -join '; ')" }
        }
        foreach ($break in $breaks) { Measure-Outcome "$($break.Feature): $($break.File)" { Test-Break $break } }
    ) | ConvertTo-Json -Depth 3 -AsArray | Set-Content -LiteralPath $Results
}
finally {
    if (Test-Path -LiteralPath $copy) { Remove-Item -LiteralPath $copy -Recurse -Force }
}
