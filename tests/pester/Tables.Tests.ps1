# What people see on a terminal: tables at 80 and at 120 columns, lists. C# tests compare each whole table with an approved one.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    $sample = New-LoyaltySample -Users 20 -Days 30 -Dirty -Path landing
    $imported = Import-LoyaltySource landing/USER_PROFILE.csv, landing/USER_ACTIVITY.csv -WhatIf
    Import-LoyaltySource landing/USER_PROFILE.csv -MaxRejected 0 -ErrorAction SilentlyContinue
    $delivery = Export-EngagementSegment CustomerSuccess -Destination drop
    'integrity: {own_checks: {odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER}}}' | Set-Content own.yml
    $shown = @{
        ImportResult    = $imported
        MergeResult     = Invoke-LoyaltyMerge $day -WhatIf
        RunRecord       = Get-LoyaltyRun
        QuarantinedRow  = Get-LoyaltyQuarantine -First 20
        UserVersion     = Get-LoyaltyHistory -First 5
        UserChange      = Get-LoyaltyHistory -Between 2026-06-28, 2026-06-30 -Column *
        SegmentMember   = Get-EngagementSegment -First 9
        FeatureAdoption = Get-FeatureAdoption
        PiiFinding = Find-LoyaltyPii
        DeliveryResult  = $delivery
        DeliveryRecord  = Get-SegmentDelivery
        DeliveryCheck   = $delivery | Test-SegmentDelivery
        CheckResult     = Test-PipelineIntegrity -Check own.odd, LOYALTY.MASTER.unique -Config own.yml -InformationAction Ignore
        SampleResult    = $sample
    }

    function Get-Text($Object, [int] $Width) { ($Object | Out-String -Width $Width -Stream).TrimEnd() }
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'A table of <Type>' -ForEach @(
    @{ Type = 'ImportResult'; Column = 'SourceTable', 'Read', 'Rejected'; Value = 'DW_A.USER_PROFILE' }
    @{ Type = 'MergeResult'; Column = 'RunDate', 'Outcome', 'Users', 'Quarantined'; Value = '2026-06-30 +Planned' }
    @{ Type = 'RunRecord'; Column = 'Kind', 'RunDate', 'Status', 'ErrorId'; Value = 'TooManyRejected' }
    @{ Type = 'QuarantinedRow'; Column = 'SourceTable', 'Rule', 'Detail'; Value = 'DW_' }
    @{ Type = 'UserVersion'; Column = 'UserId', 'ValidFrom', 'Segment'; Value = '2026-06-28' }
    @{ Type = 'UserChange'; Column = 'UserId', 'Column', 'Before', 'After'; Value = 'LAST_ACTIVITY_AT' }
    @{ Type = 'SegmentMember'; Column = 'UserId', 'Segment', 'Score', 'Region'; Value = 'Low Engagement' }
    @{ Type = 'PiiFinding'; Column = 'Kind', 'Share', 'Declared', 'Column', 'Example'; Value = '\*\*\*' }
    @{ Type = 'FeatureAdoption'; Column = 'Region', 'Feature', 'Adopters', 'Rate'; Value = '\d %' }
    @{ Type = 'DeliveryResult'; Column = 'Consumer', 'Segment', 'Outcome', 'Rows'; Value = 'Published' }
    @{ Type = 'DeliveryRecord'; Column = 'Consumer', 'Segment', 'Status', 'Rows'; Value = 'Published' }
    @{ Type = 'DeliveryCheck'; Column = 'Result', 'Check', 'Detail'; Value = 'passed +Sha256' }
    @{ Type = 'CheckResult'; Column = 'Status', 'CheckId', 'Violations'; Value = 'LOYALTY.MASTER.unique' }
    @{ Type = 'SampleResult'; Column = 'Users', 'FirstDay', 'LastDay', 'Rows', 'Planted'; Value = '2026-06-01 +2026-06-30' }
) {
    It 'fits <_> columns with all that matters, days in ISO' -ForEach 80, 120 {
        $lines = Get-Text $shown[$Type] $_
        $lines | Where-Object Length -GT $_ | Should -BeNullOrEmpty
        $header = $lines[[array]::FindIndex([string[]] $lines, [Predicate[string]] { $args[0] -match '^[ -]*---' }) - 1]
        foreach ($name in $Column) { $header | Should -Match "\b$name\b" }
        $text = $lines -join "`n"
        $text | Should -Match $Value
        $text | Should -Not -Match '…|\d+/\d+/\d{4}|LoyaltyPipeline\.|System\.'
    }
}

Describe 'A list' {
    It 'of <Type> has ISO days and no types of .NET' -TestCases @(
        @{ Type = 'RunRecord'; Value = 'RunDate +: 2026-06-30' }
        @{ Type = 'MergeResult'; Value = 'RunDate +: 2026-06-30' }
        @{ Type = 'SegmentMember'; Value = 'ScoreDate +: 2026-\d\d-\d\d' }
        @{ Type = 'DeliveryRecord'; Value = 'RunDate +: 2026-06-30' }
        @{ Type = 'ImportResult'; Value = 'RejectedByRule +: \w+ \d' }
    ) {
        $text = (Get-Text ($shown[$Type] | Format-List) 120) -join "`n"
        $text | Should -Match $Value
        $text | Should -Not -Match '\d+/\d+/\d{4}|LoyaltyPipeline\.|System\.'
    }
}

Describe 'A choice of columns' {
    It 'is the script writer''s' {
        $text = (Get-Text (Get-LoyaltyRun -Kind Merge -Last 1 | Format-Table RunDate, Status, Quarantined) 80) -join "`n"
        $text | Should -Match 'RunDate +Status +Quarantined'
        $text = (Get-Text (Get-EngagementSegment -First 3 | Select-Object UserId, Segment) 80) -join "`n"
        $text | Should -Match 'UserId +Segment'
        (Get-Text (Get-EngagementSegment | Format-Wide UserId -Column 4) 80).Count | Should -BeGreaterThan 10
    }
}
