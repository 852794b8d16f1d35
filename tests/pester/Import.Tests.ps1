# Import-LoyaltySource.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Empty $TestDrive
    $null = New-LoyaltySample -Users 10 -Days 30 -Path landing
    # Line 2 lacks a country, and line 4 has a class that there is none of.
    Set-Content REGION_METADATA.csv 'REGION_CODE,REGION_NAME,COUNTRY,REGION_CLASS', 'EU,Europe,,Core', 'US,United States,US,Core', 'XX,Nowhere,XX,Lost'
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Files' {
    It 'come as <Script>' -TestCases @(
        @{ Script = "Import-LoyaltySource landing/USER_PROFILE.csv, landing/USER_ACTIVITY.csv" }
        @{ Script = "Import-LoyaltySource landing/USER_[AP][CR]*" }
        @{ Script = "'landing/USER_PROFILE.csv', 'landing/USER_ACTIVITY.csv' | Import-LoyaltySource" }
        @{ Script = "Get-ChildItem landing/USER_*.csv | Import-LoyaltySource" }
        @{ Script = "[pscustomobject]@{ Path = 'landing/USER_PROFILE.csv' }, [pscustomobject]@{ FullName = 'landing/USER_ACTIVITY.csv'; Warehouse = 'w.duckdb' } | Import-LoyaltySource" }
    ) {
        (& ([scriptblock]::Create($Script))).SourceTable | Sort-Object | Should -Be DW_A.USER_ACTIVITY, DW_A.USER_PROFILE
    }

    It 'of a folder go into their tables, and again change nothing' {
        $first = Import-LoyaltySource landing
        $first.Count | Should -Be $sources
        $first.Applied | Should -Not -Contain $false
        $again = Import-LoyaltySource landing/USER_*
        ($again | Measure-Object Unchanged -Sum).Sum | Should -Be ($first | Where-Object SourceTable -Like *USER_* | Measure-Object RowsRead -Sum).Sum
        ($again | Measure-Object Inserted, Updated, Deleted -Sum).Sum | Should -Be 0, 0, 0
    }

    It 'that are none of ours are left out of a folder with a warning, and refused alone' {
        $null = New-Item -ItemType Directory mixed
        Copy-Item landing/USER_PROFILE.csv mixed
        Set-Content mixed/GUEST_BOOK.csv 'x'
        (Import-LoyaltySource mixed -WarningVariable warned -WarningAction SilentlyContinue).SourceTable | Should -Be DW_A.USER_PROFILE
        $warned | Should -BeLike '*GUEST_BOOK.csv*'
        { Import-LoyaltySource mixed/GUEST_BOOK.csv -ErrorAction Stop } | Should -Throw -ErrorId 'SourceTableUnknown,*'
        (Import-LoyaltySource mixed/GUEST_BOOK.csv -Table USER_PROFILE -ErrorAction SilentlyContinue -ErrorVariable failed) | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'SourceColumnMissing,*'
    }

    It 'that are piped replace a table together' {
        Set-Content calls_1.csv 'USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS', '1,1999-01-01,1', '2,1999-01-01,1'
        Set-Content calls_2.csv 'USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS', '3,1999-01-01,1'
        $result = Get-Item calls_*.csv | Import-LoyaltySource -Table SUPPORT_CALLS -Mode Replace
        $result.RowsUsed, $result.Files.Count | Should -Be 3, 2
    }
}

Describe 'Rows that cannot be used' {
    It 'are counted by rule and kept with the reason' {
        $result = Get-Item REGION_METADATA.csv | Import-LoyaltySource -Mode Replace
        $result.RowsRead, $result.RowsUsed, $result.Rejected | Should -Be 3, 1, 2
        $result | Format-List | Out-String | Should -Match 'RejectedByRule +: accepted_values 1, not_null 1'
        ($result | Get-LoyaltyQuarantine).Detail | Should -Be 'REGION_METADATA.csv line 4: REGION_CLASS is none of Core, Growth, Emerging', 'REGION_METADATA.csv line 2: COUNTRY is missing'
    }

    It 'beyond a limit refuse the table and not the others' {
        $null = New-Item -ItemType Directory limited
        Copy-Item REGION_METADATA.csv, landing/USER_PROFILE.csv limited
        $used = Import-LoyaltySource limited -MaxRejected 10% -ErrorAction SilentlyContinue -ErrorVariable refused
        $used.SourceTable | Should -Be DW_A.USER_PROFILE
        $refused.FullyQualifiedErrorId | Should -BeLike 'TooManyRejected,*'
        $refused.TargetObject | Should -Be DW_C.REGION_METADATA
        (Get-LoyaltyRun -Status Refused -Last 1).ErrorId | Should -Be TooManyRejected
    }
}

