<#
.SYNOPSIS
    Shows what the pipeline does: ninety days of a business, with incidents planted in them, in about half a minute.
.DESCRIPTION
    Makes a sample of a year as landing files, spoils some of them, imports them, replays ninety days, tests, delivers two segments to a folder and makes the
    dashboard. Ends with a screen that says what there is to look at. Everything lies in one folder, which is made anew; nothing else is touched.

    ./build.ps1 Demo builds the module first; where it is built, this script does by itself.
.PARAMETER Folder
    Where everything goes. A folder that is there is removed first, if a demo made it.
.PARAMETER Users
    How many users the sample has.
.EXAMPLE
    ./docs/demo.ps1 -Folder ./demo -Users 1000
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Folder,

    [ValidateRange(100, 10000000)]
    [int] $Users = 2000
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$clock = [System.Diagnostics.Stopwatch]::StartNew()
$region = 'US-EAST'
$regionName = 'United States, East'
$days = 90

function Write-Heading([string] $Text) {
    Write-Host ("`n{0,4:N0} s  " -f $clock.Elapsed.TotalSeconds) -ForegroundColor DarkGray -NoNewline
    Write-Host $Text -ForegroundColor Cyan
}

function Write-Text([string] $Text, [string] $Color = 'Gray') {
    foreach ($line in $Text -split "`n") { Write-Host "        $line" -ForegroundColor $Color }
}

# As a person would say it from here.
function Get-ShortPath([string] $Path) {
    $short = [System.IO.Path]::GetRelativePath($PWD.ProviderPath, $Path)
    return $short.StartsWith('..') ? $Path : $short.Replace('\', '/')
}

function Measure-Result($Results) {
    $bad = @($Results | Where-Object Status -In 'Failed', 'Error').Count
    $warned = @($Results | Where-Object Status -EQ 'Warning').Count
    return '{0} checks: {1} passed, {2} to look at, {3} failed' -f $Results.Count, @($Results | Where-Object Status -EQ 'Passed').Count, $warned, $bad
}

# The first incident: of the last day's activity two rows in three never came. And here and there a row is of a kind that nobody has heard of.
function Edit-Activity([string] $Path, [string] $Day) {
    $number = $seen = $spoiled = 0
    $kept = foreach ($line in [System.IO.File]::ReadLines($Path)) {
        if ($line.Contains($Day) -and $seen++ % 3 -ne 0) { continue }
        if ($number++ % 400 -eq 399) {
            $spoiled++
            $line -replace 'login|purchase|feedback', 'teleport'
        }
        else {
            $line
        }
    }
    [System.IO.File]::WriteAllLines($Path, [string[]] $kept)
    return $spoiled
}

# The second: on the last day the scoring job wrote nothing but zeros for a region.
function Set-ScoreToZero([string] $Landing, [string] $Day) {
    $ids = [System.Collections.Generic.HashSet[string]]::new()
    foreach ($user in Import-Csv "$Landing/USER_PROFILE.csv") {
        if ($user.REGION_CODE -eq $region -and $user.USER_ID -match '^\d+$') { $null = $ids.Add($user.USER_ID) }
    }
    $path = "$Landing/ENGAGEMENT_SCORE.csv"
    $kept = foreach ($line in [System.IO.File]::ReadLines($path)) {
        $cells = $line.Split(',')
        if ($cells[1] -ne $Day -or -not $ids.Contains($cells[0])) { $line }
    }
    $zeros = foreach ($id in $ids) { "$id,$Day,0.00" }
    [System.IO.File]::WriteAllLines($path, [string[]] ($kept + $zeros))
}

function Send-Segment([string] $Consumer) {
    try {
        $delivery = Export-EngagementSegment $Consumer -Destination $drop
        Write-Text ('{0,-16} {1,6:N0} users of {2}' -f $Consumer, $delivery.Rows, $delivery.Segment)
    }
    catch {
        # That a guard says no is what is to be seen here; anything else is an error.
        if ($_.FullyQualifiedErrorId -notlike 'GuardTripped*') { throw }
        Write-Text ("{0,-16} not sent, a guard says why:" -f $Consumer) Yellow
        foreach ($line in [regex]::Matches($_.Exception.Message, '.{1,66}(\s|$)')) { Write-Text "  $($line.Value.Trim())" Yellow }
        $script:stopped = $true
    }
}

Import-Module "$PSScriptRoot/../LoyaltyPipeline.psd1"
$Folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Folder)
$landing = Join-Path $Folder 'landing'
$drop = Join-Path $Folder 'drop'
$warehouse = Join-Path $Folder 'loyalty.duckdb'
$dashboard = Join-Path $Folder 'dashboard.html'
$stopped = $false
# Only what a demo has made is removed: many who use the pipeline have a landing folder and a warehouse side by side.
$mark = Join-Path $Folder '.made-by-demo'
if (Test-Path -LiteralPath $Folder) {
    if ((Get-ChildItem -LiteralPath $Folder -Force) -and -not (Test-Path -LiteralPath $mark)) { throw "$Folder holds something else than a demo. Name another folder." }
    Remove-Item -LiteralPath $Folder -Recurse -Force
}
$null = New-Item $Folder -ItemType Directory
$null = New-Item $mark -ItemType File

