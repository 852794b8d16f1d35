<#
.SYNOPSIS
    Builds and runs the tests: what build.ps1 Test does.
.DESCRIPTION
    Prints what failed or was skipped, seconds per phase, the slowest tests, and last the counts: of xUnit, of Pester, of both. Ends with 1 where a test failed.
.PARAMETER Full
    Everything, at full depth.
.PARAMETER Group
    Only these groups, at full depth. As with -Full, tests/verified.json then says of those that passed how what they test looked: unchanged, it need not be tested
    again. It is to be committed.
.PARAMETER Build
    Builds the solution.
#>
[CmdletBinding()]
param(
    [switch] $Full,

    [string[]] $Group = @(),

    [Parameter(Mandatory)]
    [scriptblock] $Build
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
. (Join-Path $PSScriptRoot support PowerShell.ps1)
$root = Split-Path $PSScriptRoot
$results = Join-Path $root artifacts tests
$verifiedFile = Join-Path $PSScriptRoot verified.json
$tests = [System.Collections.Generic.List[object]]::new()
$phases = [ordered]@{}

# Tests of one part each, which no other change can break: they run where one of these folders is not as it was when they last passed at full depth.
$groups = @{
    AnomalyTrials = 'src/LoyaltyPipeline.Core/Integrity/Anomalies', 'src/LoyaltyPipeline.Core/Configuration/Integrity', 'tests/support/Anomalies', 'tests/Core.Tests/Integrity/Anomalies', 'module/en-US/about_LoyaltyAnomalies.help.txt'
    Browser       = 'src/LoyaltyPipeline.Core/Dashboard', 'tests/Browser.Tests', 'tests/support/Chromium'
    Conformance   = 'src/LoyaltyPipeline.Core', 'sql', 'tests/support/SnowflakeServer', 'tests/Core.Tests/Conformance'
    Crashes       = 'src/LoyaltyPipeline.Core', 'sql', 'tests/support/Crashes', 'tests/Core.Tests/Crashes', 'tests/Core.Tests/Delivery'
    LargeData     = 'src/LoyaltyPipeline.Core', 'sql', 'tests/Core.Tests/Truth', 'tests/Core.Tests/Merging', 'tests/Core.Tests/Engines', 'tests/Core.Tests/SyntheticData'
    Lineage       = 'src/LoyaltyPipeline.Core', 'sql', 'tests/Core.Tests/Catalog/Lineage'
    Package       = 'build.ps1', 'LoyaltyPipeline.psd1', 'src/LoyaltyPipeline.Snowflake', 'Directory.Build.props', 'src/Package', '.config', 'tests/package', 'tests/Module.Tests/Packaging'
    TestSupport   = 'tests/support/SnowflakeServer', 'tests/support/S3', 'tests/support/S3Server', 'tests/Core.Tests/SnowflakeServer', 'tests/Core.Tests/Stores/S3Server', 'tests/Core.Tests/Truth'
    Windows       = 'src', 'sql', 'module', 'LoyaltyPipeline.psd1', 'tests/windows', 'tests/support/Windows'
}

function Measure-Phase([string] $Name, [scriptblock] $Work) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    . $Work
    $phases[$Name] = $clock.Elapsed.TotalSeconds
}

# A hash of all files in some folders as they are now, changed or not yet committed ones too; none where there is no git to say which.
function Get-FolderHash([string[]] $Folder) {
    if (-not (Get-Command git -ErrorAction Ignore)) { return }
    $files = git -C $root ls-files --cached --others --exclude-standard -- @Folder | Where-Object { Test-Path -LiteralPath (Join-Path $root $_) } | Sort-Object -CaseSensitive -Unique
    $lines = $files | ForEach-Object { '{0} {1}' -f $_, (Get-FileHash -LiteralPath (Join-Path $root $_)).Hash }
    $stream = [System.IO.MemoryStream]::new([System.Text.Encoding]::UTF8.GetBytes($lines -join "`n"))
    (Get-FileHash -InputStream $stream).Hash
}

# What the tests need beside .NET, where they can install it, is fetched while the solution is built; they wait for it, or say what they are without.
function Start-Install([string[]] $Parts) {
    if ($IsLinux -and (Get-Command apt-get, bash -ErrorAction Ignore).Count -eq 2 -and (id -u) -eq 0) {
        Start-Process bash -ArgumentList (@(Join-Path $PSScriptRoot support install.sh) + $Parts) -PassThru
    }
}

