<#
.SYNOPSIS
    Builds, tests and shows LoyaltyPipeline.
.DESCRIPTION
    Thin over dotnet. Runs in PowerShell 7.6, or, on a machine that has only the .NET 10 SDK, in the PowerShell that this repository pins as a .NET tool:

        dotnet tool exec --yes powershell -- -NoProfile -File ./build.ps1 Demo

    Build    the module, ready to import from this folder
    Test     what every change needs: build, code style, xUnit and Pester tests; with -Full everything, at full depth
    Demo     builds the module alone and shows what it does, on a sample
    Package  the module as it is published, in artifacts/LoyaltyPipeline, and .nupkg files for repositories, in artifacts/packages
    Bench    measures speed and memory, prints a table and writes artifacts/bench.json
    Clean    removes what was built

    tests/README.md says what each test project proves, and what the two depths of Test differ in.
.EXAMPLE
    ./build.ps1 Test
.EXAMPLE
    ./build.ps1 Test -Full
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Package', 'Bench', 'Clean')]
    [string] $Task = 'Build',

    # For Test: everything, at full depth; an hour instead of minutes.
    [switch] $Full,

    # For Test: only these groups of tests, at full depth; tests/README.md lists them.
    [string[]] $Group = @(),

    # For Package: goes on without the Snowflake driver where the package source does not hold it.
    [switch] $WithoutSnowflake,

    # For Package: goes on without bill of materials and licences where the package source does not hold the tool that makes the bill.
    [switch] $WithoutSbom,

    # For Package: the version, as of semver.org, in the place of that which the tags of git say.
    [ValidatePattern('^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$', ErrorMessage = "'{0}' is no version as of semver.org, such as 1.2.0 or 1.2.0-beta.1.")]
    [string] $Version,

    # For Package: also a package for each of these systems alone, such as linux-x64; * for all.
    [ValidateSet('win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64', '*')]
    [string[]] $Runtime = @(),

    # For Package: the page of the project, which repositories show, and the place of updatable help, where there is one.
    [string] $ProjectUri,
    [string] $HelpInfoUri,

    # For Demo and Bench: the size of the sample.
    [ValidateRange(1, 100000000)]
    [int] $Users,

    # For Bench: how many runs are killed at random moments, to see what they leave.
    [ValidateRange(0, 100000)]
    [int] $Kills,

    # For Bench: passed on to the benchmarks.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Arguments
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$root = $PSScriptRoot
$artifacts = Join-Path $root artifacts
$manifest = Join-Path $root LoyaltyPipeline.psd1
$snowflake = Join-Path $root module deps snowflake

# What the user can do something about: a line, and no word about where in this script.
function Stop-Task([string] $Reason) {
    $Host.UI.WriteErrorLine($Reason)
    exit 1
}

