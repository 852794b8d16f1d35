# Backup-LoyaltyWarehouse, Connect-LoyaltyWarehouse -ReadOnly and Get-LoyaltyDiagnostic.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Disconnect-LoyaltyWarehouse
    Set-Location $TestDrive
    $null = Connect-LoyaltyWarehouse ./w.duckdb
    $null = Initialize-LoyaltyWarehouse
    $null = New-LoyaltySample -Users 50 -Days 40
    $null = Invoke-LoyaltyMerge 2026-06-30
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Set-Location $PSScriptRoot
}

Describe 'Backup-LoyaltyWarehouse' {
    It 'writes a file that is a warehouse' {
        $backup = Backup-LoyaltyWarehouse ./b.duckdb
        $backup.Rows | Should -BeGreaterThan 100
        (Get-Item ./b.duckdb).Length | Should -Be $backup.Bytes
        @(Get-LoyaltyHistory -AsOf 2026-06-30 -Warehouse ./b.duckdb).Count | Should -Be 50
        (Get-LoyaltyAudit -Action Backup).Outcome -join ' ' | Should -Be 'Succeeded Begun'
    }

    It 'never replaces a file' {
        Set-Content ./there.duckdb mine
        { Backup-LoyaltyWarehouse ./there.duckdb -ErrorAction Stop } | Should -Throw -ErrorId 'BackupExists,*'
        Get-Content ./there.duckdb | Should -Be mine
    }

    It 'writes nothing with -WhatIf' {
        Backup-LoyaltyWarehouse ./planned.duckdb -WhatIf
        Test-Path ./planned.duckdb | Should -BeFalse
    }
}

Describe 'Connect-LoyaltyWarehouse -ReadOnly' {
    It 'reads, plans and checks, and refuses to write' {
        try {
            (Connect-LoyaltyWarehouse ./w.duckdb -ReadOnly).IsReadOnly | Should -BeTrue
            @(Get-EngagementSegment).Count | Should -BeGreaterThan 0
            "$((Invoke-LoyaltyMerge 2026-06-30 -WhatIf).Outcome)" | Should -Be Planned
            @(Test-PipelineIntegrity -Suite Master).Count | Should -BeGreaterThan 10
            { Invoke-LoyaltyMerge 2026-06-30 -ErrorAction Stop } | Should -Throw -ErrorId 'WarehouseReadOnly,*'
            @(Get-LoyaltyRun -Kind Test).Count | Should -Be 0
        }
        finally {
            $null = Connect-LoyaltyWarehouse ./w.duckdb
        }
    }

    It 'makes no file' {
        { Connect-LoyaltyWarehouse ./none.duckdb -ReadOnly -NoDefault -ErrorAction Stop } | Should -Throw -ErrorId 'WarehouseNotInitialized,*'
        Test-Path ./none.duckdb | Should -BeFalse
    }
}

Describe 'Get-LoyaltyDiagnostic' {
    It 'is written where pipeline.yml cannot be read, and says where, not what' {
        Set-Content faulty.yml 'guards: {}', 'consumers: {ann@example.com: {segmnt: Engaged}}'
        $file = Get-LoyaltyDiagnostic ./faulty.zip -Config faulty.yml
        $file | Expand-Archive -DestinationPath ./faulty
        $settings = Get-Content ./faulty/settings.json | ConvertFrom-Json
        $settings.ErrorId, $settings.Line | Should -Be ConfigInvalid, 2
        Get-Content ./faulty/* | Should -Not -Match 'ann@example'
    }

    It 'writes one zip of texts' {
        $file = Get-LoyaltyDiagnostic ./report.zip
        $file | Expand-Archive -DestinationPath ./report
        (Get-ChildItem ./report).Name | Sort-Object | Should -Be 'audit.json', 'plan.txt', 'README.txt', 'runs.json', 'schema.json', 'settings.json', 'versions.json'
        (Get-Content ./report/versions.json | ConvertFrom-Json).Shell | Should -BeLike "*$($PSVersionTable.PSVersion)"
        (Get-Content ./report/runs.json | ConvertFrom-Json).Kind | Should -Contain Merge
        { Get-LoyaltyDiagnostic ./report.zip -ErrorAction Stop } | Should -Throw -ErrorId 'ReportUnwritable,*'
    }
}
