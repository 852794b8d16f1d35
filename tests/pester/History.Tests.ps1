# Get-LoyaltyHistory and Compress-LoyaltyHistory.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $null = Open-Warehouse Merged $TestDrive
}

AfterAll {
    Disconnect-LoyaltyWarehouse
}

Describe 'Versions' {
    It 'say what Master was on each day' {
        $all = Get-LoyaltyHistory
        foreach ($asOf in $day.AddDays(-2), $day.AddDays(-1), $day) {
            $expected = $all | Where-Object { $_.ValidFrom -le $asOf -and ($null -eq $_.ValidTo -or $_.ValidTo -gt $asOf) }
            $expected.Count | Should -BeGreaterThan 190
            (Get-LoyaltyHistory -AsOf $asOf).UserId | Should -Be $expected.UserId
        }
    }

    It 'have the columns of Master as properties' {
        $high = Get-LoyaltyHistory -AsOf $day | Where-Object ENGAGEMENT_SCORE -GT 50
        @($high).Count | Should -BeGreaterThan 0
        $high.ENGAGEMENT_SCORE | Measure-Object -Minimum | ForEach-Object Minimum | Should -BeGreaterThan 50
        ($high[0] | Select-Object USER_ID, REGION_CODE).USER_ID | Should -Be $high[0].UserId
    }

    It 'follow one another: the last of a user has no end' {
        $versions = @(Get-LoyaltyHistory -UserId 1)
        $versions[-1].ValidTo | Should -BeNullOrEmpty
        for ($i = 1; $i -lt $versions.Count; $i++) { $versions[$i].ValidFrom | Should -Be $versions[$i - 1].ValidTo }
        $versions[0].ValidFrom | Should -Be $day.AddDays(-2)
    }

    It 'are asked for by <Script>' -TestCases @(
        @{ Script = 'Get-LoyaltyHistory 5, 3' }
        @{ Script = "3, '5' | Get-LoyaltyHistory" }
        @{ Script = '[pscustomobject]@{ UserId = 3 }, [pscustomobject]@{ UserId = 5 } | Get-LoyaltyHistory' }
        @{ Script = 'Get-EngagementSegment | Where-Object UserId -in 3, 5 | Get-LoyaltyHistory' }
    ) {
        (& ([scriptblock]::Create($Script))).UserId | Sort-Object -Unique | Should -Be 3, 5
    }

    It 'stand for the last written day before one that is not' {
        @(Get-LoyaltyHistory -AsOf 2026-07-15).Count | Should -Be 200
        { Get-LoyaltyHistory -AsOf 2020-01-01 -ErrorAction Stop } | Should -Throw -ErrorId 'DayNotWritten,*'
    }

    It 'refuse <Arguments>' -TestCases @(
        @{ Arguments = '-Between 2026-06-30' }
        @{ Arguments = '-Between 2026-06-28, 2026-06-29, 2026-06-30' }
        @{ Arguments = '-Between 2026-06-28, 30.6.2026' }
        @{ Arguments = '-Between 2026-06-28, 2026-06-29 -AsOf 2026-06-30' }
        @{ Arguments = '@()' }
    ) {
        { & ([scriptblock]::Create("Get-LoyaltyHistory $Arguments")) } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }
}

Describe 'Changes' {
    It 'are who changed segment, before and after' {
        $changes = @(Get-LoyaltyHistory -Between 2026-06-28, 2026-06-30)
        $changes.Column | Sort-Object -Unique | Should -Be 'ENGAGEMENT_SEGMENT'
        $changes.Before + $changes.After | Sort-Object -Unique | Where-Object { $_ -cnotin 'Highly Engaged', 'Engaged', 'Low Engagement', 'Unscored' } | Should -BeNullOrEmpty
        foreach ($change in $changes) {
            (Get-LoyaltyHistory $change.UserId -AsOf 2026-06-28).Segment | Should -Be $change.Before
            (Get-LoyaltyHistory $change.UserId -AsOf 2026-06-30).Segment | Should -Be $change.After
        }
    }

    It 'are of the columns that are asked for' {
        $changes = Get-LoyaltyHistory -Between ([datetime]'2026-06-28'), $day -Column LAST_*, ENGAGEMENT_SCORE
        $changes.Column | Sort-Object -Unique | Where-Object { $_ -notlike 'LAST_*' -and $_ -ne 'ENGAGEMENT_SCORE' } | Should -BeNullOrEmpty
        $changes.Count | Should -BeGreaterThan 5
        { Get-LoyaltyHistory -Between 2026-06-28, 2026-06-30 -Column SHOE_SIZE -ErrorAction Stop } | Should -Throw -ErrorId 'ColumnUnknown,*'
    }
}

Describe 'Thinning' {
    It 'asks first, and without a terminal says how to do without' {
        { Compress-LoyaltyHistory -KeepDaily 1 } | Should -Throw -ErrorId 'ConfirmationUnavailable,*'
    }

    It 'is planned as it is then done' {
        (Get-Help Compress-LoyaltyHistory -Parameter KeepDaily).description.Text | Should -BeLike 'Of how many calendar days *'
        (Get-Help Compress-LoyaltyHistory).examples.example[0].remarks.Text -join ' ' | Should -BeLike '*400 calendar days that end with the newest written day*'
        $plan = Compress-LoyaltyHistory -KeepDaily 2 -WhatIf
        $plan.Applied, $plan.DaysKept | Should -Be $false, 2
        $plan.DaysRemoved | Should -Be $day.AddDays(-2)
        $before = Get-LoyaltyHistory -AsOf 2026-06-29 | ConvertTo-Csv
        $done = Compress-LoyaltyHistory -KeepDaily 2 -Confirm:$false
        $done.Applied, $done.DaysKept, $done.VersionsAfter | Should -Be $true, 2, $plan.VersionsAfter
        { Get-LoyaltyHistory -AsOf 2026-06-28 -ErrorAction Stop } | Should -Throw -ErrorId 'DayNotWritten,*'
        (Get-LoyaltyHistory -AsOf 2026-06-29 | ConvertTo-Csv).Count | Should -Be $before.Count
    }
}
