# Protect-LoyaltyScript.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = New-Item -ItemType Directory scripts
    Set-Content scripts/CITY_LIST.sql "SELECT CITY_CODE FROM DW.CITY_LIST WHERE KIND = 'capital' -- ours"
    Set-Content scripts/job.ps1 @'
<#
.SYNOPSIS
    Sends the cities of Acme.
#>
param([string] $CityCode, $Path = './drop/acme')
function Send-Town { param($Town) "to $Town, at ${CityCode}: $($Town.Length) of 'them'" }
# One by one.
foreach ($town in Get-Content -Path $Path) { Send-Town -Town $town }
$text = @"
city_code is $CityCode
"@
'@
    [IO.File]::WriteAllText("$TestDrive/scripts/wide.sql", "SELECT 'Zürich'`r`n", [Text.UnicodeEncoding]::new($true, $true))
    $null = New-Item scripts/empty.md
}

AfterAll { Pop-Location }

Describe 'Scripts under other names' {
    It 'are verified, say what they said and come back byte for byte' {
        $files = Protect-LoyaltyScript scripts public -Map private/map.csv -Name Acme -Verify
        $files.Verified | Should -Be $true, $true, $true, $true
        ($files | Where-Object Kind -eq Sql)[0].Destination | Should -Be (Join-Path $TestDrive 'public/TABLE_A.sql')
        Get-Content public/TABLE_A.sql | Should -Match "^SELECT COLUMN_A FROM SCHEMA_A.TABLE_A WHERE KIND = 'text_\w' -- note_\w$"
        $job = Get-Content public/job.ps1 -Raw
        $job | Should -Not -Match 'city|town|acme|them'
        $job | Should -Match '(?s)\.SYNOPSIS.+param\(\[string\] \$ColumnA, \$Path = ''\./drop/name_\w+''\).+foreach \(\$\w+ in Get-Content -Path \$Path\)'
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseInput($job, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty

        $back = Protect-LoyaltyScript public -Restore back -Map private/map.csv
        $back.Count | Should -Be 4
        foreach ($file in Get-ChildItem scripts) {
            (Get-FileHash "back/$($file.Name)").Hash | Should -Be (Get-FileHash $file).Hash
        }
    }

    It 'say with -WhatIf what would be written' {
        (Protect-LoyaltyScript scripts/*.sql planned -Map planned.csv -WhatIf).Count | Should -Be 2
        'planned', 'planned.csv' | Should -Not -Exist
    }

    It 'are found out where a name is left' {
        Copy-Item public changed -Recurse
        Add-Content changed/TABLE_A.sql '-- of my CityCode'
        $found = Protect-LoyaltyScript changed -Map private/map.csv -Verify -ErrorVariable problems -ErrorAction SilentlyContinue
        ($found | Where-Object { -not $_.Verified }).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PublicationLeak,*'
        "$($problems[0])" | Should -BeLike '*TABLE_A.sql line 2: CITY_CODE is left*'
        Protect-LoyaltyScript changed -Restore again -Map private/map.csv -WarningVariable doubts -WarningAction SilentlyContinue
        "$doubts" | Should -BeLike '*TABLE_A.sql was changed after it was published*'
    }

    It 'are refused: <Line>' -TestCases @(
        @{ Line = 'Protect-LoyaltyScript scripts public -Map public/map.csv'; ErrorId = 'PublicationMapExposed' }
        @{ Line = 'Protect-LoyaltyScript nothing public -Map m.csv'; ErrorId = 'ScriptNotFound' }
        @{ Line = 'Protect-LoyaltyScript nothing* public -Map m.csv'; ErrorId = 'ScriptNotFound' }
        @{ Line = 'Protect-LoyaltyScript public -Restore back -Map nothing.csv'; ErrorId = 'PublicationMapInvalid' }
        @{ Line = 'Set-Content x.txt 1; Protect-LoyaltyScript x.txt public -Map m.csv'; ErrorId = 'ScriptUnusable' }
        @{ Line = 'Protect-LoyaltyScript scripts/job.ps1 scripts -Map m.csv'; ErrorId = 'PublicationUnwritable' }
    ) {
        { & ([scriptblock]::Create($Line)) } | Should -Throw -ErrorId "$ErrorId,*"
    }
}
