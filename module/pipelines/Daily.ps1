<#
.SYNOPSIS
The daily run: imports, merges, tests, and delivers only what is sound.
.DESCRIPTION
The line Import-LoyaltySource | Invoke-LoyaltyMerge | Test-PipelineIntegrity | Export-EngagementSegment, with tables of what came of each and an exit code around it.
Made for a scheduled job. It asks nothing, needs no terminal and no working directory, and ends with an exit code:

  0  sound; everything was delivered
  1  the run failed: an import, the merge, a delivery or the dashboard ended in an error, it was interrupted, or the call has a slip; the error stream says which
  2  warnings only, of an import, of a check or that the log could not be written; everything was delivered
  3  a check failed or could not be made; nothing was delivered
  4  another run holds the warehouse or delivers to the same consumer, or another program has a file open; try again later, or give -LockTimeout

Where several are true, the first of 1, 4, 3, 2 is the code: what somebody has to look into comes before what the next try may settle.
Start it as pwsh -NonInteractive -File Daily.ps1: pwsh -Command ends with 1 for every code but 0, also where warnings alone were found.
Where standard output or error goes into a file or another program, what it writes is UTF-8 and has no escape codes. What PowerShell itself says of a slip in the call has
none where the environment variable NO_COLOR is set.

Before anything else Test-LoyaltyConfig looks at pipeline.yml, and a fault in it ends the run with 1. A destination that cannot be written now, or a channel that nobody can be told
by, is warned of and keeps nothing else back: that delivery fails by itself. At the end it shows Get-LoyaltyStatus, as of the day of -RunDate where one is given, and tells people by
Send-LoyaltyNotification, as the section notify of pipeline.yml says. Neither changes the exit code. An interrupted run does neither.
The warehouse stays open from the beginning to the end, so what is delivered is what was tested. The same run again changes nothing and sends nothing twice.
With -Dashboard the page is made at the beginning, so that a place where it cannot be is known before anything is merged, and anew at the end, whatever came of the run.
Within a session it leaves the session's warehouse connected.
With -LogPath each run leaves a log for programs, daily-<time>-<process>.jsonl, written as things happen, and a summary to read beside it, .txt. A line of the log has time
(UTC), level (Information, Warning, Error), run, step, rows, seconds, error (the id), of (a table, a check, a consumer, or in the last line the outcome) and message, of which
run leads to Get-LoyaltyRun; of a delivery it is empty, and the id in of leads to Get-SegmentDelivery. It has no value of a row. Logs of the last 30 days are kept, and no more than 100 MB; only files that this script made are removed.
A log without a line of the step End is of a run that still goes on, or that was ended from outside (SIGTERM, a machine that stopped). That the log cannot be written ends nothing:
it is warned of, and the exit code is 2 where it would be 0. On Windows the summary goes to the event log too, with the exit code as the id of
the event, where Register-LoyaltyTask -EventSource has made its source.
It writes, as tables, what was imported, the merge, the checks that did not pass with what was found, the deliveries and the status; the last line is the outcome, or with -Json an object
of it in one line: outcome (Sound, Failed, Warnings, NotSound, Locked), exit_code, run_date, started_at, seconds, imported, users, checks, deliveries, errors, warnings, log. A run that is
interrupted, or a slip in the call that PowerShell itself finds, has none.
.PARAMETER Warehouse
The warehouse: the path of a DuckDB file, or what Connect-LoyaltyWarehouse returned. Where it is not given, the file that the environment
variable LOYALTY_WAREHOUSE names, or else the connected one.
.PARAMETER Config
The configuration file. Where it is not given, pipeline.yml in the current location, if there is one.
.PARAMETER Landing
Files, or folders of files, to import first: paths, or one text with commas between them, as a command line has it. Where none is given, or an empty list, the
sources are as others have filled them; an empty text is an error, and so is a place where there is nothing to import: a folder without files of sources as well as a
pattern that fits nothing.
.PARAMETER RunDate
The day to merge; today (UTC) where it is not given.
.PARAMETER Consumer
Who is delivered to: names and patterns, or one text with commas between them, as a command line has it. An empty text or list delivers nothing.
.PARAMETER OutFile
A file for the results of the checks: .xml or .junit.xml for JUnit, .nunit.xml for NUnit, .json.
.PARAMETER Dashboard
A file for the dashboard, one HTML page. Where it is not given, none is made.
.PARAMETER LockTimeout
How long to wait for another run: seconds, or a time such as 00:10:00. By default not at all.
.PARAMETER SelfCheck
Checks that the run would begin, and ends there: that the module loads, pipeline.yml and what it names are in order, the warehouse opens, and the places of landing files, report,
dashboard, log and deliveries are what they are to be. Nobody is told, and nothing is left behind: a probe that tries a destination is removed. Test-LoyaltyTask starts scheduled
jobs so.
.PARAMETER LogPath
A folder for the logs, made where there is none. Where it is not given, none is written.
.PARAMETER Json
Makes the last line of standard output an object in JSON of what came of the run.
.EXAMPLE
./module/pipelines/Daily.ps1 -Warehouse /data/loyalty.duckdb -Config /data/pipeline.yml -Landing /data/landing -LockTimeout 00:30:00
Imports, merges, tests and delivers to where pipeline.yml says; waits up to half an hour for another run.
.EXAMPLE
./module/pipelines/Daily.ps1 -Warehouse /data/loyalty.duckdb -Config /data/pipeline.yml -Dashboard /data/dashboard.html
Merges, tests and delivers today, and shows on a page what came of it.
.EXAMPLE
./module/pipelines/Daily.ps1 -Warehouse /data/loyalty.duckdb -Config /data/pipeline.yml -LogPath /data/logs -Json
Leaves a log of the run in /data/logs, and ends with a line for the program that started it.
.EXAMPLE
./module/pipelines/Daily.ps1 -Consumer @() -OutFile checks.junit.xml
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

    [switch] $SelfCheck,

    [string] $LogPath,

    [switch] $Json
)

