# Whoever runs a cmdlet, wherever: the same days and decimals, and names that are found.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    $null = New-LoyaltySample -Users 5 -Days 30 -Path landing

    # Tables and lists show numbers as the reader writes them, but days as everybody does.
    function Get-Day($Object) { [regex]::Matches(($Object | Out-String -Width 120), '\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?').Value }

    # Days, a name with an i in each case, and texts that cmdlets make.
    $work = {
        $run = Get-LoyaltyRun -kind merge -status succeeded -Last 1
        try { Get-LoyaltyHistory -AsOf 2020-01-01 -ErrorAction Stop } catch { $_.Exception.Message }
        Get-Day ($run | Format-List)
        Get-Day $run
        Get-Day (Get-LoyaltyHistory -First 3)
        Get-Day (Get-EngagementSegment highlyengaged -First 5)
        "$(Get-LoyaltyHistory -Between 2026-06-29, 2026-06-30 -Column last_activity_at | Select-Object -First 3)"
        Get-LoyaltyHistory -First 3 | ConvertTo-Json
        @(Get-LoyaltyQuarantine -Table dw_a.user_activity -Rule null_key).Count
        (Import-LoyaltySource landing/USER_ACTIVITY.csv -Table user_activity -Mode upsert -WhatIf).RowsUsed
        Get-LoyaltyHistory -Between 2026-06-29, 2026-06-30 -Column engagement_score | Select-Object -First 3 | ForEach-Object { "$($_.Column)" }
        (Export-EngagementSegment marketing -Destination drop -Format csv -Compression gzip -Mode diff -WhatIf).Manifest
        (Test-PipelineIntegrity -Suite history -Check loyalty.history.unique -WhatIf -InformationAction Ignore).CheckId
        @(Get-LoyaltyRun -Kind Merge -RunDate $run.RunDate).Count
    }
    $expected = & $work
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe '<_>' -ForEach 'de-DE', 'tr-TR', 'ar-SA', 'th-TH' {
    BeforeAll {
        $before = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
        [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = $_
    }

    AfterAll {
        [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture = $before
    }

    It 'differs here in what it shows' {
        [datetime]::new(2026, 6, 30).ToString('d'), 1.5.ToString(), 'i'.ToUpper() -join ' ' | Should -Not -Be '06/30/2026 1.5 I'
    }

    It 'has the days, decimals and names that there are everywhere' {
        $expected.Count | Should -BeGreaterThan 20
        & $work | Should -Be $expected
    }

    It 'takes days from other cmdlets and from files' {
        (Get-LoyaltyRun -RunDate (Get-Date -Year 2026 -Month 6 -Day 30 -Hour 12).Date).Count | Should -BeGreaterThan 0
        $null = Export-EngagementSegment CustomerSuccess -Destination drop -Compression None
        $rows = Get-ChildItem drop -Recurse -Filter part-*.csv | Select-Object -First 1 | Import-Csv
        $rows[0].ENGAGEMENT_SCORE | Should -Match '^\d+\.\d+$'
        $rows[0].ENGAGEMENT_SCORE_DATE | Should -Match '^2026-\d\d-\d\d$'
        Get-LoyaltyRun | Select-Object -First 1 | Export-Csv run.csv
        (Import-Csv run.csv).Seconds | Should -Not -BeNullOrEmpty
    }
}
