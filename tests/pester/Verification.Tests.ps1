# Test-SegmentDelivery and Clear-SegmentDelivery: what becomes of deliveries where they lie.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    $delivery = Export-EngagementSegment Marketing -Destination drop -Compression None
    $other = Export-EngagementSegment CustomerSuccess -Destination drop -Compression None
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'A delivery' {
    It 'is verified from <Script>' -TestCases @(
        @{ Script = 'Get-SegmentDelivery' }
        @{ Script = '$delivery, $other' }
        @{ Script = "Get-ChildItem drop -Recurse -Filter manifest.json" }
        @{ Script = "'drop/Marketing/HighlyEngaged', 'TestDrive:/drop/CustomerSuccess/LowEngagement/latest.json'" }
    ) {
        $checks = & ([scriptblock]::Create($Script)) | Test-SegmentDelivery
        $checks.Passed | Should -Not -Contain $false
        ($checks | Group-Object DeliveryId).Count | Should -Be 2
        ($checks | Where-Object Check -EQ Sha256).Count | Should -Be 2
    }

    It 'is one Boolean with -Quiet' {
        Test-SegmentDelivery drop/Marketing/HighlyEngaged -Quiet | Should -BeTrue
        @($delivery, $other | Test-SegmentDelivery -Quiet) | Should -Be @($true)
        @(Test-SegmentDelivery nowhere -Quiet -ErrorAction SilentlyContinue) | Should -Be @($false)
    }

    It 'that was changed fails its checks, which is no error' {
        $part = Get-ChildItem (Split-Path $delivery.Manifest) -Filter part-*
        $before = Get-Content $part -Raw
        Add-Content $part '1'
        try {
            ($delivery | Test-SegmentDelivery -ErrorVariable failed | Where-Object -Not Passed).Check | Should -Contain 'Sha256'
            $failed | Should -BeNullOrEmpty
            @($delivery, $other | Test-SegmentDelivery -Quiet) | Should -Be @($false)
        }
        finally {
            Set-Content $part $before -NoNewline
        }
    }

    It 'that is not there is an error, and the next one is verified all the same' {
        $checks = 'nowhere', 'drop/Marketing/HighlyEngaged' | Test-SegmentDelivery -ErrorAction SilentlyContinue -ErrorVariable missing
        $missing.FullyQualifiedErrorId | Should -BeLike 'DeliveryNotFound,*'
        $missing.TargetObject | Should -Be (Join-Path $TestDrive nowhere)
        $checks.Passed | Should -Not -Contain $false
        { Test-SegmentDelivery nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'DeliveryNotFound,*'
    }

    It 'whose manifest is none is an error' {
        $copy = Copy-Item drop/CustomerSuccess copied -Recurse -PassThru
        $manifest = Get-ChildItem copied -Recurse -Filter manifest.json
        Set-Content $manifest '{"rows": 1}'
        { $manifest | Test-SegmentDelivery -ErrorAction Stop } | Should -Throw -ErrorId 'ManifestInvalid,*'
    }
}

Describe 'Clearing' {
    BeforeAll {
        $newer = Export-EngagementSegment Marketing -Destination drop -Compression None -Column USER_ID
        $clear = @{ Consumer = 'Marketing'; Destination = 'drop'; OlderThan = [datetime]::UtcNow.AddDays(1) }
    }

    It 'asks first, and without a terminal says how to do without' {
        { Clear-SegmentDelivery @clear } | Should -Throw -ErrorId 'ConfirmationUnavailable,*'
        $delivery.Manifest | Should -Exist
    }

    It 'removes what a newer delivery has taken the place of, as planned' {
        $plan = Clear-SegmentDelivery @clear -WhatIf
        $plan.Removed, $plan.Location | Should -Be $false, (Split-Path $delivery.Manifest)
        $plan.Location | Should -Exist
        Get-LoyaltyRun -Kind Clear | Should -BeNullOrEmpty
        $cleared = Clear-SegmentDelivery @clear -Confirm:$false
        $cleared.Removed, $cleared.Location | Should -Be $true, $plan.Location
        $cleared.Location | Should -Not -Exist
        $newer.Manifest | Should -Exist
        (Get-SegmentDelivery Marketing).Status | Should -Be Published, Cleared
        Clear-SegmentDelivery @clear -Confirm:$false | Should -BeNullOrEmpty
        (Get-LoyaltyRun -Kind Clear).Status | Should -Be Succeeded, Succeeded
        (Get-LoyaltyRun -Kind Clear).Deleted | Should -Be 0, 1
    }

    It 'refuses <Arguments>' -TestCases @(@{ Arguments = '-OlderThan yesterday' }, @{ Arguments = "-OlderThan ''" }, @{ Arguments = '-OlderThan 2026-01-01 -UnfinishedFor soon' }) {
        { & ([scriptblock]::Create("Clear-SegmentDelivery Marketing -Destination drop -Confirm:`$false $Arguments")) } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }
}