# Whatever the session that calls it wants of its own scripts.
Set-StrictMode -Off
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'

# PowerShell itself ends with 1 where a call has a slip, and pwsh -Command where a script ends with any other code.
$sound = 0
$runFailed = 1
$warningsOnly = 2
$checkFailed = 3
$locked = 4
$byWeight = $sound, $warningsOnly, $checkFailed, $locked, $runFailed

$exitCode = $sound

# What weighs more stays the exit code.
function Set-ExitCode($code) {
    if ($byWeight.IndexOf($code) -gt $byWeight.IndexOf($script:exitCode)) { $script:exitCode = $code }
}

# An error goes to the error stream, and the run to its exit code.
function Write-Failure($failure) {
    $ErrorActionPreference = 'Continue'
    $script:failures.Add($failure)
    Add-DailyFailure $log $failure
    $script:PSCmdlet.WriteError($failure)
    Set-ExitCode $(if ($failure.CategoryInfo.Category -eq 'ResourceBusy') { $locked } else { $runFailed })
}

# A file with a fault is no ground to begin on. A destination that cannot be written keeps nobody else from a delivery, and that nobody can be told keeps nothing back.
function Assert-Config($target) {
    $path = if ($Config) { $Config } elseif (Test-Path -LiteralPath pipeline.yml) { 'pipeline.yml' } else { return }
    $warehouse = @{}
    foreach ($name in $target.Keys.Where{ $_ -ne 'Config' }) { $warehouse[$name] = $target[$name] }
    $found = @(Test-LoyaltyConfig $path -Offline)
    $faults = @($found.Where{ $_.Severity -eq 'Error' })
    if (-not $faults) {
        $found = @(Test-LoyaltyConfig $path @warehouse)
        $faults = @($found.Where{ $_.Severity -eq 'Error' -and $_.Key -notmatch '^(consumers|notify|openlineage)\b' })
    }
    foreach ($finding in $found.Where{ $_ -notin $faults }) {
        Write-Warning "$(Format-Finding $finding) $($finding.Remedy)"
        Add-Note Config (Format-Finding $finding)
    }
    foreach ($fault in $faults) {
        try { Write-Error (Format-Finding $fault) -ErrorId $fault.ErrorId -Category InvalidData -TargetObject $fault -RecommendedAction $fault.Remedy }
        catch {
            if ($fault -eq $faults[-1]) { throw }
            Write-Failure $_
        }
    }
}

