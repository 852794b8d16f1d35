# Get-LoyaltyRun and Get-LoyaltyQuarantine: the log, and what could not be used.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $null = Open-Warehouse Merged $TestDrive
    $null = Export-EngagementSegment CustomerSuccess -Destination (Join-Path $TestDrive drop)
    Import-LoyaltySource (Join-Path $TestDrive nowhere) -ErrorAction SilentlyContinue
    $runs = Get-LoyaltyRun
}

AfterAll {
    Disconnect-LoyaltyWarehouse
}

Describe 'The log' {
    It 'has the newest run first' {
        $runs.Kind | Should -Be Deliver, Merge, Merge, Merge, Sample
        $runs[1..3].RunDate | Should -Be $day, $day.AddDays(-1), $day.AddDays(-2)
        $runs.StartedAt | Should -Be ($runs.StartedAt | Sort-Object -Descending)
        $runs.StartedAt.Kind | Should -Be Utc, Utc, Utc, Utc, Utc
    }

    It 'is read by <Arguments>' -TestCases @(
        @{ Arguments = '-Kind Merge'; Count = 3 }
        @{ Arguments = '-Kind Deliver -Status Succeeded'; Count = 1 }
        @{ Arguments = '-Kind Sample'; Count = 1 }
        @{ Arguments = '-Kind Clear'; Count = 0 }
        @{ Arguments = '-Status Failed'; Count = 0 }
        @{ Arguments = '-RunDate 2026-06-29'; Count = 1 }
        @{ Arguments = '-Last 2'; Count = 2 }
        @{ Arguments = '$runs[2].RunId'; Count = 1 }
    ) {
        @(& ([scriptblock]::Create("Get-LoyaltyRun $Arguments"))).Count | Should -Be $Count
    }

    It 'is asked for runs from the pipeline' {
        ($runs[1, 3] | Get-LoyaltyRun).RunId | Should -Be $runs[1, 3].RunId
    }

    It 'tells the steps of a run and its sources' {
        $runs[1].Steps.Step | Should -Contain 'Prepare'
        $runs[1].Sources.Count | Should -Be $sources
        $runs[1].ModuleVersion | Should -Be (Get-Module LoyaltyPipeline).Version.ToString()
    }

    It 'waits for <Time> if it must' -TestCases @(@{ Time = 30 }, @{ Time = 0.5 }, @{ Time = '00:10:00' }, @{ Time = [timespan]::FromHours(1) }) {
        @(Get-LoyaltyRun -Last 1 -LockTimeout $Time).Count | Should -Be 1
    }

    It 'refuses <Arguments>' -TestCases @(@{ Arguments = '-Last 0' }, @{ Arguments = '-Kind Export' }, @{ Arguments = '-RunDate yesterday' }, @{ Arguments = '-Warehouse $null' }, @{ Arguments = '-Warehouse 5' }, @{ Arguments = '-LockTimeout soon' }, @{ Arguments = '-LockTimeout -1' }, @{ Arguments = '-LockTimeout 1e30' }) {
        { & ([scriptblock]::Create("Get-LoyaltyRun $Arguments")) } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }
}

Describe 'The quarantine' {
    It 'is read run by run' {
        $rows = $runs | Where-Object Kind -EQ Merge | Get-LoyaltyQuarantine
        $rows.Count | Should -BeGreaterThan 150
        foreach ($run in $runs[1..3]) { @($rows | Where-Object RunId -EQ $run.RunId).Count | Should -Be $run.Quarantined }
    }

    It 'is read by table, rule and number, whatever the case' {
        $rows = Get-LoyaltyQuarantine -Table user_activity -Rule Range -First 2
        $rows.SourceTable, $rows.Rule | ForEach-Object { $_ } | Should -Be DW_A.USER_ACTIVITY, DW_A.USER_ACTIVITY, range, range
    }

    It 'refuses <Arguments>' -TestCases @(@{ Arguments = '-Rule length' }, @{ Arguments = '-First 0' }) {
        { & ([scriptblock]::Create("Get-LoyaltyQuarantine $Arguments")) } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }

    It 'tells what still waits for a repair' {
        $open = Get-LoyaltyQuarantine -Open
        $open.IsOpen | Should -Not -Contain $false
        $open.RunId | Sort-Object -Unique | Should -Be $runs[1].RunId
    }

    It 'does not repeat values' {
        (Get-LoyaltyQuarantine -Open).Detail | Should -Not -Match '@|\+\d'
    }
}

Describe 'What is not there' {
    It 'is an error after which the work goes on: <Script>' -TestCases @(
        @{ Script = 'Get-LoyaltyRun nosuchrun'; ErrorId = 'RunNotFound' }
        @{ Script = 'Get-LoyaltyQuarantine nosuchrun'; ErrorId = 'RunNotFound' }
        @{ Script = 'Get-LoyaltyQuarantine -Table GUEST_BOOK'; ErrorId = 'SourceTableUnknown' }
        @{ Script = 'Get-SegmentDelivery Marketng'; ErrorId = 'ConsumerUnknown' }
        @{ Script = 'Get-FeatureAdoption -Region NOWHERE'; ErrorId = 'RegionNotFound' }
        @{ Script = 'Get-LoyaltyHistory 4711'; ErrorId = 'UserNotFound' }
        @{ Script = 'Test-PipelineIntegrity -Check none.such'; ErrorId = 'CheckUnknown' }
    ) {
        $found = . ([scriptblock]::Create("$Script -ErrorAction SilentlyContinue -ErrorVariable missing; 'went on'"))
        $found | Should -Be 'went on'
        $missing.FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
        $missing.TargetObject | Should -Not -BeNullOrEmpty
        { & ([scriptblock]::Create("$Script -ErrorAction Stop")) } | Should -Throw -ErrorId "$ErrorId,*"
    }

    It 'is nothing where a pattern was given: <Script>' -TestCases @(
        @{ Script = 'Get-LoyaltyRun nosuch*' }
        @{ Script = 'Get-LoyaltyQuarantine -Table GUEST_*' }
        @{ Script = 'Get-SegmentDelivery Marketng*' }
        @{ Script = 'Get-FeatureAdoption -Region NOWHERE*' }
        @{ Script = 'Test-PipelineIntegrity -Check none.*' }
    ) {
        & ([scriptblock]::Create("$Script -ErrorAction Stop")) | Should -BeNullOrEmpty
    }
}
