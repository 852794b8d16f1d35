# Get-LoyaltyUser.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $null = Open-Warehouse Merged $TestDrive
}

AfterAll {
    Disconnect-LoyaltyWarehouse
}

Describe 'A user' {
    It 'has all columns of Master, personal data masked, and is no run' {
        $runs = @(Get-LoyaltyRun).Count
        $user = Get-LoyaltyUser 3
        $user.Master.USER_ID | Should -Be 3
        $user.Master.EMAIL | Should -BeIn '***', $null
        $user.Master.Count | Should -Be @((Get-LoyaltyHistory 3)[0].PSObject.Properties.Where{ $_.Name -cmatch '^[A-Z_0-9]+$' }).Count
        $user.Versions.Count | Should -Be @(Get-LoyaltyHistory 3).Count
        $user.Versions[0].VALID_FROM | Should -Be $day.AddDays(-2)
        $user.Versions[-1].VALID_TO | Should -BeNullOrEmpty
        $user.Master.ENGAGEMENT_SEGMENT | Should -Be (Get-EngagementSegment | Where-Object UserId -EQ 3).Segment
        @(Get-LoyaltyRun).Count | Should -Be $runs
    }

    It 'shows personal data where that is asked for, which is logged' {
        $shown = 1..5 | Get-LoyaltyUser -ShowPersonalData
        $shown.Master.EMAIL | Where-Object { $_ -like '*@*' } | Should -Not -BeNullOrEmpty
        $log = @(Get-LoyaltyRun -Kind Show)
        $log.Count | Should -Be 5
        $log.RunId | Sort-Object | Should -Be ($shown.RunId | Sort-Object)
    }

    It 'comes from the pipeline, and who is not there is an error after which others go on' {
        $found = 999999, 4 | Get-LoyaltyUser -ErrorVariable missing -ErrorAction SilentlyContinue
        $found.UserId | Should -Be 4
        $missing.FullyQualifiedErrorId | Should -BeLike 'UserUnknown,*'
        (Get-EngagementSegment -First 2 | Get-LoyaltyUser).Count | Should -Be 2
    }

    It 'is shown in words, in 80 columns' {
        $lines = (Get-LoyaltyUser 3 | Out-String -Width 80).Trim() -split '\r?\n'
        $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
        $lines -match '^UserId +: 3$' | Should -Not -BeNullOrEmpty
        $lines -match ' to now: ' | Should -Not -BeNullOrEmpty
    }
}
