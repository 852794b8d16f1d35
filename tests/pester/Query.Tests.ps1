# Invoke-LoyaltyQuery: questions in SQL.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'A query' {
    It 'yields objects that scripts reckon with' {
        $row = Invoke-LoyaltyQuery 'SELECT USER_ID, ENGAGEMENT_SCORE, SIGNED_UP_AT, MARKETING_CONSENT, EMAIL, NULL AS NOTHING FROM MASTER WHERE USER_ID = 3'
        $row | Should -HaveCount 1
        $row.psobject.TypeNames[0] | Should -Be 'System.Management.Automation.PSCustomObject'
        $row.psobject.Properties.Name | Should -Be 'USER_ID', 'ENGAGEMENT_SCORE', 'SIGNED_UP_AT', 'MARKETING_CONSENT', 'EMAIL', 'NOTHING'
        $row.USER_ID | Should -BeOfType [long]
        $row.ENGAGEMENT_SCORE | Should -BeOfType [decimal]
        $row.SIGNED_UP_AT.Kind | Should -Be Utc
        $row.MARKETING_CONSENT | Should -BeOfType [bool]
        $row.EMAIL | Should -Be (Get-LoyaltyHistory 3 -AsOf $day).EMAIL
        $row.NOTHING | Should -BeNull
    }

    It 'agrees with the other cmdlets' {
        $segments = Invoke-LoyaltyQuery 'SELECT ENGAGEMENT_SEGMENT, COUNT(*) AS USERS FROM LOYALTY.MASTER GROUP BY ALL'
        foreach ($segment in $segments) { $segment.USERS | Should -Be @(Get-EngagementSegment $segment.ENGAGEMENT_SEGMENT).Count }
        ($segments | Measure-Object USERS -Sum).Sum | Should -Be 200
    }

    It 'comes from the pipeline, too' {
        ('SELECT 1 AS N', 'SELECT 2 AS N' | Invoke-LoyaltyQuery).N | Should -Be 1, 2
    }

    It 'has structures and lists as objects and arrays' {
        $row = Invoke-LoyaltyQuery "SELECT [1, NULL] AS L, {'a': 'x', 'b': [{'c': 2}]} AS S"
        $row.L | Should -Be 1, $null
        $row.S.a | Should -Be x
        $row.S.b[0].c | Should -Be 2
    }

    It 'numbers columns of one name' {
        (Invoke-LoyaltyQuery 'SELECT a.USER_ID, b.USER_ID FROM MASTER AS a JOIN MASTER AS b ON b.USER_ID = a.USER_ID LIMIT 1').psobject.Properties.Name | Should -Be 'USER_ID', 'USER_ID_1'
    }

    It 'is ended by who has enough' {
        (Invoke-LoyaltyQuery 'SELECT range AS N FROM range(1000000000000)' | Select-Object -First 5).N | Should -Be (0..4)
    }

    It 'passes a million rows on as they come' {
        $start = (Get-Process -Id $PID).WorkingSet64
        $peak = 0
        $rows = Invoke-LoyaltyQuery "SELECT range AS N, repeat('x', 1000) AS TEXT FROM range(1000000)" | ForEach-Object {
            if ($_.N % 100000 -eq 0) { $peak = [Math]::Max($peak, [Diagnostics.Process]::GetCurrentProcess().WorkingSet64) }
            $_.N
        } | Measure-Object -Maximum
        $rows.Count, $rows.Maximum | Should -Be 1000000, 999999
        ($peak - $start) / 1MB | Should -BeLessThan 600
    }
}

Describe 'Parameters' {
    It 'are values, whatever is in them' {
        Invoke-LoyaltyQuery 'SELECT USER_ID FROM MASTER WHERE EMAIL = @mail' -Parameter @{ mail = "x' OR '1' = '1" } | Should -BeNullOrEmpty
        (Invoke-LoyaltyQuery 'SELECT USER_ID FROM MASTER WHERE USER_ID IN (@ids) ORDER BY USER_ID' @{ '@ids' = 5..7 + 999999 }).USER_ID | Should -Be (5..7)
        (Invoke-LoyaltyQuery 'SELECT @span AS A' @{ span = [timespan] '1.02:30' }).A | Should -Be ([timespan] '1.02:30')
        (Invoke-LoyaltyQuery 'SELECT @on AS A' @{ on = [switch] $true }).A | Should -BeTrue
        $row = Invoke-LoyaltyQuery 'SELECT @text AS T, @day AS D, @number AS N, @nothing AS X, @segment AS S' ([ordered]@{ text = '@day'; day = $day; number = 1.5d; nothing = $null; segment = [LoyaltyPipeline.EngagementSegment]::HighlyEngaged })
        $row.T, $row.D, $row.N, $row.X, $row.S | Should -Be '@day', $day, 1.5, $null, 'Highly Engaged'
    }

    It 'are refused by name: <Query> <Parameter>' -TestCases @(
        @{ Query = 'SELECT @a'; Parameter = @{}; Message = '*@a*' }
        @{ Query = 'SELECT 1'; Parameter = @{ b = 1 }; Message = '*@b*' }
        @{ Query = 'SELECT @a'; Parameter = @{ a = Get-Item / }; Message = '*@a*DirectoryInfo*' }
        @{ Query = 'SELECT @a'; Parameter = @{ a = 1; '@a' = 2 }; Message = '*two values*@a*' }
    ) {
        { Invoke-LoyaltyQuery $Query $Parameter } | Should -Throw $Message -ErrorId 'QueryParameterInvalid,*'
    }
}

