# Export-EngagementSegment and Get-SegmentDelivery.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    @'
consumers:
  Partner: {segment: Engaged, destination: partner-drop, format: JsonLines, compression: None, columns: [USER_ID, ENGAGEMENT_*]}
  Ads: {segment: Engaged, destination: ads, compression: None, columns: [USER_ID, EMAIL, PHONE], redaction: {hashing: meta, default_region: US}}
  Plain: {segment: Engaged, destination: ads, compression: None, columns: [USER_ID, EMAIL], redaction: {email: keep}}
  Dialler: {segment: Engaged, destination: ads, compression: None, columns: [USER_ID, EMAIL, PHONE], redaction: {email: hmac, phone: e164, salt_variable: LOYALTY_PESTER_SECRET}}
'@ | Set-Content pipeline.yml
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'A delivery' {
    It 'is planned without writing' {
        $plan = Export-EngagementSegment Marketing -Destination drop -WhatIf
        $plan.Outcome | Should -Be 'Planned'
        $plan.Rows, $plan.Bytes | ForEach-Object { $_ | Should -BeGreaterThan 0 }
        $plan.Manifest | Should -BeLike "$TestDrive/drop/Marketing/HighlyEngaged/run_date=2026-06-30/*"
        'drop' | Should -Not -Exist
        Get-SegmentDelivery | Should -BeNullOrEmpty
    }

    It 'sends files, a manifest and latest.json, and nothing the second time' {
        $delivery = Export-EngagementSegment Marketing -Destination drop
        $delivery.Outcome, $delivery.Segment | Should -Be Published, 'Highly Engaged'
        $delivery.RunDate | Should -Be $day
        $delivery.Manifest | Should -Exist
        (Get-Content drop/Marketing/HighlyEngaged/latest.json -Raw | ConvertFrom-Json).delivery_id | Should -Be $delivery.DeliveryId
        (Export-EngagementSegment Marketing -Destination drop).Outcome | Should -Be 'AlreadyThere'
        @(Get-SegmentDelivery).Count | Should -Be 1
    }

    It 'keeps its files whatever else is written: <Line>' -TestCases @(
        @{ Line = 'Export-PipelineDashboard "$folder/page.html"'; ErrorId = 'ReportUnwritable' }
        @{ Line = 'Test-PipelineIntegrity Master -OutFile $folder/manifest.json'; ErrorId = 'ReportUnwritable' }
        @{ Line = 'Test-PipelineIntegrity Master -OutFile $feed/latest.json'; ErrorId = 'ReportUnwritable' }
        @{ Line = 'Test-PipelineIntegrity Master -OutFile link/manifest.json'; ErrorId = 'ReportUnwritable' }
        @{ Line = 'Test-PipelineIntegrity Master -OutFile copy/manifest.json'; ErrorId = 'ReportUnwritable' }
        @{ Line = 'Export-LoyaltyExtract RUN_HEALTH $folder/part-00001.csv.gz'; ErrorId = 'DestinationInvalid' }
        @{ Line = 'Export-LoyaltyExtract RUN_HEALTH copy/part-00001.csv.gz'; ErrorId = 'DestinationInvalid' }
        @{ Line = 'Export-LoyaltyExtract RUN_HEALTH copy/manifest.csv'; ErrorId = 'DestinationInvalid' }
        @{ Line = 'Export-LoyaltyExtract RUN_HEALTH $feed/latest.csv'; ErrorId = 'DestinationInvalid' }
        @{ Line = 'Export-LoyaltyExtract RUN_HEALTH -Destination $folder'; ErrorId = 'DestinationInvalid' }
    ) {
        $folder = Split-Path (Export-EngagementSegment Marketing -Destination kept).Manifest
        $feed = 'kept/Marketing/HighlyEngaged'
        if (-not (Test-Path copy)) { Copy-Item $folder copy -Recurse; $null = New-Item link -ItemType SymbolicLink -Target $folder }
        $before = (Get-ChildItem kept, copy -Recurse -File | Get-FileHash).Hash
        { & ([scriptblock]::Create("$Line -ErrorAction Stop")) } | Should -Throw -ErrorId "$ErrorId,*" -ExpectedMessage '*deliver*'
        (Get-ChildItem kept, copy -Recurse -File | Get-FileHash).Hash | Should -Be $before
    }

    It 'has a row for each user, without name and address' {
        $delivery = Export-EngagementSegment CustomerSuccess -Destination drop -Compression None
        $rows = Import-Csv (Join-Path (Split-Path $delivery.Manifest) $delivery.Files[0].Name)
        $rows.Count | Should -Be $delivery.Rows
        [long[]] $rows.USER_ID | Should -Be ([long[]] $rows.USER_ID | Sort-Object)
        (Get-EngagementSegment LowEngagement).UserId | Should -Contain ([long] $rows[0].USER_ID)
        $rows[0].psobject.Properties.Name | Should -Not -Contain 'FULL_NAME'
        $rows.EMAIL | Should -Not -Match '@'
    }

    It 'is what pipeline.yml of the location says' {
        $delivery = Export-EngagementSegment partner
        $delivery.Consumer, $delivery.Segment | Should -Be Partner, Engaged
        $delivery.Files.Name | Should -Be part-00001.jsonl
        (Get-Content (Join-Path (Split-Path $delivery.Manifest) part-00001.jsonl) -TotalCount 1 | ConvertFrom-Json).psobject.Properties.Name |
            Should -Be USER_ID, ENGAGEMENT_SCORE, ENGAGEMENT_SCORE_DATE, ENGAGEMENT_SEGMENT
    }

    It 'has the hashes that a platform finds people by, or numbers and codes of a secret' {
        $rows = foreach ($consumer in 'Ads', 'Dialler', 'Plain') {
            $env:LOYALTY_PESTER_SECRET = 'Jefe'
            try { $delivery = Export-EngagementSegment $consumer } finally { $env:LOYALTY_PESTER_SECRET = $null }
            @($delivery | Test-SegmentDelivery | Where-Object { -not $_.Passed }) | Should -BeNullOrEmpty
            , @(Import-Csv (Join-Path (Split-Path $delivery.Manifest) $delivery.Files[0].Name))
        }
        $sha256 = { [Convert]::ToHexStringLower([System.Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($args[0]))) }
        $known = $rows[1] | Where-Object PHONE -Like '+*' | Select-Object -First 1
        $known.PHONE | Should -Match '^\+1[0-9]{10}$'
        $upload = $rows[0] | Where-Object USER_ID -EQ $known.USER_ID
        $upload.PHONE | Should -Be (& $sha256 $known.PHONE.Substring(1))
        $address = ($rows[2] | Where-Object USER_ID -EQ $known.USER_ID).EMAIL.Trim(' ').ToLowerInvariant()
        $upload.EMAIL | Should -Be (& $sha256 $address)
        $mac = [System.Security.Cryptography.HMACSHA256]::HashData([Text.Encoding]::UTF8.GetBytes('Jefe'), [Text.Encoding]::UTF8.GetBytes($address))
        $known.EMAIL | Should -Be ([Convert]::ToHexStringLower($mac))
    }

    It 'of an earlier day is a backfill' {
        $delivery = Export-EngagementSegment Marketing -Destination drop -AsOf ([datetime]'2026-06-29')
        $delivery.RunDate, $delivery.IsBackfill | Should -Be $day.AddDays(-1), $true
        (Export-EngagementSegment Marketing -Destination drop -AsOf 2026-07-15 -WhatIf).RunDate | Should -Be $day
    }

    It 'takes a segment in either spelling' {
        foreach ($segment in 'HighlyEngaged', 'Highly Engaged') {
            (Export-EngagementSegment Other -Segment $segment -Destination other -WhatIf).Segment | Should -Be 'Highly Engaged'
        }
    }
}

