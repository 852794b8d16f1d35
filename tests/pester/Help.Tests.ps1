# Get-Help. That its examples can be run, C# tests say, which run them.

BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../../LoyaltyPipeline.psd1").CmdletsToExport | ForEach-Object { @{ Name = $_ } }
    $topics = Get-ChildItem "$PSScriptRoot/../../module/en-US" -Filter about_*.help.txt | ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$' } }
}

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
}

Describe 'The help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
        $parameters = (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }
    }

    It 'says what the cmdlet does, emits and is good for' {
        $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name"
        $help.Description.Text | Should -Not -BeNullOrEmpty
        $help.ReturnValues.ReturnValue.Type.Name | Should -Not -BeNullOrEmpty
        $help.Examples.Example.Code | Should -Match $Name
    }

    It 'describes every parameter and no other' {
        foreach ($parameter in $parameters) {
            ($help.Parameters.Parameter | Where-Object Name -EQ $parameter).Description.Text | Should -Not -BeNullOrEmpty -Because "-$parameter is a parameter"
        }

        foreach ($parameter in $help.Parameters.Parameter | Where-Object { "$($_.Description.Text)" -match '\* and \? stand' }) {
            $parameter.globbing | Should -Be true -Because "-$($parameter.name) takes patterns"
        }

        # None has parameters: then there is no list.
        $help.Parameters.Parameter.Name | Where-Object { $_ -and $_ -notin $parameters } | Should -BeNullOrEmpty
    }
}

Describe 'Help as text' {
    It 'of <_> fits a terminal' -ForEach 'Connect-LoyaltyWarehouse', 'Export-EngagementSegment', 'Test-PipelineIntegrity' {
        $text = Get-Help $_ -Full | Out-String -Width 80
        $text -split '\r?\n' | Where-Object Length -GT 80 | Should -BeNullOrEmpty
        $text | Should -Match "(?s)NAME\s+$_.*SYNOPSIS.*SYNTAX\s+$_.*DESCRIPTION.*PARAMETERS"
    }
}

Describe 'Topics' {
    It 'has <Topic>, as wide as a terminal' -TestCases $topics {
        $text = Get-Help $Topic
        $text | Should -Match 'LONG DESCRIPTION'
        $text -split '\r?\n' | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'has a remedy for every error that a script can meet' {
        $missing = { Get-LoyaltyRun -Warehouse (Join-Path $TestDrive absent.duckdb) } | Should -Throw -PassThru
        Get-Help about_LoyaltyErrors | Should -Match "(?m)^\s+$($missing.FullyQualifiedErrorId.Split(',')[0]) \("
    }

    It 'has the daily run' {
        $help = Get-Help (Join-Path (Split-Path $manifest) module/pipelines/Daily.ps1) -Full
        $help.Synopsis | Should -Match 'daily run'
        $help.Parameters.Parameter.Description.Text | Should -Not -BeNullOrEmpty
    }
}
