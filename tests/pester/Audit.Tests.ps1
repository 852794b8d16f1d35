# Get-LoyaltyAudit and the check of the audit trail: who did what, and whether that is still what was written.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Disconnect-LoyaltyWarehouse
    Set-Location $TestDrive
    $null = New-LoyaltySample ./landing -Users 50 -Days 40
    $null = Connect-LoyaltyWarehouse ./w.duckdb
    $null = Initialize-LoyaltyWarehouse
    $null = Import-LoyaltySource ./landing
    $null = Invoke-LoyaltyMerge 2026-06-30
    $null = Export-EngagementSegment Partner -Segment HighlyEngaged -Destination ./drop -Force
    $null = Remove-LoyaltyUser 7 -Confirm:$false
    $null = Export-LoyaltyUser 8 -Path ./access-of-8
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Set-Location $PSScriptRoot
}

Describe 'The audit trail' {
    It 'has whatever changed the warehouse, the newest first, with who did it' {
        $all = @(Get-LoyaltyAudit)
        ($all.Action | Select-Object -Unique | Sort-Object { "$_" }) -join ' ' |
            Should -Be 'Begin Compact Deliver Erase ExportUser Import Initialize Merge'
        "$($all[0].Action)" | Should -Be 'ExportUser'
        $all.Actor | Select-Object -Unique | Should -Be ([Environment]::UserName)
        @(Get-LoyaltyAudit -Action Deliver).Outcome -join ' ' | Should -Be 'Succeeded Begun'
        @(Get-LoyaltyAudit -Last 2).Count | Should -Be 2
        (Get-LoyaltyRun -Kind Merge | Get-LoyaltyAudit).Parameters | Should -BeLike '{"force":false,*"run_date":"2026-06-30"*}'
    }

    It 'has no person in it, nor a folder that may be named after one' {
        (Get-LoyaltyAudit -Action Erase, ExportUser).Parameters -join ' ' | Should -Be '{"held":true,"users":1} {"release":false,"removal_files":false,"users":1}'
    }

    It 'has attempts that failed, and none of -WhatIf' {
        $before = @(Get-LoyaltyAudit).Count
        $null = Invoke-LoyaltyMerge 2026-07-01 -WhatIf
        @(Get-LoyaltyAudit).Count | Should -Be $before
        { Import-LoyaltySource ./landing/USER_PROFILE.csv -Table REGION_METADATA -ErrorAction Stop } | Should -Throw
        $failed = Get-LoyaltyAudit -Last 1
        "$($failed.Action) $($failed.Outcome) $($failed.ErrorId)" | Should -Be 'Import Failed SourceColumnMissing'
    }

    It 'is verified, and says where it ends' {
        $result = Test-PipelineIntegrity -Check LOYALTY.AUDIT.chain
        "$($result.Status)" | Should -Be 'Passed'
        $last = Get-LoyaltyAudit -Action Import -Last 1
        $result.Message | Should -BeLike "*$($last.Chain) $($last.SequenceNumber) $($last.Hash)*"
    }
}
