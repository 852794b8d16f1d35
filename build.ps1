<#
.SYNOPSIS
    Builds, tests and shows LoyaltyPipeline.
.DESCRIPTION
    Thin over dotnet. Uses only language features and commands of Microsoft.PowerShell.Core, so that it runs in PowerShell 7.6 and, on a
    machine that has only the .NET SDK, in the shell of this repository:

        dotnet run --project src/LoyaltyPipeline.Shell -- ./build.ps1 Demo

    Build    the module, ready to import from this folder
    Test     everything: code style, tests, and the Pester suite where Pester is installed
    Demo     makes a sample, imports it, merges it and shows the result
    Package  the module as it is published, in artifacts/LoyaltyPipeline
    Bench    measures speed and memory, prints a table and writes artifacts/bench.json
    Clean    removes what was built
.EXAMPLE
    ./build.ps1 Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Package', 'Bench', 'Clean')]
    [string] $Task = 'Build',

    # For Package: goes on without the Snowflake driver where the package source does not hold it.
    [switch] $WithoutSnowflake,

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
$artifacts = "$root/artifacts"
$manifest = "$root/LoyaltyPipeline.psd1"
$snowflake = "$root/module/deps/snowflake"
$clock = [System.Diagnostics.Stopwatch]::StartNew()

function Write-Line([string] $Text) {
    $Host.UI.WriteLine($Text)
}

