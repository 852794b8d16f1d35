# The logs of Daily.ps1: what stands in them, what does not, and what is kept of them.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $daily = Join-Path (Split-Path $manifest) module/pipelines/Daily.ps1
    Push-Location $TestDrive
    $null = Open-Warehouse Empty $TestDrive
    $null = New-LoyaltySample ./landing -Users 60 -Days 60
    Disconnect-LoyaltyWarehouse
    $to = "consumers: {Marketing: {destination: '$TestDrive/drop'}, CustomerSuccess: {destination: '$TestDrive/drop'}}"
    Set-Content pipeline.yml $to
    $call = @{ Warehouse = Join-Path $TestDrive w.duckdb; Config = Join-Path $TestDrive pipeline.yml; RunDate = $day }

    function Get-Log([string] $Folder = 'logs') {
        $newest = Get-ChildItem $Folder -Filter *.jsonl | Sort-Object Name | Select-Object -Last 1
        Get-Content $newest | ForEach-Object { ConvertFrom-Json $_ -DateKind String }
    }

    # As a program reads it: the last line of all that comes.
    function Read-Outcome($Said) { "$(@($Said)[-1])" | ConvertFrom-Json -DateKind String }

    # A file as this script makes them, of some days ago.
    function New-Old([int] $Days, [string] $Name, [string] $First = '{"step":"Begin","log":"LoyaltyPipeline.Daily"}', [long] $Bytes = 0) {
        $path = Join-Path $TestDrive "kept/daily-$([datetime]::UtcNow.AddDays(-$Days).ToString("yyyyMMdd'T'HHmmssfff", [cultureinfo]::InvariantCulture))Z-$Name"
        [System.IO.File]::WriteAllText($path, "$First`n")
        if ($Bytes) {
            $stream = [System.IO.File]::Open($path, 'Open')
            $stream.SetLength($Bytes)
            $stream.Dispose()
        }

        $path
    }
}

AfterAll { Pop-Location }

Describe 'The log of a run' {
    BeforeAll {
        $said = @(& $daily @call -Landing landing -LogPath logs -Json -WarningAction SilentlyContinue 6>&1)
        $code = $LASTEXITCODE
        $lines = @(Get-Log)
    }

    It 'has a line for each thing done, with time, level, run, step, rows, seconds and error' {
        $code | Should -Be 0
        @(Get-ChildItem logs).Extension | Sort-Object | Should -Be .jsonl, .txt
        foreach ($line in $lines) {
            @($line.PSObject.Properties.Name)[0..6] | Should -Be time, level, run, step, rows, seconds, error
            $line.time | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$'
        }

        @($lines | Where-Object step -eq Import).Count | Should -Be $sources
        @($lines.step | Select-Object -Unique).Where{ $_ -notlike 'Merge: *' } | Should -Be Begin, Import, Merge, Deliver, Test, End
        $lines.step | Should -Contain 'Merge: Compare'
        $lines[-1].of | Should -Be Sound
    }

    It 'leads to the runs, with their figures' {
        $runs = @{}
        Get-LoyaltyRun -Warehouse w.duckdb | ForEach-Object { $runs[$_.RunId] = $_ }
        foreach ($line in $lines.Where{ $_.run }) { $runs[$line.run].Kind | Should -Be ($line.step -replace ':.*') }
        ($lines | Where-Object step -eq Merge).rows | Should -Be 60
        ($lines | Where-Object { $_.of -eq 'DW_A.USER_PROFILE' }).rows | Should -Be 60
        foreach ($line in $lines.Where{ $_.step -eq 'Deliver' -and $_.level -eq 'Information' }) {
            $consumer, $id = $line.of -split ' '
            (Get-SegmentDelivery $consumer -DeliveryId $id -Warehouse w.duckdb).Rows | Should -Be $line.rows
        }
    }

    It 'has a summary to read' {
        $text = Get-Content (Get-ChildItem logs -Filter *.txt).FullName
        $text[0] | Should -BeLike 'LoyaltyPipeline: daily run of 2026-06-30, begun *: Sound, exit code 0, * s'
        "$text" | Should -BeLike "*$sources tables*60 users*checks: * delivered to 2 of 2 consumers*Marketing: * rows, Published*"
    }

    It 'is followed, with -Json, by the outcome as the last line' {
        $outcome = Read-Outcome $said
        $outcome.outcome, $outcome.exit_code, $outcome.run_date, $outcome.users | Should -Be Sound, 0, 2026-06-30, 60
        $outcome.imported.tables, $outcome.imported.rejected | Should -Be $sources, 0
        $outcome.checks.failed, $outcome.checks.error | Should -Be 0, 0
        $outcome.checks.total | Should -Be ($outcome.checks.passed + $outcome.checks.warning + $outcome.checks.skipped)
        $outcome.deliveries.consumer | Should -Be Marketing, CustomerSuccess
        $outcome.errors | Should -BeNullOrEmpty
        $outcome.log | Should -Be (Get-ChildItem logs -Filter *.jsonl).FullName
        @("$($said[-1])" -split "`n").Count | Should -Be 1
    }

    It 'is not written where none is asked for, nor is JSON' {
        $before = @(Get-ChildItem -Recurse -File).Count
        "$(@(& $daily @call -Consumer @() 6>&1)[-1])" | Should -BeLike '*delivered to 0 of 0 consumers'
        @(Get-ChildItem -Recurse -File).Count | Should -Be $before
    }
}