# A warning of before the run or after it: that of the run itself may be what the exit code tells of.
function Add-Note([string] $Step, $text) {
    if (-not $text) { return }
    Add-DailyWarning $log $Step $text
    foreach ($line in $text) { $notes.Add($line) }
}

function Format-Finding($finding) { "$($finding.Path), line $($finding.Line)$(if ($finding.Key) { ", $($finding.Key)" }): $($finding.Message)" }

# The cmdlet takes a pattern that fits nothing for an answer; who runs it every day takes it for landing files that have not come.
function Assert-Landing($paths) {
    foreach ($path in $paths.Where{ -not (Test-Path -LiteralPath $_) -and [WildcardPattern]::ContainsWildcardCharacters($_) -and -not (Test-Path $_) }) {
        Write-Error "$path fits no file or folder." -ErrorId SourcePathNotFound -Category ObjectNotFound -TargetObject $path -RecommendedAction 'Check the path, and that the landing files have come.'
    }
}

# Files may still be on their way; the places that they come to are there at any time.
function Assert-LandingPlace($paths) {
    foreach ($path in $paths) {
        $place = if ((Test-Path -LiteralPath $path) -or -not [WildcardPattern]::ContainsWildcardCharacters($path)) { $path } else { Split-Path $path }
        if (-not (Test-Path -LiteralPath $place)) {
            Write-Error "There is no $place." -ErrorId SourcePathNotFound -Category ObjectNotFound -TargetObject $path -RecommendedAction 'Check the path, and that this account may see it.'
        }
    }
}

# The cmdlet takes a pattern that fits nobody for an answer, too.
function Assert-Consumer {
    try { Write-Error "$($Consumer -join ', ') fits no consumer that has a destination." -ErrorId ConsumerUnknown -Category InvalidArgument -TargetObject $Consumer -RecommendedAction 'Check -Consumer, and what pipeline.yml calls them.' }
    catch { Write-Failure $_ }
}

# What a step emits goes on to the next one and, as it comes, into the log and a table of its own: of several kinds in one stream only the first would get its table.
function Show-Step([string] $Step, [scriptblock] $Where = { $true }) {
    begin {
        $table = { Out-Default }.GetSteppablePipeline()
        $table.Begin($true)
    }
    process {
        if (& $Where) { $table.Process($_) }
        Add-DailyResult $log $_
        $_
    }
    end {
        $table.End()
        $script:endedAt[$Step] = $log.Clock.Elapsed
    }
}

# The run itself, from the landing files to the deliveries. It is called into the scope of the script, which shows and logs what it leaves there.
function Invoke-Line {
    $isOpen = $true
    Assert-Landing $Landing
    $merge = @{ OutVariable = 'merged'; WarningVariable = 'mergeWarnings' }
    $prepare = if ($Landing) {
        { Import-LoyaltySource $Landing @target -OutVariable imported -WarningVariable importWarnings | Show-Step Import | Invoke-LoyaltyMerge @target @day @merge }
    }
    else { { Invoke-LoyaltyMerge @target @day @merge } }
    # What keeps one consumer from its delivery is no reason to keep the others waiting.
    $deliver = if ($Consumer) {
        { $input | Export-EngagementSegment $Consumer @target -ErrorAction SilentlyContinue -ErrorVariable undelivered -WarningVariable deliveryWarnings -OutVariable deliveries | Show-Step Deliver }
    }
    else { { } }
    $test = @{ InformationAction = 'SilentlyContinue'; InformationVariable = 'summary'; OutVariable = 'results'; WarningVariable = 'testWarnings' }
    try {
        . $prepare | Show-Step Merge | Test-PipelineIntegrity @target @report @test 6> $null | Show-Step Test { $_.Status -notin 'Passed', 'Skipped' } | . $deliver | Out-Null
    }
    catch {
        # Once the checks have been summed up, it is the deliveries that failed.
        if (-not $summary) { throw }
        $undelivered = @($_)
    }
    finally {
        if ($importWarnings) { Set-ExitCode $warningsOnly }
        $warnings = @(foreach ($list in $importWarnings, $mergeWarnings, $testWarnings, $deliveryWarnings) { if ($list) { $list } })
        Add-DailyWarning $log Import $importWarnings
        Add-DailyWarning $log Merge $mergeWarnings
        Add-DailyWarning $log Test $testWarnings
        Add-DailyWarning $log Deliver $deliveryWarnings
        if ($summary) { Add-DailyChecks $log $results ($endedAt.Test - $endedAt.Merge).TotalSeconds }
    }

    # The line that sums the results up comes at the very end, with what became of it.
    if ($results.Where{ $_.Status -in 'Failed', 'Error' }) {
        Set-ExitCode $checkFailed
        $line = "$summary; nothing was delivered"
    }
    else {
        if ($results.Where{ $_.Status -eq 'Warning' }) { Set-ExitCode $warningsOnly }
        foreach ($failure in $undelivered) { Write-Failure $failure }
        if ($Consumer -and -not $deliveries -and -not $undelivered) { Assert-Consumer }
        $line = "$summary; delivered to $($deliveries.Count) of $([Math]::Max($Consumer.Count, $deliveries.Count + $undelivered.Count)) consumers"
    }
}

