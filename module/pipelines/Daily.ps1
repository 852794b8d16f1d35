<#
.SYNOPSIS
The daily run: imports, merges, tests, and delivers only what is sound.
.DESCRIPTION
Made for a scheduled job. It asks nothing, needs no terminal and no working directory, and ends with an exit code:

  0  sound; everything was delivered
  1  a check failed or could not be made; nothing was delivered
  2  warnings only; everything was delivered
  3  the run failed: an import, the merge or a delivery ended in an error, or the call has a slip; the error stream says which
  4  another run holds the warehouse or delivers to the same consumer; try again later, or give -LockTimeout

The warehouse stays open from the beginning to the end, so what is delivered is what was tested. The same run again changes nothing and sends nothing twice.
With -Dashboard the page is made anew at the end, whatever came of the run.
It writes, as tables, what was imported, the merge, the checks that did not pass with what was found, and the deliveries; the last line is the outcome.
.PARAMETER Warehouse
The warehouse: the path of a DuckDB file, or what Connect-LoyaltyWarehouse returned. Where it is not given, the file that the environment
variable LOYALTY_WAREHOUSE names, or else the connected one.
.PARAMETER Config
The configuration file. Where it is not given, pipeline.yml in the current location, if there is one.
.PARAMETER Landing
Files, or folders of files, to import first. Where none is given, the sources are as others have filled them.
.PARAMETER RunDate
The day to merge; today (UTC) where it is not given.
.PARAMETER Consumer
Who is delivered to: names, or one text with commas between them, as a command line has it. An empty text or list delivers nothing.
.PARAMETER OutFile
A file for the results of the checks: .xml or .junit.xml for JUnit, .nunit.xml for NUnit, .json.
.PARAMETER Dashboard
A file for the dashboard, one HTML page. Where it is not given, none is made.
.PARAMETER LockTimeout
How long to wait for another run: seconds, or a time such as 00:10:00. By default not at all.
.EXAMPLE
Daily.ps1 -Warehouse /data/loyalty.duckdb -Config /etc/loyalty/pipeline.yml -Landing /data/landing -LockTimeout 00:30:00
.EXAMPLE
Daily.ps1 -Warehouse /data/loyalty.duckdb -Dashboard /var/www/loyalty/dashboard.html
Merges, tests and delivers today, and shows on a page what came of it.
.EXAMPLE
Daily.ps1 -Consumer @() -OutFile checks.junit.xml
Merges and tests today, and delivers nothing.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [object] $Warehouse = $env:LOYALTY_WAREHOUSE,

    [string] $Config,

    [string[]] $Landing = @(),

    [object] $RunDate,

    [AllowEmptyCollection()]
    [AllowEmptyString()]
    [string[]] $Consumer = @('Marketing', 'CustomerSuccess'),

    [string] $OutFile,

    [string] $Dashboard,

    [object] $LockTimeout,

    # A slip in a call is an error of the run; PowerShell would end with 1, which is a failed check here.
    [Parameter(ValueFromRemainingArguments, DontShow)]
    [object[]] $Unknown
)

$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'

$sound = 0
$checkFailed = 1
$warningsOnly = 2
$runFailed = 3
$locked = 4

# An error goes to the error stream, and the run to its exit code.
function Get-ExitCode($failure) {
    $ErrorActionPreference = 'Continue'
    $script:PSCmdlet.WriteError($failure)
    if ($failure.CategoryInfo.Category -eq 'ResourceBusy') { $locked } else { $runFailed }
}

function Send-Segments($target, $consumers) {
    # What keeps one consumer from its delivery is no reason to keep the others waiting.
    foreach ($name in $consumers) {
        try {
            Export-EngagementSegment $name @target | Out-Default
        }
        catch {
            $script:exitCode = [Math]::Max($script:exitCode, (Get-ExitCode $_))
        }
    }
}

# Of a run that failed too: that is what the page is looked at for.
function Update-Dashboard($target) {
    try {
        $null = Export-PipelineDashboard $Dashboard @target
    }
    catch {
        $script:exitCode = [Math]::Max($script:exitCode, (Get-ExitCode $_))
    }
}

$exitCode = $runFailed
$connected = $null
$isOpen = $false
try {
    if ($Unknown) { throw "Daily.ps1 has no parameter for '$Unknown'; Get-Help Daily.ps1 lists them." }
    $Consumer = @($Consumer -split ',').ForEach{ $_.Trim() }.Where{ $_ }
    Import-Module "$PSScriptRoot/../../LoyaltyPipeline.psd1"
    $wait = if ($LockTimeout) { @{ LockTimeout = $LockTimeout } } else { @{} }
    $target = @{} + $wait
    if ($Config) { $target.Config = $Config }
    $day = if ($RunDate) { @{ RunDate = $RunDate } } else { @{} }
    $report = if ($OutFile) { @{ OutFile = $OutFile } } else { @{} }

    # Connecting makes a file where there is none; a path with a slip in it is to be an error instead.
    $named = if ($Warehouse) { @{ Warehouse = $Warehouse } } else { @{} }
    $null = Get-LoyaltyRun -Last 1 @named @wait
    if ($Warehouse -is [string]) { $connected = Connect-LoyaltyWarehouse $Warehouse @wait }
    if ($Warehouse) { $target.Warehouse = if ($connected) { $connected } else { $Warehouse } }
    $isOpen = $true

    # Each is shown by itself: of several kinds in one stream only the first would get its table.
    if ($Landing) { Import-LoyaltySource $Landing @target | Out-Default }
    Invoke-LoyaltyMerge @target @day | Out-Default

    $results = @(Test-PipelineIntegrity @target @report)
    $failed = $results.Where{ $_.Status -in 'Failed', 'Error' }
    $warnings = $results.Where{ $_.Status -eq 'Warning' }
    $skipped = $results.Where{ $_.Status -eq 'Skipped' }
    $results.Where{ $_.Status -notin 'Passed', 'Skipped' } | Out-Default
    $made = "$($results.Count - $skipped.Count) checks made, $($skipped.Count) skipped: $($failed.Count) failed, $($warnings.Count) warnings"
    if ($failed) {
        $exitCode = $checkFailed
        "$made; nothing was delivered."
    }
    else {
        $exitCode = if ($warnings) { $warningsOnly } else { $sound }
        Send-Segments $target $Consumer
        $outcome = if ($exitCode -ge $runFailed) { 'not everything was delivered' } else { "delivered to $($Consumer.Count) consumers" }
        "$made; $outcome."
    }
}
catch {
    $exitCode = Get-ExitCode $_
}
finally {
    if ($isOpen -and $Dashboard) { Update-Dashboard $target }
    if ($connected) { Disconnect-LoyaltyWarehouse $connected }
}

exit $exitCode