# Looks at the layout of all C#, as files: it needs no build.
function Start-Format {
    $output = Join-Path ([System.IO.Path]::GetTempPath()) "loyalty-format-$PID.log"
    $arguments = 'format', 'whitespace', "`"$root`"", '--folder', '--verify-no-changes'
    @{ Process = Start-Process dotnet -ArgumentList $arguments -RedirectStandardOutput $output -RedirectStandardError "$output.errors" -PassThru; Output = $output }
}

function Complete-Format($Run) {
    $Run.Process.WaitForExit()
    $output = Get-Content -LiteralPath $Run.Output, "$($Run.Output).errors"
    Remove-Item -LiteralPath $Run.Output, "$($Run.Output).errors"
    if ($Run.Process.ExitCode -ne 0) { Add-Test xUnit 'dotnet format whitespace --verify-no-changes' Fail 0 ($output -join "`n") }
}

function Add-Test([string] $Runner, [string] $Name, [string] $Result, [double] $Seconds, [string] $Message) {
    $tests.Add([pscustomobject]@{ Runner = $Runner; Name = $Name; Result = $Result; Seconds = $Seconds; Message = $Message })
}

# Starts a program of tests, and names what takes over its results.
function Start-Run([string] $Program, [string[]] $Arguments, [string] $File, [scriptblock] $Take) {
    $output = [System.IO.Path]::ChangeExtension($File, 'log')
    $process = Start-Process $Program -ArgumentList $Arguments.ForEach{ "`"$_`"" } -RedirectStandardOutput $output -RedirectStandardError "$output.errors" -PassThru
    @{ Process = $process; File = $File; Output = $output; Take = $Take }
}

function Complete-Run($Run) {
    $Run.Process.WaitForExit()
    if (-not (Test-Path -LiteralPath $Run.File)) {
        Get-Content -LiteralPath $Run.Output, "$($Run.Output).errors" | Out-Host
        throw "$(Split-Path -LeafBase $Run.File) did not run to its end."
    }

    & $Run.Take $Run.File
}

function Start-TestProject([string] $Name, [string[]] $Options) {
    $file = Join-Path $results "$Name.xml"
    $program = Join-Path $PSScriptRoot $Name bin Release net10.0 "LoyaltyPipeline.$Name.dll"
    Start-Run dotnet (@($program, '-noLogo', '-noColor', '-result-xml', $file) + $Options) $file { Add-TestFile $args[0] }
}

# Names an S3 server of this system to tests that cannot start one; it ends with this process.
function Start-S3Server {
    $lines = & bash (Join-Path $PSScriptRoot support S3 start.sh) --parent $PID
    if ($LASTEXITCODE -eq 0) { @($lines) -match '^S3_(ENDPOINT|REGION|(OTHER_)?(ACCESS|SECRET)_KEY)=' -replace '^', 'LOYALTY_TEST_' }
}

# Core.Tests in the Windows of tests/support/Windows, as thin as without -Full. A process for each of its namespaces, which all must come to their end.
function Invoke-CoreInWindows {
    $support = Join-Path $PSScriptRoot support Windows
    if (-not $IsLinux -or -not (Get-Command bash -ErrorAction Ignore)) { return }
    $missing = & bash (Join-Path $support install.sh) 2>&1
    if ($LASTEXITCODE -ne 0) {
        Add-Test xUnit 'Core.Tests in Windows' Skip 0 "Programs for Windows cannot be run here: $missing"
        return
    }

    $limit = 1200
    $folder = New-Item -ItemType Directory (Join-Path $results Windows)
    foreach ($name in 'Core.Tests', 'Crashes') {
        $app = [System.IO.Path]::GetRelativePath($folder, (Join-Path $PSScriptRoot Core.Tests bin Release net10.0 "LoyaltyPipeline.$name.dll")).Replace('/', '\')
        $output = & dotnet msbuild (Join-Path $support Packages.csproj) -restore -t:MakeHost "-p:Host=$(Join-Path $folder "$name.exe")" "-p:App=$app"
        if ($LASTEXITCODE -ne 0) { throw "No program for Windows could be made of $name`: $($output -join "`n")" }
    }

    $program = Join-Path $folder Core.Tests.exe
    $changes = '-u', 'LOYALTY_TEST_DEPTH', "LOYALTY_TEST_CRASHES=Z:$((Join-Path $folder Crashes.exe).Replace('/', '\'))"
    $changes += @(Start-S3Server)
    $parts = Get-ChildItem (Join-Path $PSScriptRoot Core.Tests) -Directory -Exclude bin, obj, Support | Get-ChildItem -Filter *Tests.cs -Recurse |
        Select-String '^namespace LoyaltyPipeline\.Core\.Tests\.(\w+)' | ForEach-Object { $_.Matches[0].Groups[1].Value } | Sort-Object -Unique
    foreach ($part in $parts) {
        $file = Join-Path $folder "$part.xml"
        $namespace = "LoyaltyPipeline.Core.Tests.$part"
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $output = & env @changes timeout -k 5 $limit bash (Join-Path $support start.sh) $program -noLogo -noColor -reporter verbose -result-xml "Z:$($file.Replace('/', '\'))" -namespace $namespace -namespace "$namespace.*" 2>&1
        if ((Test-Path -LiteralPath $file) -and (Get-TestCount $file) -eq 0) { Add-Test xUnit "Windows: $namespace" Fail $clock.Elapsed.TotalSeconds 'No test was run: nothing has that namespace.' }
        elseif (Test-Path -LiteralPath $file) { Add-TestFile $file 'Windows: ' }
        else { Add-Test xUnit "Windows: $namespace" Fail $clock.Elapsed.TotalSeconds "The tests gave no result. They may take $limit seconds. Their last words: $(($output | Select-Object -Last 5) -join "`n")" }
    }
}

# A filter that fits no test makes a file too, which proves nothing.
function Get-TestCount([string] $File) {
    $document = [xml]::new()
    $document.Load($File)
    $document.SelectNodes('//test').Count
}

function Add-TestFile([string] $File, [string] $Prefix = '') {
    $document = [xml]::new()
    $document.Load($File)
    foreach ($test in $document.SelectNodes('//test')) {
        $message = $test.SelectSingleNode('failure | reason')
        Add-Test xUnit ($Prefix + $test.GetAttribute('name')) $test.GetAttribute('result') $test.GetAttribute('time') ($message ? $message.InnerText : '')
    }

    foreach ($failure in $document.SelectNodes('//errors/error')) {
        Add-Test xUnit ($Prefix + $failure.GetAttribute('name')) Fail 0 $failure.InnerText
    }
}

# Starts a script that writes what came of its tests to a JSON file. In a process of its own: this one must not hold the module's files.
function Start-PesterRun([string] $Script) {
    $file = Join-Path $results "$(Split-Path (Split-Path $Script) -Leaf).json"
    $manifest = & dotnet msbuild (Join-Path $PSScriptRoot Module.Tests) -getProperty:PesterManifest
    $program, $start = (Get-PowerShellCommand) + '-File', $Script, '-Pester', $manifest, '-Results', $file
    Start-Run $program $start $file {
        foreach ($test in Get-Content -Raw -LiteralPath $args[0] | ConvertFrom-Json) { Add-Test Pester $test.Name $test.Result $test.Seconds $test.Message }
    }
}

function Get-Count([object[]] $Of, [string] $Label) {
    $count = @{ Pass = 0; Fail = 0; Skip = 0 }
    $Of | Where-Object { $_ } | Group-Object Result | ForEach-Object { $count[$_.Name] = $_.Count }
    "$Label$($count.Pass) passed, $($count.Fail) failed, $($count.Skip) skipped"
}

function Write-Outcome {
    foreach ($test in $tests.Where{ $_.Result -eq 'Fail' }) { Write-Host "FAILED  $($test.Name)`n        $($test.Message)" }
    foreach ($test in $tests.Where{ $_.Result -eq 'Skip' }) { Write-Host "SKIPPED $($test.Name): $($test.Message)" }
    Write-Host "`nSeconds per phase:"
    foreach ($phase in $phases.GetEnumerator()) { Write-Host ('{0,8:N1}  {1}' -f $phase.Value, $phase.Key) }
    Write-Host "`nThe slowest tests, in seconds:"
    foreach ($test in $tests | Sort-Object Seconds -Descending -Top 15) { Write-Host ('{0,8:N1}  {1}' -f $test.Seconds, $test.Name) }
    Write-Host ''
    Write-Host (Get-Count $tests.Where{ $_.Runner -eq 'xUnit' } 'xUnit: ')
    Write-Host (Get-Count $tests.Where{ $_.Runner -eq 'Pester' } 'Pester: ')
    Write-Host (Get-Count $tests)
}

# A command line has the names in one text.
$Group = @($Group -split ',').ForEach{ $_.Trim() }.Where{ $_ }
$unknown = $Group.Where{ $_ -notin $groups.Keys }
if ($unknown) { throw "There is no group $($unknown -join ', '). There are $(($groups.Keys | Sort-Object) -join ', ')." }
# What is not there has no hash, and nothing of it would ever seem changed.
$gone = @($groups.Values | ForEach-Object { $_ }).Where{ -not (Test-Path -LiteralPath (Join-Path $root $_)) }
if ($gone) { throw "Groups name what is not there: $($gone -join ', ')." }
$hashes = @{}
foreach ($name in $groups.Keys) { $hashes[$name] = Get-FolderHash (@($groups[$name]) + 'Directory.Packages.props') }
$verified = (Test-Path -LiteralPath $verifiedFile) ? (Get-Content -Raw $verifiedFile | ConvertFrom-Json -AsHashtable) : @{}
$whole = $Full -or $Group
$chosen = @($Full ? $groups.Keys : $Group ? $Group : $groups.Keys.Where{ -not $hashes[$_] -or $verified[$_] -ne $hashes[$_] })
$left = @($groups.Keys.Where{ $_ -notin $chosen } | Sort-Object)
$install = Start-Install (@('s3') + @(if ('Browser' -in $chosen) { 'chromium' }) + @(if ('Windows' -in $chosen) { 'windows' }) + @(if ($Full) { 'sqlfluff' }))

# The build holds to the rules of style; how text is laid out is left to look at, beside it.
$format = Start-Format
Measure-Phase 'Build' $Build
Measure-Phase 'Format' { Complete-Format $format }
Measure-Phase 'Install' { if ($install) { $install.WaitForExit() } }

# Where tests start PowerShell themselves, they start this one.
$env:LOYALTY_TEST_PWSH = (Get-PowerShellCommand).Where{ $_ -ne 'dotnet' }[0]
$env:LOYALTY_TEST_DEPTH = $whole ? 'full' : $null
$driver = Join-Path $root module deps snowflake
if (Test-Path -LiteralPath (Join-Path $driver Snowflake.Data.dll)) { $env:LOYALTY_SNOWFLAKE_DRIVER = $driver }
if (-not $env:LOYALTY_SNOWFLAKE_DRIVER) {
    Write-Host 'Without the Snowflake driver the tests of Snowflake go through a provider over the test server, not over the wire.'
}

if (Test-Path -LiteralPath $results) { Remove-Item -LiteralPath $results -Recurse }
$null = New-Item -ItemType Directory $results
$options = @($Group ? $Group.ForEach{ '-trait'; "Group=$_" } : $left.ForEach{ '-trait-'; "Group=$_" }) + @(if ($whole) { '-explicit'; 'on' })
if ($left -and -not $Group) { Write-Host "Left out, because nothing of them has changed since they passed at full depth: $($left -join ', ')." }

# All at a time: many of them start processes and wait for them.
Measure-Phase 'Core.Tests, Module.Tests and Pester' {
    $suites = @(if (-not $Group) { 'pester' }) + @(if ('Windows' -in $chosen) { 'windows' }) + @(if ('Package' -in $chosen) { 'package' })
    $runs = @('Core.Tests', 'Module.Tests').ForEach{ Start-TestProject $_ $options } + @($suites.ForEach{ Start-PesterRun (Join-Path $PSScriptRoot $_ run.ps1) })
    foreach ($run in $runs) { Complete-Run $run }
}
if ('Browser' -in $chosen) { Measure-Phase 'Browser.Tests' { Complete-Run (Start-TestProject Browser.Tests $options) } }
if ($Full) { Measure-Phase 'Core.Tests in Windows' { Invoke-CoreInWindows } }
if ($Full) { Measure-Phase 'Breaking' { Complete-Run (Start-PesterRun (Join-Path $PSScriptRoot breaking run.ps1)) } }
Write-Outcome
if ($tests.Where{ $_.Result -eq 'Fail' }) { exit 1 }
if ($whole) {
    foreach ($name in $chosen) { $verified[$name] = $hashes[$name] }
    $sorted = [ordered]@{}
    foreach ($name in $verified.Keys | Sort-Object) { $sorted[$name] = $verified[$name] }
    $sorted | ConvertTo-Json | Set-Content -LiteralPath $verifiedFile
}

exit 0
