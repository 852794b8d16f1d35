# Habits of scripts: strict mode, splatting, default values, preferences, and a child process with a transcript.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    $null = New-LoyaltySample -Users 20 -Days 30 -Path landing
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Splatting and default values' {
    It 'fill parameters, those of S3 too' {
        $to = @{ Consumer = 'Marketing'; Destination = 'drop'; Tag = @{ team = 'marketing'; cost = 5 }; Region = 'eu-central-1'; PathStyle = $true; WhatIf = $true }
        (Export-EngagementSegment @to).Outcome | Should -Be Planned
        $days = '2026-06-29', '2026-06-30'
        Get-LoyaltyHistory -Between $days | Should -Not -BeNullOrEmpty
    }

    It 'come from $PSDefaultParameterValues' {
        $null = Open-Warehouse Empty $TestDrive -Name other.duckdb
        Disconnect-LoyaltyWarehouse
        $PSDefaultParameterValues = @{ '*-Loyalty*:Warehouse' = 'w.duckdb'; 'Get-LoyaltyRun:Last' = 1 }
        @(Get-LoyaltyRun).Count | Should -Be 1
        @(Get-LoyaltyRun -Warehouse other.duckdb).Count | Should -Be 0
        $PSDefaultParameterValues = @{}
        $null = Connect-LoyaltyWarehouse w.duckdb
        @(Get-LoyaltyRun).Count | Should -Be 4
    }
}

Describe 'Preferences' {
    It 'count like -WhatIf: <Script>' -TestCases @(
        @{ Script = 'Import-LoyaltySource landing/USER_PROFILE.csv' }
        @{ Script = 'Invoke-LoyaltyMerge 2026-06-30' }
        @{ Script = 'New-LoyaltySample -Users 5 -Force' }
        @{ Script = 'Compress-LoyaltyHistory -KeepDaily 1' }
        @{ Script = 'Undo-LoyaltyMerge 2026-06-30' }
        @{ Script = 'Add-LoyaltySuppression 1' }
        @{ Script = 'Remove-LoyaltySuppression 1' }
        @{ Script = 'Remove-LoyaltyUser 1' }
        @{ Script = 'Export-EngagementSegment Marketing -Destination drop' }
        @{ Script = 'Test-PipelineIntegrity -Check LOYALTY.MASTER.unique -InformationAction Ignore' }
        @{ Script = 'Export-PipelineDashboard d.html' }
    ) {
        $before = @(Get-LoyaltyRun).RunId
        $WhatIfPreference = $true
        $null = & ([scriptblock]::Create($Script))
        @(Get-LoyaltyRun).RunId | Should -Be $before
        'drop', 'd.html' | Should -Not -Exist
    }

    It 'that ask for everything, or -Confirm, need somebody to answer' {
        { Invoke-LoyaltyMerge $day -Confirm } | Should -Throw -ErrorId 'ConfirmationUnavailable,*'
        $ConfirmPreference = 'Low'
        { Export-EngagementSegment Marketing -Destination drop } | Should -Throw -ErrorId 'ConfirmationUnavailable,*'
        (Export-EngagementSegment Marketing -Destination confirmed -Confirm:$false).Outcome | Should -Be Published
        $ConfirmPreference = 'None'
        (Compress-LoyaltyHistory -KeepDaily 3).DaysRemoved | Should -BeNullOrEmpty
    }
}

Describe 'A script of its own' {
    BeforeAll {
        Disconnect-LoyaltyWarehouse
        $env:LOYALTY_TEST_SALT = 'Tr3s-secret-pepper'
        "consumers: {Marketing: {destination: drop2, redaction: {name: Keep, salt_variable: LOYALTY_TEST_SALT}}}" | Set-Content pipeline.yml
        @'
param($Manifest)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$VerbosePreference = 'Continue'
Start-Transcript transcript.txt | Out-Null
Import-Module $Manifest -Verbose:$false
Connect-LoyaltyWarehouse w.duckdb
Import-LoyaltySource landing/USER_PROFILE.csv | Out-Default
Invoke-LoyaltyMerge 2026-06-30 | Out-Default
Get-LoyaltyRun -Last 2 | Out-Default
Get-EngagementSegment -First 5 | Out-Default
Get-LoyaltyHistory -AsOf 2026-06-30 -First 5 | Out-Default
Export-EngagementSegment Marketing | Out-Default
Get-LoyaltyQuarantine -First 5 | Out-Default
(Test-PipelineIntegrity -Check LOYALTY.MASTER.unique).Status | Out-Default
try { Get-LoyaltyRun nosuchrun } catch { $_ | Out-Default }
if ((Get-LoyaltyRun -Kind Merge -Last 1).Status -ne 'Succeeded') { throw 'no merge' }
Stop-Transcript | Out-Null
exit 7
'@ | Set-Content script.ps1
        $run = Invoke-Pwsh -Arguments '-File', 'script.ps1', $manifest
        $transcript = Get-Content transcript.txt -Raw
    }

    AfterAll {
        $env:LOYALTY_TEST_SALT = ''
    }

    It 'runs in strict mode to its end, with its own exit code' {
        $run.Error | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 7
    }

    It 'has readable tables in its transcript' {
        $transcript | Should -Match 'SourceTable +'
        $transcript | Should -Match 'RunDate +Outcome'
        $transcript | Should -Match '(?m)^2026-06-30 +Unchanged|^2026-06-30 +Written'
        $transcript | Should -Match 'RunNotFound|has no run nosuchrun'
    }

    It 'tells in transcript and output nothing that leads to a person, and no secret' {
        $profiles = Import-Csv landing/USER_PROFILE.csv
        $people = @($profiles.EMAIL) + $profiles.FULL_NAME + $profiles.PHONE | Where-Object { $_.Length -gt 3 }
        $people.Count | Should -BeGreaterThan 30
        foreach ($text in $transcript, "$($run.Output)") {
            $people | Where-Object { $text.Contains($_, 'OrdinalIgnoreCase') } | Should -BeNullOrEmpty
            $text | Should -Not -Match '@mail\.|pepper'
        }
    }
}
