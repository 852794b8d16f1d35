# What scripts do with the objects that cmdlets emit.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $null = Open-Warehouse Merged $TestDrive
    $initialized = Initialize-LoyaltyWarehouse -Warehouse ':memory:' -WhatIf
    $sample = New-LoyaltySample -Users 5 -Days 30 -Dirty -Path (Join-Path $TestDrive 'landing')
    $imported = Import-LoyaltySource (Join-Path $TestDrive 'landing/USER_*') -WhatIf
    $merged = @(Get-LoyaltyRun -Kind Merge | Sort-Object RunDate)
    # Before the first written day: everybody is new.
    $planned = Invoke-LoyaltyMerge $day.AddDays(-40) -WhatIf -WarningAction SilentlyContinue
    $delivered = Export-EngagementSegment Marketing -Destination (Join-Path $TestDrive 'drop')
    $cleared = Clear-SegmentDelivery Marketing -Destination (Join-Path $TestDrive 'drop') -OlderThan 2062-01-01 -Confirm:$false
    $compressed = Compress-LoyaltyHistory -KeepDaily 1 -WhatIf
    $undone = Undo-LoyaltyMerge $day -WhatIf
    $suppressed = Add-LoyaltySuppression 5 -Until 2099-12-31
    $extract = Export-LoyaltyExtract SEGMENT_TREND -Path (Join-Path $TestDrive 'trend.csv')
    $checks = Test-PipelineIntegrity -Check LOYALTY.MASTER.*, DW_A.USER_PROFILE.* -WarningAction SilentlyContinue
    $emitted = @(
        $initialized; $sample; $sample.Tables; $imported; $imported.RejectedByRule; $merged; $merged.Steps; $merged.Sources; $planned; $planned.SegmentMoves; $delivered; $delivered.LeftOut; $delivered.Files
        $cleared; $compressed; $undone; $suppressed; Get-LoyaltySuppression; $extract; $checks; Get-LoyaltyRun; Get-LoyaltyQuarantine -First 5; Get-EngagementSegment; Get-FeatureAdoption; Find-LoyaltyPii; Get-LoyaltyHistory
        Get-LoyaltyHistory -Between 2026-06-28, 2026-06-30 -Column *; Get-SegmentDelivery; $delivered | Test-SegmentDelivery)
    $types = $emitted | Group-Object { $_.PSTypeNames[0] }
}

AfterAll {
    Disconnect-LoyaltyWarehouse
}

Describe 'Days' {
    It 'are compared, subtracted and sorted as dates' {
        ($merged | Where-Object RunDate -eq $day).RunId | Should -Be $merged[-1].RunId
        $merged[0].RunDate -lt $merged[1].RunDate | Should -BeTrue
        $merged[-1].RunDate -lt [datetime]::MaxValue | Should -BeTrue
        (New-TimeSpan $merged[0].RunDate $merged[-1].RunDate).Days | Should -Be 2
        ($merged | Sort-Object RunDate -Descending)[0].RunDate.ToString('yyyy-MM-dd') | Should -Be '2026-06-30'
    }

    It 'go through JSON, files and back' {
        ($merged[-1] | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json).RunDate | Should -Be $day
        $merged | Export-Clixml (Join-Path $TestDrive 'merged.xml')
        (Import-Clixml (Join-Path $TestDrive 'merged.xml'))[-1].RunDate | Should -Be $day
        $merged | Export-Csv (Join-Path $TestDrive 'merged.csv')
        [datetime](Import-Csv (Join-Path $TestDrive 'merged.csv'))[-1].RunDate | Should -Be $day
    }

    It 'are the beginning of a day without a zone, and times are UTC' {
        $some = foreach ($type in $types) { $type.Group | Select-Object -First 20 }
        $times = foreach ($object in $some) { $object.PSObject.Properties.Value | Where-Object { $_ -is [datetime] } }
        @($times).Count | Should -BeGreaterThan 200
        @($times | Where-Object Kind -eq Unspecified).Count | Should -BeGreaterThan 50
        @($times | Where-Object { $_.Kind -eq 'Unspecified' -and $_ -ne $_.Date }) | Should -BeNullOrEmpty
        @($times | Where-Object Kind -eq Local) | Should -BeNullOrEmpty
        @($some | ForEach-Object { $_.PSObject.Properties.Value } | Where-Object { $_ -is [DateOnly] -or $_ -is [TimeOnly] }) | Should -BeNullOrEmpty
    }

    It 'are taken as they are emitted in <_>' -ForEach 'th-TH', 'ar-SA' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            (Invoke-LoyaltyMerge (Get-LoyaltyRun -Kind Merge -RunDate $day -Last 1).RunDate).Outcome | Should -Be 'Unchanged'
            @(Get-LoyaltyHistory -Between $merged.RunDate[0, -1]).Count | Should -Be @(Get-LoyaltyHistory -Between ([datetime[]] $merged.RunDate[0, -1])).Count
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}

Describe 'Get-Member' {
    It 'shows no setter and nothing of how objects are made' {
        $types.Count | Should -BeGreaterThan 20
        foreach ($type in $types) {
            $members = $type.Group[0] | Get-Member
            $members.Name | Should -Not -Contain '<Clone>$' -Because $type.Name
            $members.Name | Should -Not -Contain 'Deconstruct' -Because $type.Name
            $members | Where-Object { $_.MemberType -eq 'Property' -and $_.Definition -like '*set;*' } | Should -BeNullOrEmpty -Because $type.Name
        }
    }
}