# Output is shown only where it matters: when the command fails.
function Invoke-Quietly {
    $output = & dotnet @args 2>&1
    if ($LASTEXITCODE -ne 0) {
        $output | Out-Host
        Stop-Task "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

function Remove-Folder([string] $Path) {
    if (Test-Path -LiteralPath $Path) { Remove-Item -LiteralPath $Path -Recurse -Force }
}

function Test-SnowflakeDriver {
    Test-Path -LiteralPath (Join-Path $snowflake Snowflake.Data.dll)
}

# Not every package source holds the driver, and without it everything but Snowflake works: trying costs a moment, failing nothing.
# Returns why it is not there, and nothing where it is.
function Add-SnowflakeDriver {
    if (Test-SnowflakeDriver) { return }
    $output = & dotnet build "$root/src/LoyaltyPipeline.Snowflake" -c Release -o $snowflake -v q --nologo 2>&1
    if ($LASTEXITCODE -eq 0) { return }
    $errors = @($output | Where-Object { "$_" -match '\berror [A-Z]+[0-9]+:' })
    if ("$errors" -match 'NU110[123]: .*Snowflake\.Data\b') { return 'The package source does not hold Snowflake.Data.' }
    return "The Snowflake driver could not be built: $(@($errors + $output)[0])"
}

# Windows lets nobody replace what a process has loaded; the build would end in pages of words about copying.
function Assert-NotLoaded {
    if (-not $IsWindows) { return }
    foreach ($file in Get-ChildItem -LiteralPath (Join-Path $root module) -Filter *.dll -Recurse -ErrorAction Ignore) {
        try {
            [System.IO.File]::Open($file.FullName, 'Open', 'ReadWrite', 'None').Dispose()
        }
        catch [System.IO.IOException], [System.UnauthorizedAccessException] {
            Stop-Task "$($file.FullName) is loaded by this session or another one, and Windows keeps it as it is. Close the sessions that use the module, and run build.ps1 in a new session."
        }
    }
}

function Invoke-Build([string] $Project = 'Loyalty.sln', [string[]] $Property = @()) {
    Assert-NotLoaded
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    # One compiler for all projects, which stays warm between them.
    Invoke-Quietly build (Join-Path $root $Project) -c Release -v q --nologo '-p:UseSharedCompilation=true' @Property
    $script:missing = Add-SnowflakeDriver
    $driver = if ($missing) { 'without' } else { 'with' }
    Write-Host ('Built the module in {0:N0} s, {1} the Snowflake driver.' -f $clock.Elapsed.TotalSeconds, $driver)
    if ($missing) { Write-Host "$missing DuckDB needs nothing of it." }
}

function Invoke-Test {
    & (Join-Path $root tests run.ps1) -Full:$Full -Group $Group -Build { Invoke-Build }
    exit $LASTEXITCODE
}

function Invoke-Demo {
    Invoke-Build src/LoyaltyPipeline
    $size = if ($Users) { @{ Users = $Users } } else { @{} }
    & (Join-Path $root docs demo.ps1) -Folder (Join-Path $artifacts demo) @size
}

function Invoke-Package {
    $parts = Join-Path $root src Package
    try {
        $number = if ($Version) { $Version } else { & (Join-Path $parts Get-Version.ps1) -Root $root }
    }
    catch { Stop-Task $_.Exception.Message }

    Invoke-Build -Property "-p:Version=$number"
    if ($missing -and -not $WithoutSnowflake) {
        Stop-Task "$missing Use another package source, or -WithoutSnowflake for a module that works on DuckDB alone."
    }

    $options = @{}
    foreach ($place in 'ProjectUri', 'HelpInfoUri') {
        if ($value = Get-Variable $place -ValueOnly) { $options[$place] = $value }
    }
    try {
        if (-not $WithoutSbom) { $options.Sbom = & (Join-Path $parts New-Sbom.ps1) -Root $root -Destination (Join-Path $artifacts sbom) -Version $number -WithSnowflake:(Test-SnowflakeDriver) }
        & (Join-Path $parts New-ModulePackage.ps1) -Root $root -Destination $artifacts -Version $number -Runtime $Runtime @options |
            ForEach-Object { Write-Host "$([System.IO.Path]::GetRelativePath($root, $_.Path)): $($_.Megabytes) MB" }
    }
    catch { Stop-Task $_.Exception.Message }
}

function Invoke-Bench {
    Invoke-Build
    $options = @($Arguments | Where-Object { $_ })
    if ($Users) { $options = @('--users', $Users) + $options }
    if ($Kills) { $options = @('--kills', $Kills) + $options }
    & dotnet "$root/tests/Benchmarks/bin/Release/net10.0/LoyaltyPipeline.Benchmarks.dll" --out "$artifacts/bench.json" @options
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Invoke-Clean {
    Assert-NotLoaded
    Invoke-Quietly clean (Join-Path $root Loyalty.sln) -c Release -v q --nologo
    Remove-Folder $artifacts
    Remove-Folder (Join-Path $root module deps)
}

& "Invoke-$Task"
