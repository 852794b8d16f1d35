# The module: what it exports, and how it is imported, prefixed and removed.

BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../../LoyaltyPipeline.psd1").CmdletsToExport | ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $declared = (Import-PowerShellDataFile $manifest).CmdletsToExport | Sort-Object
}

AfterAll {
    # Tests of other files find the module as it was.
    Remove-Module LoyaltyPipeline -ErrorAction Ignore
    Import-Module $manifest
}

Describe 'The manifest' {
    It 'is valid' {
        { Test-ModuleManifest $manifest -ErrorAction Stop } | Should -Not -Throw
    }

    It 'lists every export by name' {
        $data = Import-PowerShellDataFile $manifest
        $data.CmdletsToExport | Should -Not -Contain '*'
        $data.FunctionsToExport, $data.AliasesToExport, $data.VariablesToExport | ForEach-Object { $_ } | Should -BeNullOrEmpty
    }

    It 'has <Name>, a command with an approved verb that says what it emits' -TestCases $cmdlets {
        $command = Get-Command $Name -Module LoyaltyPipeline
        $command.CommandType | Should -Be Cmdlet
        $command.Verb | Should -BeIn (Get-Verb).Verb
        $command.OutputType | Should -Not -BeNullOrEmpty
    }
}

Describe 'The topic' {
    It 'names every cmdlet in its groups' {
        $topic = Get-Content (Join-Path (Split-Path $manifest) module en-US about_LoyaltyPipeline.help.txt) -Raw
        $topic -match '(?ms)^  CMDLETS$(?<groups>.*?)^  [A-Z]' | Should -BeTrue
        [regex]::Matches($Matches.groups, '(?<=^ {6}.*)\b[A-Z][a-z]+-[A-Za-z]+', 'Multiline').Value | Sort-Object | Should -Be $declared
    }
}

Describe 'Importing' {
    BeforeEach {
        Remove-Module LoyaltyPipeline -ErrorAction Ignore
    }

    It 'keeps every cmdlet: <Script>' -TestCases @(
        @{ Script = 'Import-Module $manifest' }
        @{ Script = 'Import-Module $manifest -Force; Import-Module $manifest -Force' }
        @{ Script = 'Import-Module $manifest; Remove-Module LoyaltyPipeline; Import-Module $manifest' }
    ) {
        . ([scriptblock]::Create($Script))
        (Get-Command -Module LoyaltyPipeline).Name | Sort-Object | Should -Be $declared
        (Connect-LoyaltyWarehouse ':memory:').IsOpen | Should -BeTrue
    }

    It 'with a prefix gives the cmdlets their prefixed names, with help' {
        Import-Module $manifest -Prefix My
        (Get-Command -Module LoyaltyPipeline).Name | Sort-Object | Should -Be ($declared -replace '-', '-My' | Sort-Object)
        Get-Command Connect-LoyaltyWarehouse -ErrorAction Ignore | Should -BeNullOrEmpty
        (Connect-MyLoyaltyWarehouse ':memory:').IsOpen | Should -BeTrue
        (Initialize-MyLoyaltyWarehouse).Applied | Should -Not -Contain $false
        (Get-Help Connect-MyLoyaltyWarehouse).Description.Text | Should -Not -BeNullOrEmpty
    }

    It 'again keeps the warehouse of the session, and removing closes it' {
        Import-Module $manifest
        $warehouse = Connect-LoyaltyWarehouse ':memory:'
        Import-Module $manifest -Force
        $warehouse.IsOpen | Should -BeTrue
        Initialize-LoyaltyWarehouse | Should -Not -BeNullOrEmpty
        Remove-Module LoyaltyPipeline
        $warehouse.IsOpen | Should -BeFalse
    }

    It 'leaves nothing behind when it is removed' {
        Import-Module $manifest
        Remove-Module LoyaltyPipeline
        Get-Module *Loyalty* | Where-Object Name -NE Warehouses | Should -BeNullOrEmpty
        Get-Command *-Loyalty* -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'writes nothing to any stream' {
        Import-Module $manifest *>&1 | Should -BeNullOrEmpty
        (Get-Module LoyaltyPipeline).ExportedCommands.Keys | Sort-Object | Should -Be $declared
    }
}
