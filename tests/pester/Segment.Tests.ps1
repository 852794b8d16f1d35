# Get-EngagementSegment, Get-FeatureAdoption and Export-LoyaltyExtract: what people read.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    $all = Get-EngagementSegment
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Segments' {
    It 'have every user once' {
        $all.UserId | Should -Be (1..200)
        $all.Segment | Where-Object { $_ -cnotin 'Highly Engaged', 'Engaged', 'Low Engagement', 'Unscored' } | Should -BeNullOrEmpty
    }

    It 'are named in either spelling and any case: <Name>' -TestCases @(
        @{ Name = 'HighlyEngaged'; Segment = 'Highly Engaged' }
        @{ Name = 'highly engaged'; Segment = 'Highly Engaged' }
        @{ Name = 'Low Engagement'; Segment = 'Low Engagement' }
    ) {
        $expected = @($all | Where-Object Segment -EQ $Segment)
        $expected.Count | Should -BeGreaterThan 0
        (Get-EngagementSegment $Name).UserId | Should -Be $expected.UserId
    }

    It 'are read by region and number' {
        $region = ($all | Where-Object RegionCode | Group-Object RegionCode | Sort-Object Count -Descending)[0].Name
        $expected = ($all | Where-Object RegionCode -EQ $region).UserId
        (Get-EngagementSegment -Region $region.ToLowerInvariant()).UserId | Should -Be $expected
        (Get-EngagementSegment -Region "$region*" -First 2).UserId | Should -Be $expected[0..1]
        Get-EngagementSegment -Region NOWHERE* | Should -BeNullOrEmpty
    }

    It 'tell nothing that leads to a person' {
        $all[0].psobject.Properties.Name | Should -Not -Contain 'Email'
        $all | ConvertTo-Json | Should -Not -Match '@'
    }

    It 'are refused: <Arguments>' -TestCases @(@{ Arguments = 'Best' }, @{ Arguments = "''" }, @{ Arguments = '-First 0' }) {
        { & ([scriptblock]::Create("Get-EngagementSegment $Arguments")) } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }
}

Describe 'Adoption of features' {
    It 'is counted by region and agrees with Master' {
        $rows = Get-FeatureAdoption
        ($rows | Measure-Object Adopters -Sum).Sum | Should -Be (Get-LoyaltyHistory -AsOf $day | Measure-Object FEATURES_ADOPTED -Sum).Sum
        $rows.SnapshotDate | Sort-Object -Unique | Should -Be $day
        foreach ($row in $rows | Where-Object ActiveUsers) { $row.AdoptionRate | Should -Be ([Math]::Round([decimal] $row.ActiveAdopters / $row.ActiveUsers, 4, 'AwayFromZero')) -Because "$($row.RegionCode) $($row.FeatureName)" }
    }

    It 'is read by region, module, feature and day' {
        $rows = Get-FeatureAdoption
        $one = $rows[0]
        $some = Get-FeatureAdoption -Region $one.RegionCode -Module $one.ModuleName -Feature "$($one.FeatureName.Substring(0, 3))*"
        $some.FeatureName | Should -Contain $one.FeatureName
        $some.RegionCode | Sort-Object -Unique | Should -Be $one.RegionCode
        @(Get-FeatureAdoption -AsOf 2026-07-15).Count | Should -Be $rows.Count
        { Get-FeatureAdoption -AsOf 2026-06-01 -ErrorAction Stop } | Should -Throw -ErrorId 'DayNotWritten,*'
    }
}

Describe 'Extracts' {
    It 'are written with a description beside them' {
        $extract = Export-LoyaltyExtract SEGMENT_TREND -Path trend.csv
        (Import-Csv trend.csv).Count | Should -Be $extract.Rows
        (Get-Content trend.json -Raw | ConvertFrom-Json).columns.name | Should -Be (Import-Csv trend.csv)[0].psobject.Properties.Name
        ('RUN_HEALTH', 'loyalty.engagement_by_region' | Export-LoyaltyExtract -Destination bi -Format Csv).Applied | Should -Be $true, $true
        (Get-ChildItem bi).Name | Sort-Object | Should -Be ENGAGEMENT_BY_REGION.csv, ENGAGEMENT_BY_REGION.json, RUN_HEALTH.csv, RUN_HEALTH.json
    }

    It 'are planned without writing' {
        $plan = Export-LoyaltyExtract SEGMENT_TREND -Destination planned -WhatIf
        $plan.Applied, $plan.Rows | Should -Be $false, (Import-Csv trend.csv).Count
        'planned' | Should -Not -Exist
    }

    It 'replace an earlier description beside them, and no other file' {
        $null = Export-LoyaltyExtract RUN_HEALTH mine.csv
        $null = Export-LoyaltyExtract SEGMENT_TREND mine.csv
        (Get-Content mine.json -Raw | ConvertFrom-Json).view | Should -Be LOYALTY.SEGMENT_TREND
        Remove-Item mine.csv
        foreach ($content in '{"name": "of another program"}', 'no JSON', '[1]', '') {
            Set-Content mine.json $content -NoNewline
            { Export-LoyaltyExtract RUN_HEALTH mine.csv } | Should -Throw -ErrorId 'DestinationInvalid,*' -ExpectedMessage '*mine.json, and there is another file of that name*'
            { Export-LoyaltyExtract RUN_HEALTH mine.csv -WhatIf } | Should -Throw -ErrorId 'DestinationInvalid,*'
            Get-Content mine.json -Raw | Should -Be $($content ? $content : $null)
            'mine.csv' | Should -Not -Exist
        }
    }

    It 'name what lies where their folder is to be: <Line>' -TestCases @(
        @{ Line = 'Export-LoyaltyExtract RUN_HEALTH -Destination dangling'; ErrorId = 'DestinationInvalid' }
        @{ Line = 'Export-LoyaltyExtract RUN_HEALTH -Path dangling/below/x.csv'; ErrorId = 'DestinationInvalid' }
        @{ Line = 'Export-EngagementSegment Marketing -Destination dangling'; ErrorId = 'DestinationInvalid' }
        @{ Line = 'Test-PipelineIntegrity Master -OutFile dangling/x.json'; ErrorId = 'ReportUnwritable' }
    ) {
        if (-not (Get-Item dangling -ErrorAction Ignore)) { $null = New-Item dangling -ItemType SymbolicLink -Target (Join-Path $TestDrive nothing) -Force }
        { & ([scriptblock]::Create("$Line -ErrorAction Stop")) } | Should -Throw -ErrorId "$ErrorId,*" -ExpectedMessage "*dangling is a link that leads to nothing, $(Join-Path $TestDrive nothing)*"
    }

    It 'are refused: <Arguments>' -TestCases @(
        @{ Arguments = 'MASTER -Path m.csv'; ErrorId = 'ViewNotForReaders' }
        @{ Arguments = 'RUN_HEALTH -Path m.txt'; ErrorId = 'DestinationInvalid' }
    ) {
        { & ([scriptblock]::Create("Export-LoyaltyExtract $Arguments -ErrorAction Stop")) } | Should -Throw -ErrorId "$ErrorId,*"
        'm.csv' | Should -Not -Exist
    }
}
