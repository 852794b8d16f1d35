# Send-LoyaltyNotification. What goes over the wire, and what when it fails, the tests of Core show.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    . "$PSScriptRoot/Support/Webhook.ps1"
}

AfterAll {
    Get-Job | Remove-Job -Force
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Being told' {
    It 'of a failure, once, and of the recovery' {
        $hook = Start-Webhook 2
        try { Invoke-LoyaltyMerge -RunDate 2026-06-30 -Config nowhere.yml -ErrorAction Stop } catch { $failure = $_ }

        $sent = Send-LoyaltyNotification Failed -ErrorRecord $failure -RunDate 2026-06-30 -Config notify.yml
        "$($sent.Channel) $($sent.Event) $($sent.Status)" | Should -Be 'ops Failure Sent'
        (Send-LoyaltyNotification Failed -ErrorRecord $failure -Config notify.yml).Status | Should -Be Silent
        (Send-LoyaltyNotification Sound -Config notify.yml).Event | Should -Be Recovery
        Send-LoyaltyNotification Sound -Config notify.yml | Should -BeNullOrEmpty

        $told = Receive-Webhook $hook
        $told.event | Should -Be failure, recovery
        $told[0].title | Should -Be 'Loyalty pipeline: the run of 2026-06-30 failed (ConfigInvalid)'
        $told[0].reason | Should -BeLike 'There is no file*nowhere.yml.'
        $told[0].remedy | Should -Be 'Check the path.'
        $told[0].link | Should -Be 'https://intranet.example/page'
        $told[0].run_id | Should -Be (Get-LoyaltyRun -Last 1).RunId
    }

    It 'of checks that failed' {
        $hook = Start-Webhook
        Set-Content own.yml 'integrity: {own_checks: {odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER}}}'
        $results = Test-PipelineIntegrity -Check own.odd -Config own.yml -InformationAction Ignore
        ($results | Send-LoyaltyNotification NotSound -Config notify.yml).Event | Should -Be NotSound
        $told = Receive-Webhook $hook
        $told.reason_id | Should -Be own.odd
        $told.reason | Should -BeLike 'own.odd: *is odd*'
    }

    It 'fails with a warning, and the pipeline goes on' {
        $hook = Start-Webhook -Status 500
        $sent = Send-LoyaltyNotification Failed -Config notify.yml -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction Stop
        $sent.Status | Should -Be Failed
        $warned | Should -Be 'The webhook ops could not be told: 127.0.0.1 answers 500 InternalServerError.'
        $null = Receive-Webhook $hook
    }

    It 'says nothing of what a script threw' {
        $hook = Start-Webhook 3
        foreach ($thrown in 'personal ada@example.com secret', 'Lovelace', 'Lovelace, Ada') {
            try { throw $thrown } catch { $null = Send-LoyaltyNotification Failed -ErrorRecord $_ -Config notify.yml -Warehouse nowhere.duckdb }
        }
        $told = Receive-Webhook $hook
        $told.reason_id | Should -Be RuntimeException, RuntimeException, RuntimeException
        $told | ConvertTo-Json | Should -Not -Match 'ada|Lovelace|secret'
    }

    It 'says what a script found in the configuration' {
        $hook = Start-Webhook 2
        Set-Content bad.yml 'guards: {deletes: 10}'
        $found = Test-LoyaltyConfig bad.yml -Offline
        foreach ($target in $found, 'Lovelace') {
            try { Write-Error Lovelace -ErrorId $found.ErrorId -TargetObject $target -ErrorAction Stop }
            catch { $null = Send-LoyaltyNotification Failed -ErrorRecord $_ -Config notify.yml -Warehouse nowhere.duckdb }
        }
        $told = Receive-Webhook $hook
        $told.reason_id | Should -Be ConfigInvalid, ConfigInvalid
        $told[0].reason | Should -BeLike '*bad.yml line 1, guards.deletes: *percentage*'
        $told.remedy | Should -BeLike 'Correct the configuration*'
        $told | ConvertTo-Json | Should -Not -Match Lovelace
    }

    It 'sends nothing with -WhatIf, and nothing where nobody is to be told' {
        Set-Content gone.yml "notify: {webhooks: {ops: {url: 'http://127.0.0.1:9/'}}}"
        (Send-LoyaltyNotification Failed -Config gone.yml -WhatIf).Status | Should -Be Planned
        Set-Content nobody.yml 'guards: {deletes: 10%}'
        Send-LoyaltyNotification Failed -Config nobody.yml | Should -BeNullOrEmpty
    }

    It 'comes also of a configuration that is wrong elsewhere' {
        $hook = Start-Webhook
        Add-Content notify.yml 'guards: {deletes: 10}'
        { Invoke-LoyaltyMerge -Config notify.yml } | Should -Throw -ErrorId 'ConfigInvalid,*'
        (Send-LoyaltyNotification Failed -ErrorRecord $Error[0] -Config notify.yml).Status | Should -Be Sent
        (Receive-Webhook $hook).reason_id | Should -Be ConfigInvalid
    }
}
