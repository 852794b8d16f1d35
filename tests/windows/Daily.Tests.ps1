# module/pipelines/Daily.ps1 as the task scheduler of Windows starts it: a process of its own, in C:\Windows\System32, with everything named in full.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $folder = Join-Path $here 'daily run'
    $daily = Join-Path $package module pipelines Daily.ps1
    $warehouse = Join-Path $folder wärehouse.duckdb
    $null = New-Item -ItemType Directory $folder
    Import-Module $manifest
    $null = Connect-LoyaltyWarehouse $warehouse
    $null = Initialize-LoyaltyWarehouse -IncludeSources
    Disconnect-LoyaltyWarehouse

    # What comes of a run whose configuration has this in it.
    function Start-Daily([string] $Integrity = '{}', [string[]] $More = @()) {
        $config = Join-Path $folder pipeline.yml
        "consumers: {Marketing: {destination: 'drop box'}, CustomerSuccess: {destination: '$(Join-Path $folder 'drop box')'}}", "integrity: $Integrity" | Set-Content -LiteralPath $config
        Push-Location -LiteralPath ([System.Environment]::SystemDirectory)
        try {
            $said = & ([System.Environment]::ProcessPath) -NoProfile -NonInteractive -File $daily -Warehouse $warehouse -Config $config -RunDate 2026-06-30 @More 2>&1
            [pscustomobject]@{
                ExitCode = $LASTEXITCODE
                Output   = @($said | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }).Where{ $_ }
                Error    = "$($said | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })"
            }
        }
        finally {
            Pop-Location
        }
    }

    function Get-Manifest { @(Get-ChildItem (Join-Path $folder 'drop box') -Recurse -Filter manifest.json -ErrorAction Ignore) }
}

Describe 'Daily.ps1 of a scheduled task' {
    It 'ends with 3 where a check failed, and delivers nothing' {
        $run = Start-Daily '{own_checks: {odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER}}}' '-Landing', (Join-Path $reference landing)
        $run.Error | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 3
        $run.Output[-1] | Should -Match '^\d+ checks: \d+ passed, 1 failed, 0 warnings, \d+ skipped; nothing was delivered$'
        Get-Manifest | Should -BeNullOrEmpty
    }

    It 'ends with 2 where there are warnings alone, and delivers' {
        $run = Start-Daily '{own_checks: {odd: {description: is odd, warn: 0, query: SELECT USER_ID FROM LOYALTY.MASTER}}}' '-Dashboard', (Join-Path $folder Übersicht.html)
        $run.Error | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 2
        $run.Output[-1] | Should -Match ' 0 failed, 1 warning, \d+ skipped; delivered to 2 of 2 consumers$'
        (Get-Manifest).Count | Should -Be 2
        # What is relative in the configuration begins where the configuration is, not in the folder of the process.
        Join-Path $folder 'drop box' Marketing HighlyEngaged latest.json | Should -Exist
        Get-Content -Raw -LiteralPath (Join-Path $folder Übersicht.html) | Should -BeLike '*own.odd*'
    }

    It 'writes to the event log where its source has been made, and ends as it would' {
        $key = 'HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\LoyaltyPipeline'
        $isNew = -not (Test-Path $key)
        $null = New-Item -Force $key
        $null = New-ItemProperty -Force $key EventMessageFile -Value '%SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll' -PropertyType ExpandString
        $null = New-ItemProperty -Force $key TypesSupported -Value 7 -PropertyType DWord
        try {
            $run = Start-Daily '{own_checks: {odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER}}}'
            $run.Error | Should -BeNullOrEmpty
            "$($run.Output)" | Should -Not -Match 'The log cannot be written'
            $run.ExitCode | Should -Be 3
            # Wine takes entries and keeps none.
            if (-not (Test-Path HKCU:\Software\Wine)) {
                $entry = Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = 'LoyaltyPipeline' } -MaxEvents 1
                $entry.Id, $entry.LevelDisplayName | Should -Be 3, Error
                $entry.Message | Should -BeLike '*NotSound, exit code 3*'
            }
        }
        finally { if ($isNew) { Remove-Item -Recurse $key } }
    }

    It 'ends with 0 where all is sound, and sends nothing twice' {
        $before = (Get-Manifest).FullName
        $run = Start-Daily
        $run.Error | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        $run.Output[-1] | Should -Match '^\d+ checks: \d+ passed, 0 failed, 0 warnings, \d+ skipped; delivered to 2 of 2 consumers$'
        (Get-Manifest).FullName | Should -Be $before
        # No escape codes in what goes into a log.
        "$($run.Output)" | Should -Not -Match '\e'
    }

    It 'as docs/windows.md says it leaves a log, and its exit code' {
        $line = @(Get-Content "$PSScriptRoot/../../docs/windows.md").Where{ $_ -like '/d /s /c *' }
        $line.Count | Should -Be 1
        $here = $line[0].Replace('C:\Program Files\PowerShell\7\pwsh.exe', [System.Environment]::ProcessPath).Replace('C:\Program Files\LoyaltyPipeline', $package).Replace('D:\Loyalty\landing', (Join-Path $reference landing)).
            Replace('D:\Loyalty\loyalty.duckdb', $warehouse).Replace('D:\Loyalty', $folder).Replace(' >> ', ' -RunDate 2026-06-30 >> ')
        $system = [System.Environment]::SystemDirectory
        # With this process's console: Wine has no display to open another on.
        $task = Start-Process (Join-Path $system cmd.exe) $here -WorkingDirectory $system -NoNewWindow -PassThru -Wait
        $log = @(Get-Content -LiteralPath (Join-Path $folder daily.log)).Where{ $_ }
        $log[-1] | Should -Match ' 0 failed, 0 warnings, \d+ skipped; delivered to 2 of 2 consumers$'
        "$log" | Should -Match 'USER_PROFILE'
        "$log" | Should -Not -Match '\e'
        $task.ExitCode | Should -Be 0
    }

    It 'ends with 1 where the run fails, and says why' {
        $run = Start-Daily -More '-Landing', (Join-Path $folder nowhere)
        $run.ExitCode | Should -Be 1
        $run.Error -replace '\s+', ' ' | Should -BeLike '*nowhere*'
    }

    It 'ends with 4 where another has the warehouse' {
        $open = Connect-LoyaltyWarehouse $warehouse -NoDefault
        try { $run = Start-Daily } finally { Disconnect-LoyaltyWarehouse $open }
        $run.ExitCode | Should -Be 4
        $run.Error | Should -BeLike '*-LockTimeout*'
    }

    It 'has written what the story wrote in one session' {
        $null = Connect-LoyaltyWarehouse $warehouse
        try { $segments = @(Get-EngagementSegment).ForEach{ '{0} {1} {2}' -f $_.UserId, $_.Segment, $_.Score } } finally { Disconnect-LoyaltyWarehouse }
        $segments | Should -Be (Get-Content -Raw -LiteralPath (Join-Path $reference facts.json) | ConvertFrom-Json).Segments
    }
}
