# For those who have Pester 5 and PowerShell: Invoke-Pester tests/pester, after a build.

BeforeDiscovery {
    $manifest = Join-Path $PSScriptRoot '../../LoyaltyPipeline.psd1'
    Import-Module $manifest -Force
    $cmdlets = Get-Command -Module LoyaltyPipeline | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    $manifest = Join-Path $PSScriptRoot '../../LoyaltyPipeline.psd1'
    Import-Module $manifest -Force
    $declared = (Import-PowerShellDataFile $manifest).CmdletsToExport
}

AfterAll {
    Remove-Module LoyaltyPipeline -ErrorAction Ignore
}

Describe 'The manifest' {
    It 'is valid' {
        { Test-ModuleManifest $manifest -ErrorAction Stop } | Should -Not -Throw
    }

    It 'lists every export by name' {
        $data = Import-PowerShellDataFile $manifest
        $data.CmdletsToExport | Should -Not -Contain '*'
        $data.FunctionsToExport | Should -BeNullOrEmpty
        $data.AliasesToExport | Should -BeNullOrEmpty
        $data.VariablesToExport | Should -BeNullOrEmpty
    }

    It 'exports what it lists' {
        (Get-Command -Module LoyaltyPipeline).Name | Sort-Object | Should -Be ($declared | Sort-Object)
    }
}

Describe 'Importing' {
    It 'keeps every cmdlet: <Script>' -TestCases @(
        @{ Script = 'Import-Module $manifest -Force' }
        @{ Script = 'Remove-Module LoyaltyPipeline; Import-Module $manifest' }
        @{ Script = 'Import-Module $manifest; Import-Module $manifest -Force' }
    ) {
        . ([scriptblock]::Create($Script))
        (Get-Command -Module LoyaltyPipeline).Count | Should -Be $declared.Count
    }

    It 'loads nothing that Core needs' {
        $loaded = & (Get-Process -Id $PID).Path -NoProfile -Command "Import-Module '$manifest'; [System.Runtime.Loader.AssemblyLoadContext]::All.Where{ `$_.Name -eq 'LoyaltyPipeline' }.ForEach{ `$_.Assemblies.GetName().Name }"
        $loaded | Should -Be 'LoyaltyPipeline.Core'
    }
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
        $parameters = (Get-Command $Name).Parameters.Keys |
            Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }
    }

    It 'uses an approved verb' {
        (Get-Command $Name).Verb | Should -BeIn (Get-Verb).Verb
    }

    It 'has help with an example' {
        $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name"
        $help.Description.Text | Should -Not -BeNullOrEmpty
        $help.Examples.Example.Code | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        foreach ($parameter in $parameters) {
            ($help.Parameters.Parameter | Where-Object Name -EQ $parameter).Description.Text | Should -Not -BeNullOrEmpty -Because "-$parameter is a parameter"
        }
    }

    It 'declares what it emits' {
        (Get-Command $Name).OutputType | Should -Not -BeNullOrEmpty
    }
}

Describe 'A warehouse' {
    BeforeAll {
        $file = Join-Path $TestDrive 'pester.duckdb'
    }

    AfterEach {
        Disconnect-LoyaltyWarehouse
    }

    It 'is created, initialized once, and closed' {
        $warehouse = Connect-LoyaltyWarehouse $file
        $warehouse.Location | Should -Be $file
        (Initialize-LoyaltyWarehouse -WhatIf).Applied | Should -Not -Contain $true
        (Initialize-LoyaltyWarehouse).Applied | Should -Not -Contain $false
        Initialize-LoyaltyWarehouse | Should -BeNullOrEmpty
        Disconnect-LoyaltyWarehouse
        $warehouse.IsOpen | Should -BeFalse
    }

    It 'is found on a PowerShell drive' {
        (Connect-LoyaltyWarehouse 'TestDrive:/drive.duckdb').Location | Should -Be (Join-Path $TestDrive 'drive.duckdb')
    }

    It 'may be read in part' {
        $Error.Clear()
        Connect-LoyaltyWarehouse ':memory:' | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        @(Initialize-LoyaltyWarehouse | Select-Object -First 1).Count | Should -Be 1
        $Error | Should -BeNullOrEmpty
    }

    It 'must be named or connected' {
        $before = $env:LOYALTY_WAREHOUSE
        $env:LOYALTY_WAREHOUSE = ''
        try {
            { Initialize-LoyaltyWarehouse } | Should -Throw -ErrorId 'WarehouseNotConnected,*'
        }
        finally {
            $env:LOYALTY_WAREHOUSE = $before
        }
    }
}