Write-Heading "A sample: $('{0:N0}' -f $Users) users, a year"
$sample = New-LoyaltySample -Users $Users -Path $landing
# The format o is the same in all cultures.
$today = $sample.LastDay.ToString('o').Substring(0, 10)
$last = [datetime] $today
$yesterday = $last.AddDays(-1).ToString('o').Substring(0, 10)
Write-Text ('{0:N0} rows. Planted in them:' -f $sample.Rows)
Write-Text ("- {0} activities of a kind that does not exist" -f (Edit-Activity "$landing/USER_ACTIVITY.csv" $today))
Set-ScoreToZero $landing $today
Write-Text "- on $today two activities in three are missing`n- on $today every score of $regionName is 0"

Write-Heading 'Import into an embedded DuckDB warehouse'
$null = Initialize-LoyaltyWarehouse -Warehouse $warehouse
$null = Connect-LoyaltyWarehouse $warehouse -MustExist
try {
    $imports = @(Import-LoyaltySource $landing)
    $sums = $imports | Measure-Object RowsRead, Rejected -Sum
    Write-Text ('{0:N0} rows read, {1} unusable: in quarantine, with the reason.' -f $sums[0].Sum, $sums[1].Sum)

    Write-Heading "Replay $($days - 1) days into Master and History"
    $merges = @(Invoke-LoyaltyMerge -From $last.AddDays(1 - $days) -To $yesterday)
    Write-Text ('{0} days, up to {1}: {2:N0} users in {3:N0} versions.' -f $merges.Count, $yesterday, $merges[-1].Users, ($merges | ForEach-Object { $_.Inserted + $_.Updated } | Measure-Object -Sum).Sum)

    Write-Heading "$yesterday, a day like others: test and deliver"
    Write-Text (Measure-Result @(Test-PipelineIntegrity 6> $null))
    Send-Segment Marketing
    Send-Segment CustomerSuccess

    Write-Heading "$today, the day of the incidents: merge, test, deliver"
    $merge = Invoke-LoyaltyMerge -RunDate $today
    $moved = ($merge.SegmentMoves | Where-Object { $_.From -and $_.To } | Measure-Object Users -Sum).Sum
    Write-Text ('{0:N0} of {1:N0} users change segment in one day.' -f $moved, $merge.Users)
    $results = @(Test-PipelineIntegrity 6> $null)
    Write-Text (Measure-Result $results)
    Send-Segment Marketing
    Send-Segment CustomerSuccess

    $null = Export-PipelineDashboard $dashboard
}
finally {
    Disconnect-LoyaltyWarehouse
}

$unusual = @($results | Where-Object { $_.Status -eq 'Warning' -and $_.CheckId -like 'anomaly.*' })
$sentTo = @(Get-ChildItem $drop -Recurse -Filter latest.json).Count
$here = Get-ShortPath $Folder
$manifest = Get-ShortPath (Join-Path $PSScriptRoot '../LoyaltyPipeline.psd1' | Resolve-Path).ProviderPath
$line = '-' * 79
Write-Host "`n$line" -ForegroundColor DarkGray
Write-Host ('LOOK AT  ({0:N0} users, {1} days, made in {2:N0} s)' -f $Users, $days, $clock.Elapsed.TotalSeconds) -ForegroundColor Cyan
Write-Host "  $here/dashboard.html   open it in a browser; it needs no network"
Write-Host "  $here/drop             what $sentTo consumers got: files and manifests"
Write-Host "  $here/landing          the sample, as CSV files"
Write-Host "  $here/loyalty.duckdb   Master and ninety days of History"
Write-Host 'WHAT WAS FOUND' -ForegroundColor Cyan
Write-Host ("  {0} unusual figures on {1}, each with the regions it comes from" -f $unusual.Count, $today)
Write-Host ('  {0} rows that could not be used, in quarantine; not one is lost' -f $sums[1].Sum)
Write-Host ($stopped ? '  a delivery that was stopped: its audience had grown too much in one day' : '  no delivery had to be stopped')
Write-Host '  a feature that came out in May: see voice-assistant under Feature adoption'
Write-Host 'TRY' -ForegroundColor Cyan
Write-Host "  Import-Module $($manifest.Contains('/') ? $manifest : "./$manifest")"
Write-Host "  Connect-LoyaltyWarehouse $here/loyalty.duckdb"
Write-Host '  Test-PipelineIntegrity -Suite Anomalies | Where-Object Status -eq Warning'
Write-Host "  Get-LoyaltyHistory -Between $yesterday, $today | Select-Object -First 5"
Write-Host '  Get-LoyaltyQuarantine -First 5'
Write-Host '  Get-FeatureAdoption -Feature voice-assistant'
Write-Host "  Get-EngagementSegment HighlyEngaged -First 5"
Write-Host '  Get-Help about_LoyaltyPipeline'
