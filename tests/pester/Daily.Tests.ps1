# module/pipelines/Daily.ps1, called from a script. What becomes of it as a process of its own, C# tests say.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    . "$PSScriptRoot/Support/Webhook.ps1"
    $daily = Join-Path (Split-Path $manifest) module/pipelines/Daily.ps1
    Push-Location $TestDrive
    $null = Open-Warehouse Empty $TestDrive
    $null = New-LoyaltySample -Users 60 -Days 60
    Disconnect-LoyaltyWarehouse
    $to = "consumers: {Marketing: {destination: '$TestDrive/drop'}, CustomerSuccess: {destination: '$TestDrive/drop'}}"
    $call = @{ Warehouse = Join-Path $TestDrive w.duckdb; Config = Join-Path $TestDrive pipeline.yml; RunDate = $day }

    function Set-Check([string] $Own) { $to, "integrity: {own_checks: {own: {description: is there, $Own}}}" | Set-Content pipeline.yml }
}

AfterAll {
    Get-Job | Remove-Job -Force
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Daily.ps1' {
    It 'delivers nothing where a check failed, and ends with 3' {
        Set-Check 'query: SELECT USER_ID FROM LOYALTY.MASTER'
        $said = @(& $daily @call -Dashboard (Join-Path $TestDrive daily.html) -OutFile checks.json 6>&1)
        $LASTEXITCODE | Should -Be 3
        "$($said[-1])" | Should -BeLike '*nothing was delivered*'
        'drop' | Should -Not -Exist
        'daily.html', 'checks.json' | Should -Exist
        (Get-LoyaltyRun -Warehouse w.duckdb).Kind | Should -Be Test, Merge, Sample
    }

    It 'delivers, and ends with 2 where there are warnings alone' {
        Set-Check 'warn: 0, query: SELECT USER_ID FROM LOYALTY.MASTER'
        $said = @(& $daily @call 6>&1)
        $LASTEXITCODE | Should -Be 2
        "$($said[-1])" | Should -BeLike '*delivered to 2 of 2 consumers*'
        (Get-ChildItem drop -Recurse -Filter manifest.json).Count | Should -Be 2
    }

    It 'sends nothing twice, and takes an open warehouse, which it leaves open' {
        $open = Connect-LoyaltyWarehouse w.duckdb
        $null = & $daily -Warehouse $open -Config $call.Config -RunDate 2026-06-30 -Consumer CustomerSuccess 6>&1
        $LASTEXITCODE, $open.IsOpen | Should -Be 2, $true
        @(Get-SegmentDelivery).Count | Should -Be 2
        Disconnect-LoyaltyWarehouse
    }

    It 'ends with 1 where the run fails, and says why on the error stream: <Why>' -TestCases @(
        @{ Why = 'an import'; More = @{ Landing = 'nowhere' }; ErrorId = 'SourcePathNotFound' }
        @{ Why = 'a folder without landing files'; More = @{ Landing = 'nothing' }; ErrorId = 'SourcePathNotFound' }
        @{ Why = 'a pattern that fits nothing'; More = @{ Landing = 'nothing/*.csv' }; ErrorId = 'SourcePathNotFound' }
        @{ Why = 'a warehouse that is not there'; More = @{ Warehouse = 'absent.duckdb' }; ErrorId = 'WarehouseNotInitialized' }
    ) {
        $arguments = $call + @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failed' }
        foreach ($name in $More.Keys) { $arguments[$name] = $More[$name] }
        $null = New-Item -ItemType Directory -Force nothing
        $null = & $daily @arguments 6>&1
        $LASTEXITCODE | Should -Be 1
        $failed.FullyQualifiedErrorId | Should -BeLike "$ErrorId*"
        'absent.duckdb' | Should -Not -Exist
    }

    It 'finds a slip in what is delivered to before it imports or merges: <Why>' -TestCases @(
        @{ Why = 'a consumer without destination'; Consumers = '{Sales: {segment: Engaged}}'; Consumer = 'Sales'; ErrorId = 'DestinationInvalid' }
        @{ Why = 'a destination of another scheme'; Consumers = "{Sales: {segment: Engaged, destination: 'gs://bucket/drop'}}"; Consumer = 'Sales'; ErrorId = 'DestinationInvalid' }
        @{ Why = 'a consumer that there is not'; Consumers = '{}'; Consumer = 'Nobody'; ErrorId = 'ConsumerUnknown' }
    ) {
        Set-Content slip.yml "consumers: $Consumers"
        $before = @(Get-LoyaltyRun -Warehouse w.duckdb).Count
        $null = & $daily -Warehouse w.duckdb -Config slip.yml -Landing nowhere -Consumer $Consumer -ErrorAction SilentlyContinue -ErrorVariable failed 6>&1
        $LASTEXITCODE | Should -Be 1
        $failed[-1].FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
        @(Get-LoyaltyRun -Warehouse w.duckdb).Count | Should -Be $before
    }

    It 'ends with 2 where an import left files out' {
        Set-Check 'query: SELECT USER_ID FROM LOYALTY.MASTER WHERE 1 = 0'
        $null = New-Item -ItemType Directory landing
        Set-Content landing/notes.txt x
        Set-Content landing/SUPPORT_CALLS_2026-06-30.csv 'USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS'
        $null = & $daily @call -Consumer @() 6>&1
        $sound = $LASTEXITCODE
        $said = @(& $daily @call -Consumer @() -Landing landing 3>&1 6>&1)
        $sound, $LASTEXITCODE | Should -Be 0, 2
        "$said" | Should -Match 'notes\.txt is left out'
    }

    It 'finds every fault of pipeline.yml before anything is done' {
        Set-Content faults.yml "consumers: {Marketing: {segmnt: Engaged}}", 'guards: {foo: 1}'
        $before = @(Get-LoyaltyRun -Warehouse w.duckdb).Count
        $null = & $daily -Warehouse w.duckdb -Config faults.yml -ErrorAction SilentlyContinue -ErrorVariable failed 6>&1
        $LASTEXITCODE | Should -Be 1
        "$failed" | Should -BeLike "*faults.yml, line 1, consumers.Marketing.segmnt: unknown key*faults.yml, line 2, guards.foo: unknown key*"
        $failed[-1].ErrorDetails.RecommendedAction | Should -BeLike 'Correct the configuration*'
        @(Get-LoyaltyRun -Warehouse w.duckdb).Count | Should -Be $before
    }

    It 'warns of a place that cannot be written, and delivers to the others' -Skip:$IsWindows {
        Set-Content places.yml "consumers: {Marketing: {destination: /proc/nowhere/drop}, CustomerSuccess: {destination: others}}"
        $null = & $daily -Warehouse w.duckdb -Config places.yml -RunDate $day -LogPath logs -ErrorAction SilentlyContinue -ErrorVariable failed -WarningVariable warned 3>&1 6>&1
        $LASTEXITCODE | Should -Be 1
        $failed[-1].FullyQualifiedErrorId | Should -BeLike 'DestinationUnavailable,*'
        "$warned" | Should -BeLike '*places.yml, line 1, consumers.Marketing.destination: *'
        (Get-ChildItem others -Recurse -Filter manifest.json).Count | Should -Be 1
        Get-ChildItem logs/*.jsonl | Get-Content | ConvertFrom-Json | Where-Object step -EQ Config | ForEach-Object level | Should -Be Warning
    }

    It 'tells people what came of the run, and nobody that nothing has changed' {
        $hook = Start-Webhook 3
        Add-Content notify.yml $to
        $run = @{ Warehouse = 'w.duckdb'; Config = 'notify.yml'; RunDate = $day; ErrorAction = 'SilentlyContinue' }
        $null = & $daily @run 6>&1
        $null = & $daily @run -Landing nowhere 6>&1
        $null = & $daily @run -Landing nowhere 6>&1
        $null = & $daily @run 6>&1
        $LASTEXITCODE | Should -Be 0
        Add-Content notify.yml 'integrity: {own_checks: {odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER}}}'
        $null = & $daily @run 6>&1
        $told = Receive-Webhook $hook
        $told.event | Should -Be failure, recovery, not_sound
        $told.reason_id | Should -Be SourcePathNotFound, $null, own.odd
        $told.run_date | Should -Be (@($day.ToString('yyyy-MM-dd')) * 3)
    }

    It 'comes to the same end where nobody can be told: a warning, and in the log' {
        Set-Content untold.yml 'notify: {webhooks: {ops: {url: "http://127.0.0.1:9/"}}}', $to
        $said = & $daily -Warehouse w.duckdb -Config untold.yml -RunDate $day -Landing nowhere -LogPath untold -ErrorAction SilentlyContinue 3>&1 6>&1
        $LASTEXITCODE | Should -Be 1
        "$said" | Should -Match 'The webhook ops could not be told'
        Get-ChildItem untold/*.jsonl | Get-Content | ConvertFrom-Json | Where-Object step -EQ Notify | ForEach-Object level | Should -Be Warning
    }

    It 'comes to its end where the session that calls it is strict' {
        Set-StrictMode -Version Latest
        $global:LASTEXITCODE = 99
        $said = @(& $daily -Warehouse w.duckdb -Config $call.Config -RunDate '30.06.2026' -Json -LogPath strict -ErrorAction SilentlyContinue 6>&1)
        $LASTEXITCODE | Should -Be 1
        ($said[-1] | ConvertFrom-Json).outcome | Should -Be Failed
        @(Get-ChildItem strict/*.txt).Count | Should -Be 1
    }

    It 'goes on where the address of a channel is not set, and counts the warnings' {
        Set-Content channel.yml 'notify: {webhooks: {other: {url_variable: LOYALTY_TEST_NOT_SET}}}', $to
        $said = @(& $daily -Warehouse w.duckdb -Config channel.yml -RunDate $day -Json 3>&1 6>&1)
        $LASTEXITCODE | Should -Be 0
        ($said[-1] | ConvertFrom-Json).warnings | Should -Be 1
        "$said" | Should -Match 'channel.yml, line 1, notify.webhooks.other'
    }

    It 'is no success where -Consumer fits nobody, and takes a consumer once' {
        Set-Content pipeline.yml $to
        $null = & $daily @call -Consumer 'x*' -ErrorAction SilentlyContinue -ErrorVariable failed 6>&1
        $LASTEXITCODE | Should -Be 1
        $failed[-1].FullyQualifiedErrorId | Should -BeLike 'ConsumerUnknown,*'
        $said = @(& $daily @call -Consumer 'Marketing,Marketing' 6>&1)
        "$($said[-1])" | Should -BeLike '*delivered to 1 of 1 consumers'
    }

    It 'checks itself, and leaves nothing behind and nobody told' {
        Set-Content check.yml 'notify: {webhooks: {ops: {url: "http://127.0.0.1:9/"}}}', "consumers: {Marketing: {destination: checked/drop}}"
        $before = (Get-FileHash w.duckdb).Hash
        $self = @{ Warehouse = 'w.duckdb'; Config = 'check.yml'; Consumer = 'Marketing'; SelfCheck = $true; LogPath = 'checked/logs'; ErrorAction = 'SilentlyContinue' }
        $said = & $daily @self 3>&1 6>&1
        $LASTEXITCODE | Should -Be 0
        "$said" | Should -BeLike 'LoyaltyPipeline * ready to run and to deliver to 1 consumers'
        $null = New-Item -Force -ItemType Directory checked/drop
        $said = & $daily @self -Landing nowhere 3>&1 6>&1
        $LASTEXITCODE, "$said" | Should -Be 1, ''
        (Get-ChildItem checked -Recurse).FullName | Should -Be (Join-Path $TestDrive checked drop)
        $null = & $daily @self -RunDate 2026-02-30 3>&1 6>&1
        $LASTEXITCODE | Should -Be 1
        (Get-FileHash w.duckdb).Hash | Should -Be $before
        Set-Content held $null
        $self.LogPath = 'held'
        $said = & $daily @self 3>&1 6>&1
        $LASTEXITCODE | Should -Be 2
        "$said" | Should -BeLike '*The log cannot be written*'
    }

    It 'takes several landings as a command line has them, and one whose name has a comma' {
        $null = New-Item -ItemType Directory one, 'two, and three'
        Set-Content one/SUPPORT_CALLS.csv 'USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS'
        Set-Content 'two, and three/SUPPORT_CHATS.csv' 'CHAT_ID,USER_ID,STARTED_AT,DURATION_SECONDS,SATISFACTION'
        $null = & $daily @call -Consumer @() -Landing 'one, two, and three' -ErrorAction SilentlyContinue 6>&1
        $LASTEXITCODE | Should -Be 1 -Because 'there is no "two", nor "and three"'
        $before = @(Get-LoyaltyRun -Kind Import -Warehouse w.duckdb).Count
        $null = & $daily @call -Consumer @() -Landing 'one,one' 6>&1
        $null = & $daily @call -Consumer @() -Landing 'two, and three' 6>&1
        # The same place twice is read once.
        @(Get-LoyaltyRun -Kind Import -Warehouse w.duckdb).Count - $before | Should -Be 2
    }

    It 'takes no empty text for no landing: <Landing>' -TestCases @(
        @{ Landing = '' }
        @{ Landing = ' ' }
        @{ Landing = ',' }
        @{ Landing = 'one,' }
        @{ Landing = $null }
    ) {
        $before = @(Get-LoyaltyRun -Warehouse w.duckdb).Count
        $null = & $daily @call -Landing $Landing -ErrorAction SilentlyContinue -ErrorVariable failed 6>&1
        $LASTEXITCODE | Should -Be 1
        "$failed" | Should -Match 'A path of -Landing is empty'
        @(Get-LoyaltyRun -Warehouse w.duckdb).Count | Should -Be $before
    }

    It 'takes an empty list for no landing' {
        $null = & $daily @call -Consumer @() -Landing @() 6>&1
        $LASTEXITCODE | Should -Be 0
    }

    It 'takes no empty text for today' {
        $arguments = $call + @{}
        $arguments.RunDate = ''
        $null = & $daily @arguments -ErrorAction SilentlyContinue -ErrorVariable failed 6>&1
        $LASTEXITCODE | Should -Be 1
        "$failed" | Should -Match 'is not a day'
    }

    It 'leaves the preferences of its caller as they are' {
        $ConfirmPreference, $ErrorActionPreference, $ProgressPreference | Should -Be High, Stop, Continue
    }
}