Describe 'As of a day' {
    It 'Master is what it was' {
        $query = 'SELECT USER_ID, ENGAGEMENT_SCORE, ENGAGEMENT_SEGMENT FROM MASTER ORDER BY USER_ID'
        foreach ($asOf in '2026-06-28', '2026-06-30') {
            $expected = Get-LoyaltyHistory -AsOf $asOf | ForEach-Object { "$($_.USER_ID) $($_.ENGAGEMENT_SCORE) $($_.ENGAGEMENT_SEGMENT)" }
            Invoke-LoyaltyQuery $query -AsOf $asOf | ForEach-Object { "$($_.USER_ID) $($_.ENGAGEMENT_SCORE) $($_.ENGAGEMENT_SEGMENT)" } | Should -Be $expected
        }
        @(Compare-Object (Invoke-LoyaltyQuery $query -AsOf 2026-06-28) (Invoke-LoyaltyQuery $query) -Property USER_ID, ENGAGEMENT_SCORE).Count | Should -BeGreaterThan 0
    }

    It 'that was never written there is nothing' {
        { Invoke-LoyaltyQuery 'SELECT USER_ID FROM MASTER' -AsOf 2020-01-01 } | Should -Throw -ErrorId 'DayNotWritten,*'
    }

    It 'what does not name Master is refused' {
        { Invoke-LoyaltyQuery 'SELECT * FROM LOYALTY.SEGMENT_TREND' -AsOf $day } | Should -Throw '*LOYALTY.MASTER*' -ErrorId 'QueryRefused,*'
    }
}

Describe 'Errors' {
    It 'nothing is written: <_>' -ForEach 'DELETE FROM MASTER', 'SELECT 1; DROP TABLE LOYALTY.MASTER', "COPY LOYALTY.MASTER TO 'out.csv'", "SELECT * FROM read_csv('out.csv')", 'SET threads = 1' {
        { Invoke-LoyaltyQuery $_ } | Should -Throw -ErrorId 'QueryRefused,*'
        (Invoke-LoyaltyQuery 'SELECT COUNT(*) AS N FROM MASTER').N | Should -Be 200
        'out.csv' | Should -Not -Exist
    }

    It 'say what and where' {
        { Invoke-LoyaltyQuery "SELECT`n  NO_SUCH FROM MASTER" } | Should -Throw '*line 2, column 3*NO_SUCH*' -ErrorId 'QueryFailed,*'
        { Invoke-LoyaltyQuery 'SELECT 1 FRUM MASTER' } | Should -Throw '*near "MASTER", at line 1, column 15*' -ErrorId 'QueryRefused,*'
    }

    It 'have no value of a row' {
        $failure = { Invoke-LoyaltyQuery 'SELECT CAST(EMAIL AS INTEGER) FROM MASTER WHERE EMAIL IS NOT NULL' } | Should -Throw -ErrorId 'QueryFailed,*' -PassThru
        "$failure $($failure.Exception) $($failure.ErrorDetails) $($failure.TargetObject)" | Should -Not -Match '@'
    }
}

Describe 'Tab' {
    It 'offers after <Line>' -TestCases @(
        @{ Line = "Invoke-LoyaltyQuery 'SELECT * FROM mas"; Offer = "'SELECT * FROM LOYALTY.MASTER", "'SELECT * FROM LOYALTY.MASTER_MASKED" }
        @{ Line = 'Invoke-LoyaltyQuery "SELECT 1 FROM MASTER AS m JOIN DW_A.USER_P'; Offer = '"SELECT 1 FROM MASTER AS m JOIN DW_A.USER_PROFILE' }
        @{ Line = "Invoke-LoyaltyQuery 'SELECT USER_ID FROM MASTER WHERE engagement_sc"; Offer = "'SELECT USER_ID FROM MASTER WHERE ENGAGEMENT_SCORE", "'SELECT USER_ID FROM MASTER WHERE ENGAGEMENT_SCORE_DATE" }
        @{ Line = "Invoke-LoyaltyQuery 'SELECT 1 FROM MASTER AS m, DW_A.USER_PROFILE p WHERE p.SIGNED_UP_AT > ''2026-01-01'' AND p.user_i"; Offer = "'SELECT 1 FROM MASTER AS m, DW_A.USER_PROFILE p WHERE p.SIGNED_UP_AT > ''2026-01-01'' AND p.USER_ID" }
        @{ Line = "Invoke-LoyaltyQuery 'SELECT 1' -AsOf "; Offer = '2026-06-30', '2026-06-29', '2026-06-28' }
    ) {
        Get-Offer $Line | Should -Be $Offer
    }
}
