# Connect-LoyaltyWarehouse, Disconnect-LoyaltyWarehouse, Initialize-LoyaltyWarehouse, and how the other cmdlets find their warehouse.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
}

AfterAll {
    Pop-Location
}

Describe 'Connecting' {
    AfterEach { Disconnect-LoyaltyWarehouse }

    It 'makes a file where there is none and says where' {
        $warehouse = Connect-LoyaltyWarehouse new.duckdb
        $warehouse.Location, "$warehouse" | Should -Be (Join-Path $TestDrive new.duckdb), (Join-Path $TestDrive new.duckdb)
        $warehouse.Engine, $warehouse.IsOpen | Should -Be 'DuckDB', $true
        'new.duckdb' | Should -Exist
    }

    It 'takes a path as PowerShell does: <Path>' -TestCases @(
        @{ Path = './a.duckdb' }
        @{ Path = 'TestDrive:/a.duckdb' }
        @{ Path = 'sub/../a.duckdb' }
    ) {
        (Connect-LoyaltyWarehouse $Path).Location | Should -Be (Join-Path $TestDrive a.duckdb)
    }

    It 'takes a full path wherever the location is' {
        Push-Location Env:
        try { (Connect-LoyaltyWarehouse "$TestDrive/b.duckdb").IsOpen | Should -BeTrue } finally { Pop-Location }
    }

    It 'closes what was connected before' {
        $first, $second = (Connect-LoyaltyWarehouse a.duckdb), (Connect-LoyaltyWarehouse b.duckdb)
        $first.IsOpen, $second.IsOpen | Should -Be $false, $true
        (Connect-LoyaltyWarehouse b.duckdb).IsOpen | Should -BeTrue
    }

    It 'leaves the one of the session connected with -NoDefault' {
        $first, $second = (Connect-LoyaltyWarehouse a.duckdb), (Connect-LoyaltyWarehouse b.duckdb -NoDefault)
        $first.IsOpen, $second.IsOpen | Should -Be $true, $true
        $null = Initialize-LoyaltyWarehouse
        $null = Initialize-LoyaltyWarehouse -Warehouse $second
        Disconnect-LoyaltyWarehouse $second
        $first.IsOpen, $second.IsOpen, @(Get-LoyaltyRun).Count | Should -Be $true, $false, 0
    }

    It 'leaves none connected where it fails, so that nothing goes into another warehouse: <Path>' -TestCases @(
        @{ Path = 'nowhere/b.duckdb'; ErrorId = 'WarehouseUnavailable' }
        @{ Path = 'text.duckdb'; ErrorId = 'WarehouseUnavailable' }
        @{ Path = 'Env:PATH'; ErrorId = 'PathNotSupported' }
    ) {
        Set-Content text.duckdb 'This is no database.'
        $before = Connect-LoyaltyWarehouse a.duckdb
        { Connect-LoyaltyWarehouse $Path } | Should -Throw -ErrorId "$ErrorId,*"
        $before.IsOpen | Should -BeFalse
        { Initialize-LoyaltyWarehouse } | Should -Throw -ErrorId 'WarehouseNotConnected,*'
    }

    It 'names the file that cannot be opened and what to do' {
        $problem = { Connect-LoyaltyWarehouse nowhere/b.duckdb } | Should -Throw -PassThru
        $problem.TargetObject | Should -Be (Join-Path $TestDrive nowhere/b.duckdb)
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'with -WhatIf only names a new file' {
        $warehouse = Connect-LoyaltyWarehouse planned.duckdb -WhatIf
        $warehouse.IsOpen | Should -BeFalse
        (Initialize-LoyaltyWarehouse -WhatIf).Applied | Should -Not -Contain $true
        'planned.duckdb' | Should -Not -Exist
    }
}

Describe 'Disconnecting' {
    AfterEach { Disconnect-LoyaltyWarehouse }

    It 'closes the warehouse and may be done again' {
        $warehouse = Connect-LoyaltyWarehouse a.duckdb
        Disconnect-LoyaltyWarehouse | Should -BeNullOrEmpty
        Disconnect-LoyaltyWarehouse
        $warehouse.IsOpen | Should -BeFalse
        { Initialize-LoyaltyWarehouse } | Should -Throw -ErrorId 'WarehouseNotConnected,*'
        { Initialize-LoyaltyWarehouse -Warehouse $warehouse } | Should -Throw -ErrorId 'WarehouseClosed,*'
    }

    It 'takes <Script>' -TestCases @(
        @{ Script = '$warehouse | Disconnect-LoyaltyWarehouse'; Open = $false }
        @{ Script = 'Disconnect-LoyaltyWarehouse ./a.duckdb'; Open = $false }
        @{ Script = 'Disconnect-LoyaltyWarehouse other.duckdb'; Open = $true }
    ) {
        $warehouse = Connect-LoyaltyWarehouse a.duckdb
        . ([scriptblock]::Create($Script))
        $warehouse.IsOpen | Should -Be $Open
    }
}

Describe 'Initializing' {
    AfterEach { Disconnect-LoyaltyWarehouse }

    It 'makes the tables once' {
        $null = Connect-LoyaltyWarehouse once.duckdb
        (Initialize-LoyaltyWarehouse -WhatIf).Applied | Should -Not -Contain $true
        $made = Initialize-LoyaltyWarehouse
        $made.Applied | Should -Not -Contain $false
        $made.Name | Should -Contain 'LOYALTY.MASTER'
        Initialize-LoyaltyWarehouse | Should -BeNullOrEmpty
        (Initialize-LoyaltyWarehouse -IncludeSources).Name | Should -Contain 'DW_A.USER_PROFILE'
    }

    It 'takes the warehouse from the pipeline: <Script>' -TestCases @(
        @{ Script = "Connect-LoyaltyWarehouse piped1.duckdb | Initialize-LoyaltyWarehouse" }
        @{ Script = "'piped2.duckdb' | Initialize-LoyaltyWarehouse" }
        @{ Script = "[pscustomobject]@{ Warehouse = 'piped3.duckdb' } | Initialize-LoyaltyWarehouse" }
        @{ Script = "New-Item piped4.duckdb | ForEach-Object { Remove-Item `$_; `$_ } | Initialize-LoyaltyWarehouse" }
    ) {
        & ([scriptblock]::Create($Script)) | Should -Not -BeNullOrEmpty
    }
}

Describe 'The warehouse of a cmdlet' {
    BeforeAll {
        $null = Open-Warehouse Merged $TestDrive
        Disconnect-LoyaltyWarehouse
    }

    AfterEach {
        Disconnect-LoyaltyWarehouse
        $env:LOYALTY_WAREHOUSE = ''
    }

    It 'is named in every way: <Script>' -TestCases @(
        @{ Script = 'Get-LoyaltyRun -Warehouse w.duckdb' }
        @{ Script = 'Get-LoyaltyRun -Warehouse (Get-Item w.duckdb)' }
        @{ Script = "Get-LoyaltyRun -Warehouse TestDrive:/w.duckdb" }
        @{ Script = '$warehouse = Connect-LoyaltyWarehouse w.duckdb; Get-LoyaltyRun -Warehouse $warehouse' }
        @{ Script = "[pscustomobject]@{ Warehouse = 'w.duckdb' } | Get-LoyaltyRun" }
        @{ Script = '$null = Connect-LoyaltyWarehouse w.duckdb; Get-LoyaltyRun' }
        @{ Script = "`$env:LOYALTY_WAREHOUSE = 'w.duckdb'; Get-LoyaltyRun" }
    ) {
        @(& ([scriptblock]::Create($Script))).Count | Should -Be 4
    }

    It 'must have its tables and is not made by others: <Script>' -TestCases @(
        @{ Script = 'Get-LoyaltyRun' }
        @{ Script = 'Invoke-LoyaltyMerge' }
        @{ Script = 'Test-PipelineIntegrity' }
        @{ Script = 'New-LoyaltySample -Users 5' }
        @{ Script = 'Export-EngagementSegment Marketing -Destination drop' }
    ) {
        { & ([scriptblock]::Create("$Script -Warehouse absent.duckdb")) } | Should -Throw -ErrorId 'WarehouseNotInitialized,*'
        'absent.duckdb' | Should -Not -Exist
        { & ([scriptblock]::Create($Script)) } | Should -Throw -ErrorId 'WarehouseNotConnected,*'
    }
}
