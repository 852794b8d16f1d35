# Export-LoyaltyCatalog: the written catalog, and whether the one of this repository is up to date.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $warehouse = Open-Warehouse Merged $TestDrive
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'The written catalog' {
    It 'of this repository says what catalog, script and settings say' {
        Export-LoyaltyCatalog "$PSScriptRoot/../../docs/catalog" -Format Markdown -Check
    }

    It 'is written into a folder that is made for it' {
        (Export-LoyaltyCatalog a/catalog).Name | Should -Be 'README.md', 'catalog.html', 'erd.svg', 'lineage.svg'
        Export-LoyaltyCatalog a/catalog -Check
    }

    It 'writes nothing with -WhatIf' {
        Export-LoyaltyCatalog planned -WhatIf
        'planned' | Should -Not -Exist
    }

    It 'is refused as stale where it is not there' {
        { Export-LoyaltyCatalog nothing -Check } | Should -Throw -ErrorId 'CatalogStale,*' -ExpectedMessage '*nothing README.md, catalog.html, erd.svg, lineage.svg are not what*'
    }

    It 'tells of a warehouse only where one is given' {
        $null = Export-LoyaltyCatalog plain -Format Markdown
        $null = Export-LoyaltyCatalog told -Format Markdown -Warehouse $warehouse
        Get-Content plain/README.md -Raw | Should -Not -Match '## State'
        Get-Content told/README.md -Raw | Should -Match '\| DW_A.USER_PROFILE \| \d+ \| 20\d\d-'
    }
}