Describe 'Consumers and deliveries' {
    It 'come through the pipeline' {
        $planned = 'Marketing', 'CustomerSuccess' | ForEach-Object { [pscustomobject]@{ Consumer = $_ } } | Export-EngagementSegment -Destination piped
        $planned.Consumer | Should -Be Marketing, CustomerSuccess
        ($planned[1] | Get-SegmentDelivery).Consumer | Should -Be CustomerSuccess
    }

    It 'are logged, the newest first' {
        $log = Get-SegmentDelivery
        $log[0].Consumer | Should -Be CustomerSuccess
        $log.PublishedAt | Should -Be ($log.PublishedAt | Sort-Object -Descending)
        (Get-SegmentDelivery marketing -Status Published -Last 1).DeliveryId | Should -Be ($log | Where-Object Consumer -EQ Marketing)[0].DeliveryId
        (Get-SegmentDelivery -DeliveryId $log[2].DeliveryId).Manifest | Should -Be $log[2].Manifest
        (Get-LoyaltyRun -Kind Deliver).Count | Should -BeGreaterOrEqual $log.Count
    }
}

Describe 'Changes since the last delivery' {
    It 'are sent alone, and once' {
        $first = Export-EngagementSegment Feed -Segment Engaged -Destination feed -AsOf 2026-06-28
        $diff = Export-EngagementSegment Feed -Segment Engaged -Destination feed -Mode Diff -Force -WarningAction SilentlyContinue
        $diff.BaseDeliveryId | Should -Be $first.DeliveryId
        $diff.Rows | Should -Be ($diff.Added + $diff.Changed + $diff.Removed)
        $diff.Audience | Should -Be ($first.Rows + $diff.Added - $diff.Removed)
        (Export-EngagementSegment Feed -Segment Engaged -Destination feed -Mode Diff).Outcome | Should -Be AlreadyThere
    }
}