Describe 'Segments' {
    It 'are called the same wherever they are' {
        $members = @(Get-EngagementSegment | Where-Object Segment -eq 'Highly Engaged')
        $members.Count | Should -BeGreaterThan 0
        @(Get-LoyaltyHistory -AsOf $day | Where-Object Segment -eq 'Highly Engaged').USER_ID | Should -Be $members.UserId
        ($delivered | Where-Object Segment -eq 'Highly Engaged').DeliveryId | Should -Be $delivered.DeliveryId
        (Get-SegmentDelivery | Where-Object Segment -eq 'Highly Engaged').DeliveryId | Should -Be $delivered.DeliveryId
        $planned.SegmentMoves.To + $planned.SegmentMoves.From | Should -Contain 'Highly Engaged'
    }

    It 'are taken as <Name>' -TestCases @(@{ Name = 'HighlyEngaged' }, @{ Name = 'highly engaged' }, @{ Name = 'Highly Engaged' }) {
        @(Get-EngagementSegment $Name).UserId | Should -Be @(Get-EngagementSegment | Where-Object Segment -eq 'Highly Engaged').UserId
        (Export-EngagementSegment Other -Segment $Name -Destination (Join-Path $TestDrive 'other') -WhatIf).Segment | Should -Be 'Highly Engaged'
    }

    It 'are taken from the pipeline by name, and from pipeline.yml' {
        @(Get-SegmentDelivery | Get-EngagementSegment).UserId | Should -Be @(Get-EngagementSegment HighlyEngaged).UserId
        $config = Join-Path $TestDrive 'pipeline.yml'
        "consumers: {Partner: {segment: Low Engagement, destination: '$TestDrive/partner'}}" | Set-Content $config
        (Export-EngagementSegment Partner -Config $config -WhatIf).Segment | Should -Be 'Low Engagement'
    }

    It 'that do not exist are refused: <Name>' -TestCases @(
        @{ Name = 'Nobody'; ErrorId = 'CannotConvertArgumentNoMessage' }, @{ Name = 'Highly  Engaged'; ErrorId = 'CannotConvertArgumentNoMessage' }, @{ Name = ' '; ErrorId = 'ParameterArgumentTransformationError' }
    ) {
        { Get-EngagementSegment $Name } | Should -Throw -ErrorId "$ErrorId,LoyaltyPipeline.Commands.GetEngagementSegmentCommand"
    }
}

Describe 'Versions of users' {
    BeforeAll {
        $versions = Get-LoyaltyHistory -AsOf $day
    }

    It 'have the columns of Master as properties' {
        $engaged = @($versions | Where-Object ENGAGEMENT_SCORE -gt 50)
        $engaged.Count | Should -BeIn (1..199)
        $engaged.ENGAGEMENT_SCORE | ForEach-Object { $_ | Should -BeGreaterThan 50 }
        ($versions | Select-Object -First 1 USER_ID, ENGAGEMENT_SEGMENT, ENGAGEMENT_SCORE_DATE).PSObject.Properties.Value | Should -Not -Contain $null
        $versions[0].ENGAGEMENT_SCORE_DATE | Should -BeOfType datetime
        $versions[0].GetType().FullName | Should -Be 'LoyaltyPipeline.Core.History.UserVersion'
    }

    It 'make a file with each value once' {
        $versions | Export-Csv (Join-Path $TestDrive 'history.csv')
        $rows = Import-Csv (Join-Path $TestDrive 'history.csv')
        $names = $rows[0].PSObject.Properties.Name
        $rows.Count | Should -Be 200
        $names[0..2] | Should -Be 'USER_ID', 'ValidFrom', 'ValidTo'
        $names | Should -Contain 'ENGAGEMENT_SEGMENT'
        $names | Should -Not -Contain 'UserId'
        $names | Should -Not -Contain 'Segment'
        (Get-Content (Join-Path $TestDrive 'history.csv') -Raw) | Should -Not -Match 'System\.'
        ($versions[0] | ConvertTo-Json | ConvertFrom-Json).PSObject.Properties.Name | Sort-Object | Should -Be ($names | Sort-Object)
        ($versions[0] | Select-Object *).PSObject.Properties.Name | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'answer to the names of other objects and go on through the pipeline' {
        $versions[0].UserId | Should -Be $versions[0].USER_ID
        $versions[0].Segment | Should -Be $versions[0].ENGAGEMENT_SEGMENT
        @($versions | Select-Object -First 3 | Get-LoyaltyHistory -AsOf $day).USER_ID | Should -Be $versions[0..2].USER_ID
        @($versions | Select-Object -First 3 USER_ID | Get-LoyaltyHistory -AsOf $day).USER_ID | Should -Be $versions[0..2].USER_ID
        $versions | Select-Object -First 2 | Out-String | Should -Match 'UserId +ValidFrom'
    }
}

Describe 'The file of the dashboard' {
    It 'is emitted as Get-Item does' {
        $file = Export-PipelineDashboard (Join-Path $TestDrive 'dashboard.html')
        $item = Get-Item (Join-Path $TestDrive 'dashboard.html')
        foreach ($name in 'PSPath', 'PSParentPath', 'PSChildName', 'PSProvider', 'FullName', 'Length') { $file.$name | Should -Be $item.$name }
        $file | Copy-Item -Destination (Join-Path $TestDrive 'copy.html')
        Join-Path $TestDrive 'copy.html' | Should -Exist
    }

    It 'is found wherever the location is' {
        Push-Location Env:
        try {
            (Export-PipelineDashboard (Join-Path $TestDrive '.hidden.html')).Name | Should -Be '.hidden.html'
        }
        finally {
            Pop-Location
        }
    }
}
