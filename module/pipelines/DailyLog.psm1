# The log of Daily.ps1: of each run a file of JSON lines, written as things happen, and a summary to read. It says what was done, by figures, ids and names of tables, and
# what warnings and errors say; it has no value of a row. That it cannot be written ends nothing: Failure of the log says why.

$mark = 'LoyaltyPipeline.Daily'
$heading = 'LoyaltyPipeline: daily run'
$nameOfOwn = '^daily-(?<time>\d{8}T\d{9})Z-\d+\.(jsonl|txt)$'
$stamp = "yyyyMMdd'T'HHmmssfff"
$invariant = [cultureinfo]::InvariantCulture
# As Register-LoyaltyTask -EventSource makes it; an entry holds no more than this many characters.
$eventSource = 'LoyaltyPipeline'
$eventSourceKey = "Registry::HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\EventLog\Application\$eventSource"
$longestEvent = 31000
$utf8 = [System.Text.UTF8Encoding]::new($false)

# What somebody has to know before anything else.
$words = @{ 0 = 'Sound'; 1 = 'Failed'; 2 = 'Warnings'; 3 = 'NotSound'; 4 = 'Locked' }

function Get-Reason($failure) { $failure.Exception.GetBaseException().Message }

# Of what is thrown as a text PowerShell makes an id of all its words.
function Get-Id($failure) {
    $id = $failure.FullyQualifiedErrorId.Split(',')[0]
    $id -match '^[\w.]+$' ? $id : 'RuntimeException'
}

# An address in the name of a file that somebody brought is nobody's business either.
function Hide-Address([string] $text) { $text -replace '[\w.+-]+@[\w-]+(\.[\w-]+)+', '***' }

function Write-Line($log, $line) {
    if (-not $log.Writer) { return }
    try { $log.Writer.WriteLine(($line | ConvertTo-Json -Compress)) }
    catch {
        $log.Failure = Get-Reason $_
        Close-Writer $log
    }
}

# What is still in the writer goes where the rest could not.
function Close-Writer($log) {
    $writer = $log.Writer
    $log.Writer = $null
    try { if ($writer) { $writer.Dispose() } }
    catch { $log.Failure ??= Get-Reason $_ }
}

function Add-Entry($log, $level, $step, $run, $rows, $seconds, $errorId, $of, $message) {
    $line = [ordered]@{
        time = [datetime]::UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", $invariant); level = $level; run = $run; step = $step; rows = $rows
        seconds = if ($null -ne $seconds) { [Math]::Round($seconds, 3) }
        error = $errorId
    }
    if ($of) { $line.of = Hide-Address $of }
    if ($message) { $line.message = Hide-Address $message }
    Write-Line $log $line
}