Describe 'A run that does not end well' {
    It 'says why, and which: <Why>' -TestCases @(
        @{ Why = 'a failure before anything'; More = @{ Warehouse = 'absent.duckdb' }; Code = 1; Ends = 'Failed'; ErrorId = 'WarehouseNotInitialized'; Users = $null }
        @{ Why = 'a failure of an import'; More = @{ Landing = 'nowhere' }; Code = 1; Ends = 'Failed'; ErrorId = 'SourcePathNotFound'; Users = $null }
        @{ Why = 'a consumer that cannot be delivered to'; More = @{ Config = 'way.yml' }; Code = 1; Ends = 'Failed'; ErrorId = 'DestinationInvalid'; Users = 60 }
        @{ Why = 'a check that warns'; More = @{ Config = 'warns.yml' }; Code = 2; Ends = 'Warnings'; ErrorId = $null; Users = 60 }
        @{ Why = 'a check that failed'; More = @{ Config = 'odd.yml' }; Code = 3; Ends = 'NotSound'; ErrorId = $null; Users = 60 }
    ) {
        Set-Content file 'in the way'
        Set-Content way.yml "consumers: {Marketing: {destination: '$TestDrive/file'}, CustomerSuccess: {destination: '$TestDrive/drop'}}"
        Set-Content odd.yml $to, 'integrity: {own_checks: {odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER}}}'
        Set-Content warns.yml $to, 'integrity: {own_checks: {odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER, warn: 0}}}'
        $arguments = $call + @{}
        foreach ($name in $More.Keys) { $arguments[$name] = $More[$name] }
        $said = @(& $daily @arguments -LogPath ended -Json -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 6>&1)
        $LASTEXITCODE | Should -Be $Code
        $outcome = Read-Outcome $said
        $outcome.outcome, $outcome.exit_code, $outcome.users | Should -Be $Ends, $Code, $Users
        $outcome.errors | Should -Be $ErrorId
        $lines = Get-Log ended
        $lines[-1].level, $lines[-1].of | Should -Be ($Code -eq 2 ? 'Warning' : 'Error'), $Ends
        $lines.Where{ $_.error }.error | Should -Be $ErrorId
        if ($Code -eq 3) { $lines.Where{ $_.of -eq 'own.odd' }.level | Should -Be Error }
    }

    It 'by a slip in its call that it finds itself, has a log too' {
        $said = @(& $daily @call -Landing '' -LogPath slip -Json -ErrorAction SilentlyContinue 6>&1)
        (Read-Outcome $said).outcome | Should -Be Failed
        (Get-Log slip).Where{ $_.error -eq 'LandingEmpty' }.message | Should -BeLike 'A path of -Landing is empty*'
    }
}