# Output is shown only where it matters: when the command fails.
function Invoke-Quietly {
    $output = & dotnet @args 2>&1
    if ($LASTEXITCODE -ne 0) {
        foreach ($line in $output) { Write-Line "$line" }
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

function Remove-Folder([string] $Path) {
    if ([System.IO.Directory]::Exists($Path)) { [System.IO.Directory]::Delete($Path, $true) }
}

function Copy-Folder([string] $From, [string] $To) {
    foreach ($file in [System.IO.Directory]::EnumerateFiles($From, '*', 'AllDirectories')) {
        $target = [System.IO.Path]::Combine($To, [System.IO.Path]::GetRelativePath($From, $file))
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($target))
        [System.IO.File]::Copy($file, $target, $true)
    }
}

function Test-SnowflakeDriver {
    return [System.IO.File]::Exists("$snowflake/Snowflake.Data.dll")
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

function Invoke-Build {
    Invoke-Quietly build "$root/Loyalty.sln" -c Release -v q --nologo
    $script:missing = Add-SnowflakeDriver
    $driver = if ($missing) { 'without' } else { 'with' }
    Write-Line ('Built the module in {0:N0} s, {1} the Snowflake driver.' -f $clock.Elapsed.TotalSeconds, $driver)
    if ($missing) {
        Write-Line "$missing DuckDB needs nothing of it."
    }
}

# Runs a test project and returns its counts; names what failed or was skipped.
function Invoke-TestProject([string] $Name) {
    $results = "$artifacts/tests/$Name.xml"
    $output = & dotnet "$root/tests/$Name/bin/Release/net10.0/LoyaltyPipeline.$Name.dll" -noLogo -noColor -xml $results 2>&1
    if (-not [System.IO.File]::Exists($results)) {
        foreach ($line in $output) { Write-Line "$line" }
        throw "The tests of $Name did not run."
    }

    $document = [System.Xml.XmlDocument]::new()
    $document.Load($results)
    foreach ($test in $document.SelectNodes('//test[@result="Fail"]')) {
        Write-Line "FAILED  $($test.GetAttribute('name'))"
        Write-Line "        $($test.SelectSingleNode('failure').InnerText)"
    }

    foreach ($failure in $document.SelectNodes('//errors/error')) {
        Write-Line "FAILED  $($failure.GetAttribute('name')) $($failure.InnerText)"
    }

    foreach ($test in $document.SelectNodes('//test[@result="Skip"]')) {
        Write-Line "SKIPPED $($test.GetAttribute('name')): $($test.SelectSingleNode('reason').InnerText)"
    }

    return @{
        Passed  = $document.SelectNodes('//test[@result="Pass"]').Count
        Failed  = $document.SelectNodes('//test[@result="Fail"]').Count + $document.SelectNodes('//errors/error').Count
        Skipped = $document.SelectNodes('//test[@result="Skip"]').Count
    }
}

function Invoke-PesterSuite {
    if (-not (Get-Module -ListAvailable -Name Pester)) {
        Write-Line 'SKIPPED the Pester suite: Pester is not installed.'
        return @{ Passed = 0; Failed = 0; Skipped = 1 }
    }

    $result = Invoke-Pester -Path "$root/tests/pester" -Output Minimal -PassThru
    return @{ Passed = $result.PassedCount; Failed = $result.FailedCount; Skipped = $result.SkippedCount }
}

function Invoke-Test {
    Invoke-Build
    Invoke-Quietly format "$root/Loyalty.sln" --verify-no-changes --no-restore
    if (Test-SnowflakeDriver) {
        $env:LOYALTY_SNOWFLAKE_DRIVER = $snowflake
    }

    if (-not $env:LOYALTY_SNOWFLAKE_DRIVER) {
        Write-Line 'Without the Snowflake driver the tests of Snowflake go through a provider over the test server, not over the wire.'
    }

    Remove-Folder "$artifacts/tests"
    [void][System.IO.Directory]::CreateDirectory("$artifacts/tests")
    $passed = $failed = $skipped = 0
    foreach ($counts in (Invoke-TestProject Core.Tests), (Invoke-TestProject Module.Tests), (Invoke-TestProject Browser.Tests), (Invoke-PesterSuite)) {
        $passed += $counts.Passed
        $failed += $counts.Failed
        $skipped += $counts.Skipped
    }

    Write-Line "$passed passed, $failed failed, $skipped skipped"
    if ($failed -gt 0) { exit 1 }
}

function Invoke-Demo {
    Invoke-Build
    $folder = "$artifacts/demo"
    Remove-Folder $folder
    [void][System.IO.Directory]::CreateDirectory($folder)
    Import-Module $manifest
    $size = if ($Users) { $Users } else { 10000 }

    Write-Line "`nA sample of $size users, with bad rows planted, as landing files:"
    $sample = New-LoyaltySample -Users $size -Dirty -Path "$folder/landing"
    $sample.Tables | Out-Default

    Write-Line 'Imported into a DuckDB warehouse:'
    $null = Connect-LoyaltyWarehouse "$folder/loyalty.duckdb"
    $null = Initialize-LoyaltyWarehouse
    Import-LoyaltySource "$folder/landing" | Out-Default

    Write-Line "Merged into Master and History for $($sample.LastDay.ToString('yyyy-MM-dd')):"
    $merge = Invoke-LoyaltyMerge -RunDate $sample.LastDay
    $merge | Out-Default
    $merge.Sources | Out-Default
    $merge.SegmentMoves | Out-Default

    Write-Line 'Rows that could not be used, three of the import and three of the merge:'
    Get-LoyaltyQuarantine -Rule type -First 3 | Out-Default
    Get-LoyaltyQuarantine -RunId $merge.RunId -First 3 | Out-Default

    Write-Line 'Highly engaged users, the first of them:'
    Get-EngagementSegment HighlyEngaged -First 5 | Out-Default
    Disconnect-LoyaltyWarehouse
    Write-Line "The warehouse is artifacts/demo/loyalty.duckdb. To go on: Import-Module ./LoyaltyPipeline.psd1; Connect-LoyaltyWarehouse artifacts/demo/loyalty.duckdb"
}

function Invoke-Package {
    Invoke-Build
    if ($missing -and -not $WithoutSnowflake) {
        throw "$missing Use another package source, or -WithoutSnowflake for a module that works on DuckDB alone."
    }

    $version = (Test-ModuleManifest $manifest).Version
    $package = "$artifacts/LoyaltyPipeline/$version"
    Remove-Folder $package
    Copy-Folder "$root/module" "$package/module"
    Copy-Folder "$root/sql" "$package/sql"
    foreach ($file in 'LoyaltyPipeline.psd1', 'README.md', 'CHANGELOG.md', 'LICENSE') {
        [System.IO.File]::Copy("$root/$file", "$package/$file", $true)
    }

    Write-Line "The module to publish is artifacts/LoyaltyPipeline/$version."
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
    Invoke-Quietly clean "$root/Loyalty.sln" -c Release -v q --nologo
    Remove-Folder $artifacts
    Remove-Folder "$root/module/deps"
}

switch ($Task) {
    'Build' { Invoke-Build }
    'Test' { Invoke-Test }
    'Demo' { Invoke-Demo }
    'Package' { Invoke-Package }
    'Bench' { Invoke-Bench }
    'Clean' { Invoke-Clean }
}
