# readers in pipeline.yml: what masked views show, and what the deployment script masks.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    Disconnect-LoyaltyWarehouse
    $null = New-LoyaltySample ./landing -Users 20 -Days 40
    $null = Connect-LoyaltyWarehouse ./readers.duckdb -WarningAction SilentlyContinue
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Masked views' {
    It 'are made by Initialize, and anew where the policy is another' {
        $made = Initialize-LoyaltyWarehouse
        $made.Name | Should -Contain LOYALTY.MASTER_MASKED
        $made.Name | Should -Contain LOYALTY.HISTORY_MASKED
        Set-Content pipeline.yml 'readers: {redaction: {email: generalize, name: mask}}'
        $again = Initialize-LoyaltyWarehouse
        $again.Name | Should -Be 'LOYALTY.MASTER_MASKED', 'LOYALTY.HISTORY_MASKED'
        $again[0].Sql | Should -Match 'AS FULL_NAME'
        Initialize-LoyaltyWarehouse | Should -BeNullOrEmpty
        Remove-Item pipeline.yml
    }

    It 'are no extracts' {
        { Export-LoyaltyExtract MASTER_MASKED -Path x.parquet -ErrorAction Stop } | Should -Throw -ErrorId 'ViewNotForReaders*'
    }

    It 'are offered where a table is named' {
        $line = 'Find-LoyaltyPii -Table MASTER_'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain LOYALTY.MASTER_MASKED
    }
}

Describe 'The deployment script' {
    It 'masks as the configuration says, that of the folder or one that is named' {
        Get-LoyaltyDeployment Snowflake | Should -Match 'SET BODY ->[^;]+SHA2\('
        Set-Content other.yml 'readers: {redaction: {email: mask, phone: mask}}'
        $script = Get-LoyaltyDeployment Snowflake -Config other.yml
        $script | Should -Not -Match 'SHA2\('
        $script | Should -Match "SET TAG LOYALTY.PERSONAL_DATA = 'email';"
        Copy-Item other.yml pipeline.yml
        Get-LoyaltyDeployment Snowflake | Should -Be $script
        Get-LoyaltyDeployment DuckDB | Should -Match 'MASTER_MASKED'
        Remove-Item pipeline.yml
    }

    It 'and everything else refuses <Redaction>' -TestCases @(
        @{ Redaction = '{email: hmac}' }
        @{ Redaction = '{phone: e164}' }
        @{ Redaction = '{salt_variable: SALT}' }
    ) {
        Set-Content wrong.yml "readers:`n  redaction: $Redaction"
        { Get-LoyaltyDeployment Snowflake -Config wrong.yml -ErrorAction Stop } | Should -Throw -ErrorId 'ConfigInvalid*'
        { Initialize-LoyaltyWarehouse -Config wrong.yml -ErrorAction Stop } | Should -Throw -ErrorId 'ConfigInvalid*'
    }
}
