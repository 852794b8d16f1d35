# New-LoyaltyConfig and Test-LoyaltyConfig.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'New-LoyaltyConfig' {
    It 'writes pipeline.yml where cmdlets look for it, for editors too' {
        $file = New-LoyaltyConfig
        $file.FullName | Should -Be (Join-Path (Get-Location).ProviderPath pipeline.yml)
        $first = Get-Content pipeline.yml -TotalCount 1
        $first | Should -Match '^# yaml-language-server: \$schema=file:///.+/pipeline\.schema\.json$'
        ([uri]$first.Split('=')[1]).LocalPath | Should -Exist
    }

    It 'never replaces what is there without -Force, and then only a configuration' {
        Set-Content mine.yml 'guards: {deletes: 11%}'
        { New-LoyaltyConfig mine.yml } | Should -Throw -ErrorId 'ConfigExists,*'
        Get-Content mine.yml | Should -Be 'guards: {deletes: 11%}'
        $null = New-LoyaltyConfig mine.yml -Force
        Get-Content mine.yml -Raw | Should -Match 'deletes: 10%'

        Copy-Item "$PSScriptRoot/../../sql/catalog.yml" .
        { New-LoyaltyConfig catalog.yml -Force } | Should -Throw -ErrorId 'ConfigUnwritable,*'
        { New-LoyaltyConfig notes.txt } | Should -Throw -ErrorId 'ConfigUnwritable,*'
        { New-LoyaltyConfig nowhere/pipeline.yml } | Should -Throw -ErrorId 'ConfigUnwritable,*'
    }

    It 'writes into a folder that is named, and nothing with -WhatIf' {
        $null = New-Item -ItemType Directory folder
        New-LoyaltyConfig folder -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem folder -Force | Should -BeNullOrEmpty
        (New-LoyaltyConfig folder).Name | Should -Be pipeline.yml
        (Get-ChildItem folder -Force).Name | Should -Be pipeline.yml
    }

    It 'writes what changes nothing' {
        $null = New-LoyaltyConfig same.yml
        $with = Export-LoyaltyCatalog with -Config same.yml -Format Markdown | Get-FileHash
        Push-Location (New-Item -ItemType Directory empty)
        $without = Export-LoyaltyCatalog ../without -Format Markdown | Get-FileHash
        Pop-Location
        "$($with.Hash)" | Should -Be "$($without.Hash)"
    }
}

Describe 'Test-LoyaltyConfig' {
    It 'says of a new file only that destinations are missing' {
        $null = New-LoyaltyConfig fresh.yml
        $found = Test-LoyaltyConfig fresh.yml
        $found.Key | Should -Be 'consumers.Marketing.destination', 'consumers.CustomerSuccess.destination'
        $found.Severity | Should -Be Warning, Warning
        Test-LoyaltyConfig fresh.yml -Quiet | Should -BeTrue
    }

    It 'finds every fault, by line' {
        Set-Content bad.yml 'guards:', '  deletes: 10', '  rejected: 200%', 'consumer: {}'
        $found = Test-LoyaltyConfig bad.yml -Offline
        $found.ForEach{ "$($_.Severity) $($_.Line) $($_.Key)" } | Should -Be 'Error 2 guards.deletes', 'Error 3 guards.rejected', 'Error 4 consumer'
        $found[0].Message | Should -Be "'deletes' must be a percentage such as 30%, not '10'"
        $found[0].Remedy | Should -Not -BeNullOrEmpty
        Test-LoyaltyConfig bad.yml -Quiet | Should -BeFalse
    }

    It 'tries a destination and leaves it as it was' {
        Set-Content drop.yml 'consumers: {Marketing: {destination: new/drop}}'
        Test-LoyaltyConfig drop.yml | Should -BeNullOrEmpty
        'new' | Should -Not -Exist

        Set-Content file 'a file'
        Set-Content drop.yml 'consumers: {Marketing: {destination: file/drop}}'
        (Test-LoyaltyConfig drop.yml).ErrorId | Should -Be DestinationInvalid
        Test-LoyaltyConfig drop.yml -Offline | Should -BeNullOrEmpty
        Test-LoyaltyConfig drop.yml -WhatIf | Should -BeNullOrEmpty
    }

    It 'repeats nothing that may be a secret' {
        Set-Content secret.yml 'notify:', '  webhooks:', '    a: {url: hooks.example.com/T0/S3CRET}', '    b: {url_variable: "xoxb-S3CRET-1"}', 'openlineage: {url: "https:/x S3CRET"}'
        $found = Test-LoyaltyConfig secret.yml
        $found.Line | Sort-Object -Unique | Should -Be 3, 4, 5
        $found | Format-List | Out-String | Should -Not -Match S3CRET
    }

    It 'tries salts and asks nobody' {
        Set-Content salt.yml 'consumers: {Marketing: {destination: drop, redaction: {salt_variable: LOYALTY_PESTER_SALT}}}'
        (Test-LoyaltyConfig salt.yml).ErrorId | Should -Be SaltMissing
        $env:LOYALTY_PESTER_SALT = 'pepper'
        try { Test-LoyaltyConfig salt.yml | Should -BeNullOrEmpty } finally { $env:LOYALTY_PESTER_SALT = $null }
    }

    It 'tries queries in the warehouse, and says so where there is none' {
        Set-Content own.yml 'integrity: {own_checks: {odd: {description: is odd, query: SELECT SHOE_SIZE FROM LOYALTY.MASTER}}}'
        (Test-LoyaltyConfig own.yml).Severity | Should -Be Warning
        $null = Open-Warehouse Merged $TestDrive
        $found = Test-LoyaltyConfig own.yml
        "$($found.Severity) $($found.ErrorId) $($found.Key)" | Should -Be 'Error QueryFailed integrity.own_checks.odd.query'
    }

    It 'takes files from the pipeline, and is never true of nothing' {
        Get-Item fresh.yml, bad.yml | Test-LoyaltyConfig -Offline -Quiet | Should -BeFalse
        Test-LoyaltyConfig none*.yml -Quiet | Should -BeFalse
        Test-LoyaltyConfig nowhere.yml -Quiet -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeFalse
        $failed.FullyQualifiedErrorId | Should -BeLike 'ConfigNotFound,*'
    }

    It 'is a table of 80 columns' {
        $found = Test-LoyaltyConfig bad.yml -Offline | Out-String -Width 80
        $found | Should -Match '(?m)^Error\s+2 guards\.deletes'
    }
}
