# What the Tab key offers.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Tab' {
    It 'offers after <Line>' -TestCases @(
        @{ Line = 'Import-LoyaltySource x -Mode '; Offer = 'Append', 'Replace', 'Upsert' }
        @{ Line = 'Import-LoyaltySource x -Table user_a'; Offer = 'DW_A.USER_ACTIVITY' }
        @{ Line = 'Get-LoyaltyQuarantine -Table DW_C.'; Offer = 'DW_C.REGION_METADATA', 'DW_C.REGION_THRESHOLDS' }
        @{ Line = 'Get-LoyaltyQuarantine -Rule n'; Offer = 'not_null', 'null_key' }
        @{ Line = 'Test-PipelineIntegrity '; Offer = 'Anomalies', 'Deliveries', 'History', 'Master', 'Sources' }
        @{ Line = 'Test-PipelineIntegrity -Check master.un'; Offer = 'LOYALTY.MASTER.unique' }
        @{ Line = 'Test-PipelineIntegrity -Check *master*niq'; Offer = 'LOYALTY.MASTER.unique' }
        @{ Line = 'Test-PipelineIntegrity -Table user_a'; Offer = 'DW_A.USER_ACTIVITY' }
        @{ Line = 'Test-PipelineIntegrity -FailOn '; Offer = 'Error', 'Warning' }
        @{ Line = 'Get-LoyaltyRun -Kind '; Offer = 'Clear', 'Compress', 'Deliver', 'Erase', 'Import', 'Merge', 'Sample', 'Show', 'Suppress', 'Test', 'Undo' }
        @{ Line = 'Get-LoyaltyRun -Status '; Offer = 'Cancelled', 'Failed', 'Refused', 'Succeeded' }
        @{ Line = 'Export-EngagementSegment '; Offer = 'CustomerSuccess', 'Marketing' }
        @{ Line = 'Get-SegmentDelivery m'; Offer = 'Marketing' }
        @{ Line = 'Export-EngagementSegment -Column ENGAGEMENT_SC'; Offer = 'ENGAGEMENT_SCORE', 'ENGAGEMENT_SCORE_DATE' }
        @{ Line = 'Export-EngagementSegment -Compression '; Offer = 'Gzip', 'None', 'Zstd' }
        @{ Line = 'Get-SegmentDelivery -Status '; Offer = 'Cleared', 'Failed', 'Published', 'Started' }
        @{ Line = 'Export-EngagementSegment -ChecksumMode '; Offer = 'WhenRequired', 'WhenSupported' }
        @{ Line = 'Export-LoyaltyExtract '; Offer = 'ENGAGEMENT_BY_REGION', 'FEATURE_ADOPTION_BY_REGION', 'FEATURE_ADOPTION_TREND', 'RUN_HEALTH', 'SEGMENT_TREND' }
        @{ Line = 'Get-EngagementSegment -Segment low'; Offer = 'LowEngagement' }
        @{ Line = 'Find-LoyaltyPii mas'; Offer = 'LOYALTY.MASTER', 'LOYALTY.MASTER_MASKED' }
        @{ Line = 'Find-LoyaltyPii -Kind p'; Offer = 'PersonName', 'Phone' }
        @{ Line = 'Connect-LoyaltyWarehouse ./w'; Offer = './w.duckdb' }
    ) {
        Get-Offer $Line | Sort-Object | Should -Be ($Offer | Sort-Object)
    }

    It 'offers the days that are written, the newest first' {
        Get-Offer 'Get-LoyaltyHistory -AsOf ' | Should -Be '2026-06-30', '2026-06-29', '2026-06-28'
        Get-Offer 'Get-LoyaltyHistory -Between 2026-06-28, 2026-06-3' | Should -Be '2026-06-30'
        Get-Offer 'Get-LoyaltyRun -RunDate ' | Should -HaveCount 3
    }

    It 'offers the last week for days to be written, and where no warehouse is connected' {
        $week = 0..6 | ForEach-Object { [datetime]::UtcNow.AddDays(-$_).ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture) }
        Get-Offer 'Invoke-LoyaltyMerge ' | Should -Be $week
        Disconnect-LoyaltyWarehouse
        try { Get-Offer 'Get-LoyaltyHistory -AsOf ' | Should -Be $week } finally { $null = Connect-LoyaltyWarehouse w.duckdb }
    }

    It 'offers what the warehouse knows' {
        $rows = Get-FeatureAdoption
        Get-Offer 'Get-FeatureAdoption -Feature ' | ForEach-Object { $_.Trim("'") } | Should -Be ($rows.FeatureName | Sort-Object -Unique)
        Get-Offer 'Get-FeatureAdoption ' | ForEach-Object { $_.Trim("'") } | Sort-Object | Should -Be ($rows.RegionCode | Sort-Object -Unique)
    }

    It 'offers the consumers and checks of the configuration that the line or the location names' {
        "consumers: {Partner: {segment: Engaged}}`nintegrity: {own_checks: {odd: {description: is odd, query: SELECT 1}}}" | Set-Content own.yml
        Get-Offer 'Export-EngagementSegment -Config own.yml -Consumer ' | Should -Be CustomerSuccess, Marketing, Partner
        Rename-Item own.yml pipeline.yml
        try {
            Get-Offer 'Export-EngagementSegment ' | Should -Contain Partner
            Get-Offer 'Test-PipelineIntegrity -Check own' | Should -Be own.odd
        }
        finally { Remove-Item pipeline.yml }
    }

    It 'offers parameters, those of S3 too' {
        Get-Offer 'Export-EngagementSegment -Endp' | Should -Be '-EndpointUrl'
        Get-Offer 'Clear-SegmentDelivery -Unf' | Should -Be '-UnfinishedFor'
    }
}
