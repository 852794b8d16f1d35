# Jobs, threads and parallel loops: each has a session of its own, imports the module and connects for itself.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    Open-Warehouse Merged $TestDrive | Disconnect-LoyaltyWarehouse
    $work = {
        param($Manifest, $Warehouse)
        Import-Module $Manifest
        Get-EngagementSegment -Warehouse $Warehouse -First 2
        Get-LoyaltyRun nosuchrun -Warehouse $Warehouse -ErrorAction Continue
        $null = Connect-LoyaltyWarehouse $Warehouse
        Export-EngagementSegment Nobody
    }
    $arguments = $manifest, (Join-Path $TestDrive w.duckdb)
}

AfterAll {
    Pop-Location
}

Describe 'Start-ThreadJob' {
    It 'returns objects, and errors with their ids' {
        $job = Start-ThreadJob $work -ArgumentList $arguments | Wait-Job
        $members = Receive-Job $job -ErrorAction SilentlyContinue -ErrorVariable problems
        $members.UserId | Should -Be 1, 2
        $members[0].psobject.BaseObject.GetType().FullName | Should -Be LoyaltyPipeline.Core.Segments.SegmentMember
        $problems.FullyQualifiedErrorId | Should -Be 'RunNotFound,LoyaltyPipeline.Commands.GetLoyaltyRunCommand', 'ConsumerUnknown,LoyaltyPipeline.Commands.ExportEngagementSegmentCommand'
        Remove-Job $job
    }

    It 'does not share the warehouse of the session' {
        $null = Connect-LoyaltyWarehouse ':memory:'
        try {
            $job = Start-ThreadJob { Import-Module $using:manifest; Get-LoyaltyRun }
            $null = Receive-Job $job -Wait -AutoRemoveJob -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems.FullyQualifiedErrorId | Should -BeLike 'WarehouseNotConnected,*'
        }
        finally { Disconnect-LoyaltyWarehouse }
    }
}

Describe 'Start-Job' {
    It 'returns what objects hold, and errors with their ids, from a process of its own' {
        $job = Start-Job $work -ArgumentList $arguments | Wait-Job
        $members = Receive-Job $job -ErrorAction SilentlyContinue -ErrorVariable problems
        $members.UserId | Should -Be 1, 2
        $members[0].Segment | Should -BeIn 'Highly Engaged', 'Engaged', 'Low Engagement', 'Unscored'
        $members[0].psobject.TypeNames[0] | Should -Be Deserialized.LoyaltyPipeline.Core.Segments.SegmentMember
        $problems.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Should -Be RunNotFound, ConsumerUnknown
        Remove-Job $job
    }
}

Describe 'ForEach-Object -Parallel' {
    It 'reads one warehouse from several threads' {
        $warehouse = Connect-LoyaltyWarehouse w.duckdb
        try {
            $counts = 1..4 | ForEach-Object -Parallel {
                Import-Module $using:manifest
                (Get-LoyaltyHistory -Warehouse $using:warehouse -AsOf 2026-06-30).Count
            }
            $counts | Sort-Object -Unique | Should -Be (Get-LoyaltyHistory -AsOf 2026-06-30).Count
            $counts.Count | Should -Be 4
        }
        finally { Disconnect-LoyaltyWarehouse }
    }

    It 'returns errors with their ids' {
        $problems = 'One', 'Two' | ForEach-Object -Parallel {
            Import-Module $using:manifest
            try { Export-EngagementSegment $_ -Warehouse (Join-Path $using:TestDrive w.duckdb) -ErrorAction Stop } catch { "$($_.TargetObject) $($_.FullyQualifiedErrorId)" }
        } | Sort-Object
        $problems | Should -Be 'One ConsumerUnknown,LoyaltyPipeline.Commands.ExportEngagementSegmentCommand', 'Two ConsumerUnknown,LoyaltyPipeline.Commands.ExportEngagementSegmentCommand'
    }
}