Describe 'A folder as people leave it' {
    It 'is read by names that say the day and the part, and what is left out is a warning' {
        $null = New-Item -ItemType Directory dated, dated/later
        Copy-Item landing/USER_PROFILE.csv dated/USER_PROFILE_2026-06-30.part1.csv
        Set-Content dated/notes.txt x
        $used = Import-LoyaltySource dated -WarningVariable said -WarningAction SilentlyContinue
        $used.SourceTable | Should -Be DW_A.USER_PROFILE
        "$said" | Should -Match 'notes\.txt is left out'
        "$said" | Should -Match 'later is left out: it is a folder'
    }

    It 'cannot be taken apart at its quotes, line ends or control characters: <_>' -ForEach '"', "`n", "`r", "`0", "`b", "`e", ([char]0x7f), ([char]0x85), ([char]0xd800) {
        { Import-LoyaltySource landing -Delimiter $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'has NULL where a token of the caller says so' {
        Set-Content tokens.csv "REGION_CODE,REGION_NAME,COUNTRY,REGION_CLASS`nZ1,n/a,\N,Core"
        Import-LoyaltySource tokens.csv -Table REGION_METADATA -NullToken n/a -MaxRejected 0 -ErrorAction SilentlyContinue -ErrorVariable refused
        "$refused" | Should -Match 'not_null 1'
    }
}

Describe 'A plan' {
    It 'says what an import would do, and is no run' {
        $before = @(Get-LoyaltyRun).Count
        $plan = Get-Item REGION_METADATA.csv | Import-LoyaltySource -WhatIf
        $plan.Applied | Should -BeFalse
        $plan.RowsUsed, $plan.Rejected | Should -Be 1, 2
        @(Get-LoyaltyRun).Count | Should -Be $before
    }
}

Describe 'What cannot be' {
    It 'is refused before anything is done: <Arguments>' -TestCases @(
        "-MaxRejected -5", "-MaxRejected 5.5", "-MaxRejected 101%", "-MaxRejected often", "-MaxRejected ''", "-Mode Merge", "-Delimiter ';;'", "-Table ''" | ForEach-Object { @{ Arguments = $_ } }
    ) {
        { & ([scriptblock]::Create("Import-LoyaltySource landing $Arguments")) } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }

    It 'takes limits as count or share: <Limit>' -TestCases @(@{ Limit = 5 }, @{ Limit = '0' }, @{ Limit = '0.5%' }, @{ Limit = '100%' }) {
        (Import-LoyaltySource landing/USER_PROFILE.csv -MaxRejected $Limit).Rejected | Should -Be 0
    }

    It 'brings a file into each warehouse that it is named for' {
        Set-Content both.csv 'CHAT_ID,USER_ID,STARTED_AT,DURATION_SECONDS,SATISFACTION', '900002,1,2026-06-01,5,'
        $null = 'first.duckdb', 'second.duckdb' | ForEach-Object { Initialize-LoyaltyWarehouse -IncludeSources -Warehouse $_ }
        $added = @('first.duckdb', 'second.duckdb' | ForEach-Object { [pscustomobject]@{ Path = 'both.csv'; Warehouse = $_ } } |
                Import-LoyaltySource -Table SUPPORT_CHATS -MaxRejected 100% -WarningVariable warned -WarningAction SilentlyContinue)
        $added.Inserted | Should -Be 1, 1
        "$warned" | Should -Not -Match 'more than once'
    }

    It 'adds a file once that is named more than once' {
        Set-Content once.csv 'CHAT_ID,USER_ID,STARTED_AT,DURATION_SECONDS,SATISFACTION', '900001,1,2026-06-01,5,'
        $added = @(Import-LoyaltySource once.csv, ./once.csv -Table SUPPORT_CHATS -Mode Append -MaxRejected 100% -WarningVariable warned -WarningAction SilentlyContinue)
        $added.Count, $added[0].RowsRead | Should -Be 1, 1
        "$warned" | Should -Match 'once\.csv is named more than once'
    }

    It 'leaves the other paths to be imported, unless they are to replace' {
        (Import-LoyaltySource nowhere, landing/USER_PROFILE.csv -ErrorAction SilentlyContinue -ErrorVariable missing).Unchanged | Should -Be 10
        $missing.FullyQualifiedErrorId | Should -BeLike 'SourcePathNotFound,*'
        $missing.TargetObject | Should -Be (Join-Path $TestDrive nowhere)
        { Import-LoyaltySource landing/USER_PROFILE.csv, nowhere -Mode Replace } | Should -Throw -ErrorId 'SourcePathNotFound,*'
    }
}