Describe 'A log that cannot be written' {
    It 'is warned of, and all is done: <Why>' -TestCases @(
        @{ Why = 'a file is in the way'; Path = './in-the-way/logs'; Reason = '*in-the-way*' }
        @{ Why = 'a path that is empty'; Path = ''; Reason = '-LogPath is empty.' }
        @{ Why = 'a drive that there is not'; Path = 'nodrive:/logs'; Reason = '*nodrive*' }
    ) {
        Set-Content in-the-way x
        $said = @(& $daily @call -LogPath $Path -Json -WarningVariable warned -WarningAction SilentlyContinue 6>&1)
        $LASTEXITCODE | Should -Be 2
        "$($warned[-1])" | Should -BeLike "The log cannot be written: $Reason"
        $outcome = Read-Outcome $said
        $outcome.outcome, $outcome.log, $outcome.deliveries.Count | Should -Be Warnings, $null, 2
    }
}

Describe 'Personal data' {
    It 'is in no log, summary or outcome' {
        $null = New-Item -ItemType Directory canary
        Set-Content canary/USER_PROFILE.csv @(
            'USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT'
            '5001,wren.canary@mail.example,Wren Canary,+1 555 0142,US-EAST,plus,active,true,2026-01-01,2026-01-01'
            'wren.canary@mail.example,Wren Canary,Wren Canary,+1 555 0142,US-EAST,plus,active,true,2026-01-01,2026-01-01'
            '5002,wren.canary@mail.example,Wren Canary,+1 555 0142,US-EAST,Wren Canary,+1 555 0142,wren.canary@mail.example,Wren Canary,2026-01-01')
        Set-Content canary/wren.canary@mail.example.csv x
        Set-Content canary.yml $to, 'integrity: {own_checks: {odd: {description: is odd, query: "SELECT USER_ID, EMAIL, FULL_NAME, PHONE FROM LOYALTY.MASTER"}}}'
        # It fails, warns and rejects; each has its say.
        $arguments = $call + @{}
        $arguments.Config = 'canary.yml'
        $said = @(& $daily @arguments -Landing canary -LogPath canaries -Json -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 6> $null)
        $LASTEXITCODE | Should -Be 3
        (Get-Log canaries).level | Should -Contain Warning
        (Read-Outcome $said).imported.rejected | Should -Be 2
        foreach ($text in (Get-ChildItem canaries).ForEach{ Get-Content $_ -Raw } + "$($said[-1])") {
            $text | Should -Not -Match 'wren|canary@|555 ?0142'
        }
    }
}

Describe 'Old logs' {
    BeforeAll { $null = New-Item -ItemType Directory kept }

    BeforeEach { Get-ChildItem kept | Remove-Item }

    It 'of more than 30 days are removed, but nothing that others made' {
        $old = (New-Old 31 1.jsonl), (New-Old 31 1.txt -First 'LoyaltyPipeline: daily run of 2026-05-01')
        $kept = (New-Old 29 2.jsonl), (New-Old 31 3.jsonl -First '{"log":"another"}'), (New-Old 31 4.txt -First 'Notes'), (New-Old 31 5.csv)
        Set-Content kept/notes.jsonl '{"log":"LoyaltyPipeline.Daily"}'
        $null = & $daily @call -Consumer @() -LogPath kept 6>&1
        $LASTEXITCODE | Should -Be 0
        $old | Should -Not -Exist
        $kept + 'kept/notes.jsonl' | Should -Exist
        @(Get-ChildItem kept).Count | Should -Be 7
    }

    It 'that are links stay, and what they lead to' -Skip:$IsWindows {
        $elsewhere = Join-Path $TestDrive elsewhere.jsonl
        Set-Content $elsewhere '{"step":"Begin","log":"LoyaltyPipeline.Daily"}'
        $link = New-Old 31 6.jsonl
        Remove-Item $link
        $null = New-Item -ItemType SymbolicLink $link -Target $elsewhere
        $null = & $daily @call -Consumer @() -LogPath kept 6>&1
        $link, $elsewhere | Should -Exist
    }

    It 'beyond 100 MB are removed, the oldest first' {
        $newest = New-Old 1 1.jsonl -Bytes 60MB
        $second = New-Old 2 2.jsonl -Bytes 60MB
        $third = New-Old 3 3.jsonl
        $foreign = New-Old 0 4.jsonl -First '{"log":"another"}' -Bytes 200MB
        $null = & $daily @call -Consumer @() -LogPath kept 6>&1
        $newest, $foreign | Should -Exist
        $second, $third | Should -Not -Exist
    }
}