Describe 'What cannot be delivered' {
    It 'is an error: <Arguments>' -TestCases @(
        @{ Arguments = ''; ErrorId = 'ConsumerUnknown' }
        @{ Arguments = 'Sales -Destination no'; ErrorId = 'ConsumerUnknown' }
        @{ Arguments = 'Marketing'; ErrorId = 'DestinationInvalid' }
        @{ Arguments = 'Marketing -Destination Env:PATH'; ErrorId = 'DestinationInvalid' }
        @{ Arguments = 'Marketing -Destination no -AsOf 2026-06-01'; ErrorId = 'DayNotWritten' }
        @{ Arguments = 'Marketing -Destination no -Column USER_ID, SHOE_SIZE'; ErrorId = 'ColumnUnknown' }
        @{ Arguments = 'Marketing -Destination no -Column EMAIL'; ErrorId = 'DeliveryInvalid' }
        @{ Arguments = 'Marketing -Destination no -Encryption Kms'; ErrorId = 'DestinationInvalid' }
        @{ Arguments = "Marketing -Destination no -Stage '@~/mine'"; ErrorId = 'StageInvalid' }
        @{ Arguments = 'Marketing -Destination no -Config absent.yml'; ErrorId = 'ConfigInvalid' }
    ) {
        { & ([scriptblock]::Create("Export-EngagementSegment $Arguments")) } | Should -Throw -ErrorId "$ErrorId,*"
        'no' | Should -Not -Exist
    }

    It 'is refused before anything is done: <Arguments>' -TestCases @(
        "''", "Marketing -Destination ''", 'Marketing -Segment Best', 'Marketing -Format Xlsx', 'Marketing -Mode Partly', 'Marketing -AsOf 30.06.2026', 'Marketing -Tag marketing', 'Marketing -Tag $null' | ForEach-Object { @{ Arguments = $_ } }
    ) {
        { & ([scriptblock]::Create("Export-EngagementSegment $Arguments")) } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }
}
