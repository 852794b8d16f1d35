# Find-LoyaltyPii.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    Set-Content people.csv 'customer_name,reach,note,order_no', 'Ada Byron,ada@example.org,write to ada@example.org,4000000000000000', 'Max Muster,max@example.org,nothing,4000000000000001', 'Eva Sample,eva@example.org,nothing,4000000000000003'
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Tables' {
    It 'of a sample hold what the catalog declares, and nothing else' {
        $found = Find-LoyaltyPii
        $found.IsDeclared | Should -Not -Contain $false
        $found | Where-Object Table -EQ LOYALTY.MASTER | ForEach-Object { "$($_.Column) $($_.Kind)" } | Sort-Object | Should -Be 'EMAIL Email', 'FULL_NAME PersonName', 'PHONE Phone'
    }

    It 'are taken as <Table>' -TestCases @(
        @{ Table = 'MASTER'; Found = 'LOYALTY.MASTER' }
        @{ Table = 'loyalty.master'; Found = 'LOYALTY.MASTER' }
        @{ Table = '*USER_PROFILE', 'LOYALTY.MASTER'; Found = 'DW_A.USER_PROFILE', 'LOYALTY.MASTER' }
        @{ Table = 'NOSUCH*'; Found = @() }
    ) {
        @(Find-LoyaltyPii $Table -Kind Email | ForEach-Object Table | Sort-Object -Unique) | Should -Be $Found
    }

    It 'that are none of the catalog are an error, after which the others go on' {
        $found = Find-LoyaltyPii NOSUCH, MASTER -Kind Email -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Table | Should -Be LOYALTY.MASTER
        $failed.FullyQualifiedErrorId | Should -BeLike 'SourceTableUnknown,*'
    }
}

Describe 'Files' {
    It 'need no warehouse, and belong to no table' {
        Disconnect-LoyaltyWarehouse
        try { $found = Find-LoyaltyPii -Path people.csv } finally { $null = Connect-LoyaltyWarehouse w.duckdb }
        $found | ForEach-Object { "$($_.Column) $($_.Kind)" } | Sort-Object | Should -Be 'customer_name PersonName', 'note FreeText', 'reach Email'
        $found.IsDeclared | Should -Be $null, $null, $null
        $found[0].Path | Should -Be (Resolve-Path people.csv).ProviderPath
    }

    It 'show no value whole' {
        $examples = (Find-LoyaltyPii -Path people.csv).Examples
        $examples | Should -Not -BeNullOrEmpty
        $examples | Should -Not -Match 'example|Byron|Max'
    }

    It 'come as <Script>' -TestCases @(
        @{ Script = 'Find-LoyaltyPii -Path people.csv' }
        @{ Script = 'Find-LoyaltyPii -Path peo*.csv' }
        @{ Script = '"people.csv" | Find-LoyaltyPii' }
        @{ Script = 'Get-Item people.csv | Find-LoyaltyPii' }
    ) {
        (& ([scriptblock]::Create("$Script -Kind Email"))).Column | Should -Be reach
    }

    It '<Path> is <Id>' -TestCases @(
        @{ Path = 'nosuch.csv'; Id = 'SourcePathNotFound' }
        @{ Path = 'people.txt'; Id = 'SourceFormatUnknown' }
        @{ Path = 'empty.csv'; Id = 'SourceFileUnreadable' }
        @{ Path = 'folder'; Id = 'SourcePathNotFound' }
    ) {
        Copy-Item people.csv people.txt
        Set-Content empty.csv '' -NoNewline
        $null = New-Item -ItemType Directory folder -Force
        $found = Find-LoyaltyPii -Path $Path, people.csv -Kind Email -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $found.Column | Should -Be reach
    }

    It 'that a pattern does not fit are none' {
        Find-LoyaltyPii -Path nosuch*.csv | Should -BeNullOrEmpty
    }
}

Describe 'Kinds' {
    It 'are taken as <Kind>' -TestCases @(
        @{ Kind = 'Email'; Found = 'Email' }
        @{ Kind = 'e*', 'FreeText'; Found = 'Email', 'FreeText' }
        @{ Kind = 'Email,PersonName'; Found = 'Email', 'PersonName' }
        @{ Kind = 'Nosuch*'; Found = @() }
    ) {
        @(Find-LoyaltyPii -Path people.csv -Kind $Kind | ForEach-Object { "$($_.Kind)" } | Sort-Object) | Should -Be $Found
    }

    It 'that there are not are an error' {
        $found = Find-LoyaltyPii -Path people.csv -Kind Shoe, Email -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'PiiKindUnknown,*'
        "$($found.Kind)" | Should -Be Email
    }
}
