# New-LoyaltySample.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Empty $TestDrive
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'A sample' {
    It 'fills the source tables, the same for the same seed' {
        $sample = New-LoyaltySample -Users 20 -Days 30
        $again = New-LoyaltySample -Users 20 -Days 30 -Force
        $sample.Users, $sample.Planted | Should -Be 20, 0
        $sample.LastDay | Should -Be $day
        ($sample.LastDay - $sample.FirstDay).Days | Should -Be 29
        $sample.Tables.Count | Should -Be $sources
        ($sample.Tables | Measure-Object Rows -Sum).Sum | Should -Be $sample.Rows
        $again.Rows | Should -Be $sample.Rows
        $runs = Get-LoyaltyRun -Kind Sample
        $runs.Status | Should -Be Succeeded, Succeeded
        $runs.Inserted | Should -Be $sample.Rows, $sample.Rows
        $runs.Deleted | Should -Be $sample.Rows, 0
    }

    It 'is written as files instead, whole or compressed' {
        $sample = New-LoyaltySample -Users 5 -Days 30 -LastDay 2026-03-31 -Path landing
        (Get-ChildItem landing -Filter *.csv).Count | Should -Be $sources
        (Import-Csv landing/USER_PROFILE.csv).Count | Should -Be 5
        $sample.LastDay | Should -Be ([datetime]'2026-03-31')
        $null = New-LoyaltySample -Users 5 -Days 30 -Path landing -Compress -Force
        (Get-ChildItem landing).Name | Should -BeLike '*.csv.gz'
    }

    It 'plants bad rows and says how many of which' {
        $sample = New-LoyaltySample -Users 50 -Days 30 -Dirty -Path dirty
        $sample.Planted | Should -BeGreaterThan 20
        ($sample.Tables | Where-Object Table -EQ DW_A.USER_PROFILE).Planted.Keys | Should -Contain 'accepted_values'
    }

    It 'overwrites nothing unless forced' {
        $null = New-LoyaltySample -Users 5 -Path taken
        { New-LoyaltySample -Users 5 -Path taken } | Should -Throw -ErrorId 'SampleTargetNotEmpty,*'
        { New-LoyaltySample -Users 5 -Path taken -WhatIf } | Should -Throw -ErrorId 'SampleTargetNotEmpty,*'
        $null = New-LoyaltySample -Users 5 -Force
        { New-LoyaltySample -Users 5 } | Should -Throw -ErrorId 'SampleTargetNotEmpty,*'
    }

    It 'is announced and not written with -WhatIf' {
        $before = @(Get-LoyaltyRun).Count
        New-LoyaltySample -Users 5 -Path planned -WhatIf | Should -BeNullOrEmpty
        New-LoyaltySample -Users 5 -Force -WhatIf | Should -BeNullOrEmpty
        'planned' | Should -Not -Exist
        @(Get-LoyaltyRun).Count | Should -Be $before
    }

    It 'is refused: <Arguments>' -TestCases @(
        @{ Arguments = '-Users 0' }
        @{ Arguments = '-Days 0' }
        @{ Arguments = '-Days 3661' }
        @{ Arguments = '-LastDay 06/30/2026' }
        @{ Arguments = '-LastDay 1989-12-31' }
        @{ Arguments = '-LastDay 2201-01-01' }
    ) {
        { & ([scriptblock]::Create("New-LoyaltySample $Arguments -Path refused")) } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
        'refused' | Should -Not -Exist
    }
}
