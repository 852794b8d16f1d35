# Get-LoyaltyStatus and Get-LoyaltySource.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    $tomorrow = $day.AddDays(1)
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'The status' {
    It 'says why not all is well, until it is' {
        $before = Get-LoyaltyStatus -AsOf $tomorrow
        $before.IsWell | Should -BeFalse
        $before.Reasons | Should -Contain 'No checks have been made yet.'
        Get-LoyaltyStatus -AsOf $tomorrow -Quiet | Should -BeFalse
        $null = Test-PipelineIntegrity -Suite Master, History -InformationAction Ignore -WarningAction Ignore
        $after = Get-LoyaltyStatus -AsOf $tomorrow
        $after.Reasons | Where-Object { $_ -like '*checks*' } | Should -BeNullOrEmpty
        $after.Checks | Should -BeGreaterThan 50
        if ($after.ChecksNotPassed) { $after.ChecksNotPassed[0].CheckId | Should -BeOfType ([string]) }
        $after.IsWell | Should -Be ($after.Reasons.Count -eq 0)
        Get-LoyaltyStatus -AsOf $tomorrow -Quiet | Should -Be $after.IsWell
        (Get-LoyaltyStatus).DaysMissing | Should -BeGreaterThan 0
    }

    It 'is one screen of 80 columns in words' {
        $lines = (Get-LoyaltyStatus -AsOf $tomorrow | Out-String -Width 80).Trim() -split '\r?\n'
        $lines.Count | Should -BeLessThan 40
        $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
        $lines -match '^NewestDay +: 2026-06-30$' | Should -Not -BeNullOrEmpty
        $lines -match '^Users +: 200, .* since the day before$' | Should -Not -BeNullOrEmpty
        $lines -match '^HeldBy +: nobody$' | Should -Not -BeNullOrEmpty
    }

    It 'writes nothing' {
        $runs = @(Get-LoyaltyRun).RunId
        $null = Get-LoyaltyStatus; $null = Get-LoyaltySource
        @(Get-LoyaltyRun).RunId | Should -Be $runs
    }

    It 'says of a warehouse that another process has open that it cannot be seen' {
        $held = Join-Path $TestDrive 'held.duckdb'
        $null = Connect-LoyaltyWarehouse $held -WarningAction Ignore
        $null = Initialize-LoyaltyWarehouse
        try {
            $seen = Invoke-Pwsh '-Command', "
                Import-Module '$manifest'
                `$status = Get-LoyaltyStatus -Warehouse '$held'
                `$status.IsWell, `$status.Verdict, [bool] `$status.HeldBy, (Get-LoyaltyStatus -Warehouse '$held' -Quiet) -join '|'"
            $seen.Error | Should -BeNullOrEmpty
            $seen.Output | Should -Be 'False|Whether all is well cannot be seen now.|True|False'
        }
        finally {
            $null = Open-Warehouse Merged $TestDrive
        }
    }
}

Describe 'Sources' {
    It 'are all of the catalog, with what is in them' {
        $states = Get-LoyaltySource
        $states.Count | Should -Be $sources
        ($states | Where-Object Table -eq DW_A.USER_PROFILE).Required | Should -BeTrue
        ($states | Where-Object Table -eq DW_A.USER_PROFILE).Rows | Should -BeGreaterThan 190
        ($states | Where-Object Table -eq DW_A.USER_ACTIVITY).IsFresh | Should -BeTrue
    }

    It 'are chosen by name or pattern, and know their last import' {
        $null = New-LoyaltySample -Users 5 -Days 3 -Path landing
        $null = Import-LoyaltySource landing/SUPPORT_CHATS.csv -WarningAction Ignore -ErrorAction SilentlyContinue
        $chats = Get-LoyaltySource SUPPORT_CHATS
        $chats.LastFile | Should -Be SUPPORT_CHATS.csv
        $chats.LastImport | Should -BeGreaterThan ([datetime]::UtcNow.AddMinutes(-10))
        ('USER_*', 'REGION_*' | Get-LoyaltySource).Table | Should -Be DW_A.USER_PROFILE, DW_A.USER_ACTIVITY, DW_C.REGION_METADATA, DW_C.REGION_THRESHOLDS
    }

    It 'that are away are said to be' {
        'sources: {DW_C: {file: nowhere.duckdb, schema: main}}' | Set-Content away.yml
        $away = Get-LoyaltySource REGION_METADATA -Config away.yml
        $away.Rows | Should -BeNullOrEmpty
        $away.Remark | Should -BeLike '*nowhere.duckdb of source DW_C does not exist.'
        (Get-LoyaltySource USER_PROFILE -Config away.yml).Remark | Should -BeNullOrEmpty
    }
}