function Test-Own([System.IO.FileInfo] $file) {
    if ($file.Name -notmatch $nameOfOwn -or $file.LinkTarget) { return $false }
    $reader = [System.IO.StreamReader]::new($file.FullName, $utf8)
    try { $first = $reader.ReadLine() }
    finally { $reader.Dispose() }
    $file.Extension -eq '.jsonl' ? "$first".Contains("`"log`":`"$mark`"") : "$first".StartsWith($heading)
}

# Of those that this script made, the newest stay: of 30 days, and of no more than 100 MB.
function Remove-Old($log, $folder) {
    $bytes = 0L
    $oldest = [datetime]::UtcNow.AddDays(-30).ToString($stamp, $invariant)
    foreach ($file in [System.IO.DirectoryInfo]::new($folder).GetFiles() | Sort-Object Name -Descending) {
        try {
            if (-not (Test-Own $file)) { continue }
            $bytes += $file.Length
            if ($file.FullName -ne $log.Path -and ($bytes -gt 100MB -or ($file.Name -match $nameOfOwn -and $Matches.time -lt $oldest))) { $file.Delete() }
        }
        catch { Add-Entry $log Warning Log -of $file.Name -message "It could not be removed: $(Get-Reason $_)" }
    }
}

# The folders on the way that are not there, the innermost first.
function Get-Missing([string] $folder) {
    for (; $folder -and -not (Test-Path -LiteralPath $folder); $folder = [System.IO.Path]::GetDirectoryName($folder)) { $folder }
}

# Begins the log of a run in a folder, which is made where there is none, and removes older ones. Where none is wanted it is one that nothing is written to.
function Open-DailyLog([string] $Path, $Cmdlet, [switch] $Wanted, [switch] $Trial) {
    $log = [pscustomobject]@{ Path = $null; SummaryPath = $null; Made = @(); Writer = $null; Failure = $null; Clock = [System.Diagnostics.Stopwatch]::StartNew(); StartedAt = [datetime]::UtcNow }
    if ($Wanted -and -not $Path) { $log.Failure = '-LogPath is empty.' }
    if (-not $Path) { return $log }
    try {
        $folder = $Cmdlet.GetUnresolvedProviderPathFromPSPath($Path)
        $log.Made = @(Get-Missing $folder)
        $null = [System.IO.Directory]::CreateDirectory($folder)
        $base = Join-Path $folder "daily-$($log.StartedAt.ToString($stamp, $invariant))Z-$PID"
        $log.Writer = [System.IO.StreamWriter]::new([System.IO.File]::Open("$base.jsonl", 'CreateNew', 'Write', 'Read'), $utf8)
        $log.Writer.AutoFlush = $true
        $log.Path = "$base.jsonl"
        $log.SummaryPath = "$base.txt"
        Write-Line $log ([ordered]@{ time = $log.StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", $invariant); level = 'Information'; run = $null; step = 'Begin'; rows = $null; seconds = 0; error = $null; log = $mark })
        if (-not $Trial) { Remove-Old $log $folder }
    }
    catch { $log.Failure = Get-Reason $_ }
    $log
}

# What a step found.
function Add-DailyResult($Log, $Result) {
    switch ($Result.GetType().Name) {
        ImportResult { Add-Entry $Log Information Import $Result.RunId $Result.RowsRead $Result.Seconds -of $Result.SourceTable }
        MergeResult {
            foreach ($step in $Result.Steps) { Add-Entry $Log Information "Merge: $($step.Step)" $Result.RunId $step.RowCount $step.Seconds }
            Add-Entry $Log Information Merge $Result.RunId $Result.Users $Result.Seconds -of $Result.RunDate.ToString('yyyy-MM-dd', $invariant)
        }
        CheckResult {
            if ($Result.Status -notin 'Passed', 'Skipped') {
                Add-Entry $Log ($Result.Status -eq 'Warning' ? 'Warning' : 'Error') Test $Result.RunId $Result.Violations $Result.Seconds -of $Result.CheckId
            }
        }
        DeliveryResult { Add-Entry $Log Information Deliver -rows $Result.Rows -seconds $Result.Seconds -of "$($Result.Consumer) $($Result.DeliveryId)" }
    }
}

function Add-DailyChecks($Log, $Results, [double] $Seconds) { Add-Entry $Log Information Test @($Results)[0].RunId @($Results).Count $Seconds }

function Add-DailyWarning($Log, [string] $Step, $Warnings) {
    foreach ($warning in $Warnings) { Add-Entry $Log Warning $Step -message "$warning" }
}

# What nobody foresaw may say anything.
function Add-DailyFailure($Log, $Failure) {
    $id = Get-Id $Failure
    Add-Entry $Log Error ($Failure.InvocationInfo.MyCommand.Name ?? 'Daily') -errorId $id -message ($id -eq 'UnexpectedFailure' ? $null : "$Failure")
}

# What came of the run, for whoever started it: a script reads it as JSON.
function New-DailyOutcome($Log, [int] $ExitCode, $Imported, $Merged, $Results, $Deliveries, $Failures, $Warnings) {
    $of = { param($status) @($Results).Where{ $_.Status -eq $status }.Count }
    [ordered]@{
        outcome    = $words[$ExitCode]
        exit_code  = $ExitCode
        run_date   = @($Merged).ForEach{ $_.RunDate.ToString('yyyy-MM-dd', $invariant) }[0]
        started_at = $Log.StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", $invariant)
        seconds    = [Math]::Round($Log.Clock.Elapsed.TotalSeconds, 3)
        imported   = [ordered]@{ tables = @($Imported).Count; rows = [long] (@($Imported) | Measure-Object RowsRead -Sum).Sum; rejected = [long] (@($Imported) | Measure-Object Rejected -Sum).Sum }
        users      = @($Merged).ForEach{ $_.Users }[0]
        checks     = [ordered]@{ total = @($Results).Count; passed = & $of Passed; failed = & $of Failed; error = & $of Error; warning = & $of Warning; skipped = & $of Skipped }
        deliveries = @(@($Deliveries).ForEach{ [ordered]@{ consumer = $_.Consumer; delivery_id = $_.DeliveryId; outcome = "$($_.Outcome)"; rows = $_.Rows } })
        errors     = @(@($Failures).ForEach{ Get-Id $_ })
        warnings   = @($Warnings).Count
        log        = $Log.Path
    }
}

# What came of the run, to read.
function Format-Summary($Log, $Outcome, [string] $Line, $Failures, $Warnings, [string] $Word) {
    "$heading of $($Outcome.run_date ?? 'a day that was not merged'), begun $($Outcome.started_at): $Word, exit code $($Outcome.exit_code), $($Outcome.seconds) s"
    "Imported: $($Outcome.imported.tables) tables, $($Outcome.imported.rows) rows, $($Outcome.imported.rejected) rejected"
    "Merged: $($Outcome.run_date ? "$($Outcome.users) users" : 'nothing')"
    "Checked and delivered: $($Line ? $Line : 'nothing')"
    $Outcome.deliveries.ForEach{ "  $($_.consumer): $($_.rows) rows, $($_.outcome), $($_.delivery_id)" }
    @($Failures).ForEach{ $id = Get-Id $_; "Error $id$(if ($id -ne 'UnexpectedFailure') { ": $(Hide-Address "$_")" })" }
    @($Warnings).ForEach{ "Warning: $(Hide-Address "$_")" }
    if ($Log.Path) { "Log: $(Split-Path $Log.Path -Leaf)" }
}

# The event log of Windows takes entries of a source that an administrator has made there.
function Write-Event($Log, [string] $Level, [int] $Id, [string] $Text) {
    # Asked for a source that there is none of, .NET looks into logs that most accounts may not read.
    if (-not $IsWindows -or -not (Test-Path -LiteralPath $eventSourceKey)) { return }
    try { [System.Diagnostics.EventLog]::WriteEntry($eventSource, $Text.Substring(0, [Math]::Min($Text.Length, $longestEvent)), $Level, $Id) }
    catch { $Log.Failure ??= "the event log: $(Get-Reason $_)" }
}

function Remove-Log($Log) {
    try {
        [System.IO.File]::Delete($Log.Path)
        foreach ($folder in $Log.Made) { [System.IO.Directory]::Delete($folder) }
    }
    catch { $Log.Failure ??= Get-Reason $_ }
}

# Ends the log, and writes the summary beside it and to the event log. Of a trial, which only looks whether the log can be written, nothing stays.
function Close-DailyLog($Log, $Outcome, [string] $Line, $Failures, $Warnings, [switch] $Interrupted, [switch] $Trial) {
    $level = switch ($Outcome.exit_code) { 0 { 'Information' } 2 { 'Warning' } default { 'Error' } }
    $word = $Interrupted ? 'Interrupted' : $Outcome.outcome
    if ($Log.Path) {
        Add-Entry $Log $level End -seconds $Outcome.seconds -of $word
        Close-Writer $Log
    }
    if ($Trial) {
        if ($Log.Path) { Remove-Log $Log }
        return
    }
    $text = [string[]] @(Format-Summary $Log $Outcome $Line $Failures $Warnings $word)
    Write-Event $Log $level $Outcome.exit_code ($text -join "`n")
    if (-not $Log.Path) { return }
    try { [System.IO.File]::WriteAllLines($Log.SummaryPath, $text, $utf8) }
    catch { $Log.Failure ??= Get-Reason $_ }
}

Export-ModuleMember -Function Open-DailyLog, Add-DailyResult, Add-DailyChecks, Add-DailyWarning, Add-DailyFailure, New-DailyOutcome, Close-DailyLog