# Of a run that failed too: that is what the page is looked at for.
function Update-Dashboard($target) {
    try {
        $null = Export-PipelineDashboard $Dashboard @target
    }
    catch {
        Write-Failure $_
    }
}

# The day that was to be written, as far as the call can be read; today where it names none.
function Get-Day {
    $asked = $RunDate -is [datetime] ? [DateOnly]::FromDateTime($RunDate) : "$RunDate" -as [DateOnly]
    ($merged | Select-Object -First 1).RunDate ?? $asked ?? [DateOnly]::FromDateTime([datetime]::UtcNow)
}

function Show-Status($target) {
    $asOf = if ($day.Count) { @{ AsOf = Get-Day } } else { @{} }
    try { Get-LoyaltyStatus @target @asOf | Out-Default }
    catch { Write-Warning "The status cannot be shown: $_" }
}

# That nobody could be told changes nothing of what came of the run.
function Send-Outcome($target) {
    $what = switch ($exitCode) {
        { $_ -in $sound, $warningsOnly } { @{ Outcome = 'Sound' } }
        $checkFailed { @{ Outcome = 'NotSound'; CheckResult = $results } }
        default { @{ Outcome = 'Failed'; ErrorRecord = $failures[0] } }
    }
    # Who holds the warehouse has been waited for, and a time that cannot be read was an error once.
    if ($exitCode -in $locked, $runFailed) { $target.Remove('LockTimeout') }
    try { $null = Send-LoyaltyNotification @what -RunDate (Get-Day) @target -WarningVariable untold }
    catch { Write-Warning ($untold = "Nobody could be told what came of the run: $_") }
    Add-Note Notify $untold
}

# Interrupted, PowerShell ends a script without a word of its own on the exit code. Where the script is all that the process runs, the code is this one; a session that
# called it goes on.
function Set-InterruptedCode {
    if ($script:isInterrupted -and @(Get-PSCallStack).Where{ $_.ScriptName -ne $PSCommandPath }.Count -eq 0) { $Host.SetShouldExit($runFailed) }
}

# What cannot be logged is done all the same.
function Close-Log {
    if ($isInterrupted) { Set-ExitCode $runFailed }
    $outcome = New-DailyOutcome $log $script:exitCode $imported $merged $results $deliveries $failures ($warnings + $notes)
    Close-DailyLog $log $outcome $line $failures ($warnings + $notes) -Interrupted:$isInterrupted -Trial:$SelfCheck
    if (-not $log.Failure -or $isInterrupted) { return $outcome }
    Write-Warning "The log cannot be written: $($log.Failure)"
    Set-ExitCode $warningsOnly
    New-DailyOutcome $log $script:exitCode $imported $merged $results $deliveries $failures ($warnings + $notes + $log.Failure)
}

