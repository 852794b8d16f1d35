# Undo-LoyaltyMerge.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $null = Open-Warehouse Merged $TestDrive
    $drop = Join-Path $TestDrive 'drop'
}

AfterAll {
    Disconnect-LoyaltyWarehouse
}

Describe 'Taking a day back' {
    It 'asks first, and without a terminal says how to do without' {
        { Undo-LoyaltyMerge $day } | Should -Throw -ErrorId 'ConfirmationUnavailable,*'
    }

    It 'is planned as it is then done, the newest day and one in between' {
        $master = { Get-EngagementSegment | Sort-Object UserId | ConvertTo-Csv }
        foreach ($taken in $day, $day.AddDays(-1)) {
            $runs = @(Get-LoyaltyRun).Count
            $before = & $master
            $plan = Undo-LoyaltyMerge -RunDate $taken -WhatIf
            $plan.Applied, $plan.WasNewest | Should -Be $false, ($taken -eq $day)
            @(Get-LoyaltyRun).Count | Should -Be $runs
            (& $master) | Should -Be $before
            $done = Undo-LoyaltyMerge $taken -Confirm:$false
            $done.Applied | Should -BeTrue
            foreach ($figure in 'RunDate', 'WasNewest', 'NewestDay', 'Users', 'UsersAffected', 'VersionsRemoved', 'VersionsJoined', 'Quarantined') {
                $done.$figure | Should -Be $plan.$figure
            }
            { Get-LoyaltyHistory -AsOf 2026-06-28 -First 1 -ErrorAction Stop } | Should -Not -Throw
            (Get-LoyaltyRun -Kind Undo -Last 1).RunDate | Should -Be $taken
            $null = Invoke-LoyaltyMerge $taken -Force -WarningAction Ignore
            (& $master) | Should -Be $before
        }
    }

    It 'leaves Master as of the newest day left, and no user of whom nothing is left' {
        $expected = (Get-LoyaltyHistory -AsOf $day.AddDays(-1)).UserId
        (Undo-LoyaltyMerge $day -Confirm:$false).NewestDay | Should -Be $day.AddDays(-1)
        (Get-EngagementSegment).UserId | Sort-Object | Should -Be $expected
        $null = Invoke-LoyaltyMerge $day -Force
    }

    It 'names deliveries made of the day, which can be piped on' {
        $delivery = Export-EngagementSegment Marketing -Destination $drop
        $undone = Undo-LoyaltyMerge $day -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike "1 delivery was made of 2026-06-30, and Marketing may have read it:*"
        $undone.Deliveries.DeliveryId | Should -Be $delivery.DeliveryId
        ($undone.Deliveries | Test-SegmentDelivery).Passed | Sort-Object -Unique | Should -BeTrue
        $null = Invoke-LoyaltyMerge $day -Force
        $next = Export-EngagementSegment Marketing -Destination $drop -Mode Diff
        $next.IsBackfill, $next.Rows | Should -Be $false, 0
    }

    It 'refuses a day that is not written, with those beside it' {
        { Undo-LoyaltyMerge 2026-07-04 -WhatIf } | Should -Throw -ErrorId 'DayNotWritten,*' -ExpectedMessage '2026-07-04 has not been written; the nearest written day is 2026-06-30.*'
        { Undo-LoyaltyMerge 2026-07-04 -Confirm:$false } | Should -Throw -ErrorId 'DayNotWritten,*'
        { Undo-LoyaltyMerge 06/07/2026 -WhatIf } | Should -Throw -ExpectedMessage '*is not a day*'
    }

    It 'leaves the whole sound' {
        $null = Undo-LoyaltyMerge $day.AddDays(-2) -Confirm:$false
        Test-PipelineIntegrity -Suite History, Master | Where-Object Status -in Failed, Error | Should -BeNullOrEmpty
    }
}
