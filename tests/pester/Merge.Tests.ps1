# Invoke-LoyaltyMerge.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Sampled $TestDrive
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'A merge' {
    It 'is planned without writing' {
        $plan = Invoke-LoyaltyMerge $day -WhatIf -Detailed
        $plan.Outcome, $plan.Applied, $plan.Inserted | Should -Be Planned, $false, 200
        $plan.Changes.Count | Should -BeGreaterThan 10
        Get-EngagementSegment | Should -BeNullOrEmpty
        (Get-LoyaltyRun).Kind | Should -Be Sample
    }

    It 'does not take the warehouse for the file of a source' {
        'sources: {DW_B: {file: ./w.duckdb}}' | Set-Content self.yml
        { Invoke-LoyaltyMerge $day -Config self.yml } | Should -Throw -ErrorId 'ConfigInvalid,*' -ExpectedMessage '*w.duckdb of source DW_B is the warehouse itself.'
    }

    It 'writes, and changes nothing the second time, with a day of the log' {
        $written = Invoke-LoyaltyMerge $day
        $written.Outcome, $written.Users, $written.Inserted | Should -Be Written, 200, 200
        $written.RunDate | Should -Be $day
        ($written.SegmentMoves | Measure-Object Users -Sum).Sum | Should -Be 200
        $again = Invoke-LoyaltyMerge (Get-LoyaltyRun -Last 1).RunDate
        $again.Outcome, $again.Unchanged | Should -Be Unchanged, 200
        $again.RunDate | Should -Be $day
    }

    It 'accounts for every row that it read' {
        $run = Get-LoyaltyRun -Last 1
        $run.Sources.Count | Should -Be $sources
        foreach ($source in $run.Sources) { $source.RowsRead | Should -Be ($source.RowsUsed + $source.RowsQuarantined) -Because $source.SourceTable }
        @($run | Get-LoyaltyQuarantine).Count | Should -Be $run.Quarantined
        $run.Steps.Step | Should -Contain 'Prepare'
    }

    It 'takes a day as <Form>' -TestCases @(
        @{ Form = '2026-06-30' }
        @{ Form = "([datetime]'2026-06-30 23:59:59')" }
        @{ Form = '([dateonly]::new(2026, 6, 30))' }
        @{ Form = "([datetimeoffset]'2026-06-30T23:59:59-07:00')" }
        @{ Form = '(Get-LoyaltyRun -Kind Merge -Last 1).RunDate' }
    ) {
        @(& ([scriptblock]::Create("Get-LoyaltyRun -RunDate $Form"))).Count | Should -BeGreaterThan 0
    }

    It 'refuses a day that can be misread: <Text>' -TestCases @(@{ Text = '06/07/2026' }, @{ Text = '30.06.2026' }, @{ Text = '2026-02-30' }, @{ Text = '20260630' }, @{ Text = '' }) {
        { Invoke-LoyaltyMerge $Text } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'refuses parameters that make no sense together: <Arguments>' -TestCases @(
        @{ Arguments = '-From 2026-06-29' }
        @{ Arguments = '2026-06-29 -From 2026-06-29 -To 2026-06-30' }
        @{ Arguments = '-From 2026-06-29 -To 2026-06-30 -Detailed' }
    ) {
        # Where one is missing that must be given, PowerShell without a terminal says so and does not ask.
        { & ([scriptblock]::Create("Invoke-LoyaltyMerge $Arguments")) } | Should -Throw -ErrorId '*,LoyaltyPipeline.Commands.InvokeLoyaltyMergeCommand'
    }
}

Describe 'A replay' {
    It 'writes each day of a range, the earliest first' {
        Invoke-LoyaltyMerge -From 2026-06-27 -To 2026-06-28 -WhatIf | Should -BeNullOrEmpty
        $days = Invoke-LoyaltyMerge -From 2026-06-27 -To 2026-06-28 -Force -WarningAction SilentlyContinue -WarningVariable warned
        $days.RunDate | Should -Be $day.AddDays(-3), $day.AddDays(-2)
        $days.IsNewest | Should -Not -Contain $true
        "$warned" | Should -Match 'Master'
        (Invoke-LoyaltyMerge -From 2026-06-27 -To 2026-06-30 -OnlyMissing -Force -WarningAction SilentlyContinue).RunDate | Should -Be $day.AddDays(-1)
    }

    It 'that runs backwards is refused' {
        { Invoke-LoyaltyMerge -From 2026-06-30 -To 2026-06-28 } | Should -Throw -ErrorId 'RunDatesReversed,*'
    }
}

Describe 'A guard' {
    BeforeAll {
        'guards: {rejected: 0%}' | Set-Content strict.yml
    }

    It 'stops a merge, and -Force lets it pass with a warning and is recorded' {
        $stopped = { Invoke-LoyaltyMerge $day -Config strict.yml } | Should -Throw -ErrorId 'GuardTripped,*' -PassThru
        $stopped.TargetObject | Should -Be $day
        (Get-LoyaltyRun -Last 1).Status, (Get-LoyaltyRun -Last 1).ErrorId | Should -Be Refused, GuardTripped
        $forced = Invoke-LoyaltyMerge $day -Config strict.yml -Force -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*Forced past a guard: *'
        $forced.Guards.Name | Should -Contain 'Rejected'
        (Get-LoyaltyRun -Last 1).Forced | Should -BeTrue
    }

    It 'stops a day that is still to come' {
        { Invoke-LoyaltyMerge ([datetime]::UtcNow.AddDays(3)) } | Should -Throw -ErrorId 'GuardTripped,*'
    }

    It 'that is set wrong is an error with its line' {
        'guards: {deletes: often}' | Set-Content wrong.yml
        { Invoke-LoyaltyMerge $day -Config wrong.yml } | Should -Throw -ErrorId 'ConfigInvalid,*'
    }
}