Import-Module "$PSScriptRoot/DailyLog.psm1" -Scope Local
$log = Open-DailyLog $LogPath $PSCmdlet -Wanted:$PSBoundParameters.ContainsKey('LogPath') -Trial:$SelfCheck
$notes = [System.Collections.Generic.List[object]]::new()
$failures = [System.Collections.Generic.List[object]]::new()
$endedAt = @{}
$imported = $merged = $results = $deliveries = $undelivered = $warnings = @()
$summary = $line = $null
$isInterrupted = $true
$importWarnings = $mergeWarnings = $testWarnings = $deliveryWarnings = $null
$connected = $null
$target = $null
$isOpen = $false
$rendering = $PSStyle.OutputRendering
$encoding = [Console]::OutputEncoding
try {
    # A log shows escape codes as rubbish, and so it does letters in the encoding that a console of Windows has.
    if ([Console]::IsOutputRedirected -or [Console]::IsErrorRedirected) {
        $PSStyle.OutputRendering = 'PlainText'
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
    }
    Import-Module "$PSScriptRoot/../../LoyaltyPipeline.psd1"
    $wait = if ($LockTimeout) { @{ LockTimeout = $LockTimeout } } else { @{} }
    $named = if ($Warehouse) { @{ Warehouse = $Warehouse } } else { @{} }
    $target = $named + $wait
    if ($Config) { $target.Config = $Config }
    $Consumer = @(@($Consumer -split ',').ForEach{ $_.Trim() }.Where{ $_ } | Select-Object -Unique)
    # A comma may be part of a name.
    $Landing = @($Landing.ForEach{ if ((Test-Path -LiteralPath $_) -or (Test-Path $_)) { $_ } else { $_ -split ',' } }).ForEach{ $_.Trim() }
    # A text that is empty, as of a variable that is not set, does not mean that there is no landing.
    if ($Landing -contains '' -or ($PSBoundParameters.ContainsKey('Landing') -and $null -eq $PSBoundParameters['Landing'])) {
        Write-Error 'A path of -Landing is empty. Give files or folders, or leave it out where nothing is to be imported.' -ErrorId LandingEmpty -Category InvalidArgument
    }
    # A day that is empty is no day, and not today.
    $day = if ($PSBoundParameters.ContainsKey('RunDate')) { @{ RunDate = $RunDate } } else { @{} }
    $report = if ($OutFile) { @{ OutFile = $OutFile } } else { @{} }

    # Connecting makes a file where there is none; a path with a slip in it is to be an error instead.
    $null = Get-LoyaltyRun -Last 1 @named @wait
    if ($Warehouse -and $Warehouse -is [string]) { $connected = Connect-LoyaltyWarehouse $Warehouse -NoDefault -MustExist @wait }
    if ($connected) { $target.Warehouse = $connected }

    Assert-Config $target
    # What cannot be written is known before anything is merged. No check is called so: the place of the report is looked at, and nothing else.
    if ($OutFile) { Test-PipelineIntegrity -Check '?' @target @report -InformationAction Ignore }
    if ($Dashboard) { $null = Export-PipelineDashboard $Dashboard @target -WhatIf:$SelfCheck }
    # Nothing comes by the pipeline, so that nothing is delivered: only what the call and pipeline.yml say is looked at.
    if ($Consumer) { @() | Export-EngagementSegment $Consumer @target -WarningAction Ignore }
    if ($SelfCheck) {
        Assert-LandingPlace $Landing
        if ($day.Count) { $null = Get-LoyaltyStatus @target -AsOf $RunDate }
        $line = "LoyaltyPipeline $((Get-Module LoyaltyPipeline).Version) in PowerShell $($PSVersionTable.PSVersion): ready to run and to deliver to $($Consumer.Count) consumers"
    }
    else { . Invoke-Line }

    $isInterrupted = $false
}
catch {
    $isInterrupted = $false
    Write-Failure $_
}
finally {
    Set-InterruptedCode
    if ($isOpen -and $Dashboard -and -not $isInterrupted) { Update-Dashboard $target }
    if ($target -and -not $isInterrupted -and -not $SelfCheck) {
        if ($isOpen) { Show-Status $target }
        Send-Outcome $target
    }
    if ($connected) { Disconnect-LoyaltyWarehouse $connected }
    $outcome = Close-Log
    $PSStyle.OutputRendering = $rendering
    if ([Console]::OutputEncoding.CodePage -ne $encoding.CodePage) { [Console]::OutputEncoding = $encoding }
    if ($line) { $line }
}

if ($Json) { $outcome | ConvertTo-Json -Compress -Depth 3 -EscapeHandling EscapeNonAscii }
exit $exitCode
