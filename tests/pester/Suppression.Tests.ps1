# Add-, Get- and Remove-LoyaltySuppression: who is sent to nobody.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    Set-Content optout.csv 'NAME,USER_ID', '"A, B",1', 'C,2'
    Set-Content more.csv 'USER_ID', 2, 3
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'A suppression' {
    AfterEach {
        Get-LoyaltySuppression | Remove-LoyaltySuppression
    }

    It 'is of ids by name, by position and from the pipeline, in one run' {
        (Add-LoyaltySuppression 1, 2 -Reason asked).Added | Should -Be 2
        (Add-LoyaltySuppression -UserId 3 -Reason asked -Until 2099-12-31).Added | Should -Be 1
        $result = 1, 4, 5 | Add-LoyaltySuppression -Reason asked
        $result.Count | Should -Be 1
        $result.Added, $result.Unchanged | Should -Be 2, 1
        (Get-LoyaltySuppression).UserId | Should -Be 1, 2, 3, 4, 5
        (Get-LoyaltySuppression 3).Until | Should -Be ([datetime]'2099-12-31')
        (Get-LoyaltyRun -Kind Suppress -Last 1).Inserted | Should -Be 2
    }

    It 'is of the ids of files' {
        (Add-LoyaltySuppression -Path optout.csv, more.csv -WarningAction SilentlyContinue).Added | Should -Be 3
        (Add-LoyaltySuppression -Path *.csv -WarningAction SilentlyContinue).Unchanged | Should -Be 3
        Set-Content bad.txt 'USER_ID', 1
        { Add-LoyaltySuppression -Path bad.txt -ErrorAction Stop } | Should -Throw -ErrorId 'SourceFormatUnknown,*'
        Set-Content wrong.csv 'USER_ID', 7, seven
        { Add-LoyaltySuppression -Path wrong.csv -ErrorAction Stop } | Should -Throw -ErrorId 'SourceFileUnreadable,*'
        Remove-Item bad.txt, wrong.csv
        (Get-LoyaltySuppression).UserId | Should -Be 1, 2, 3
    }

    It 'is planned, and nothing is written' {
        $plan = Add-LoyaltySuppression 1, 2 -WhatIf
        $plan.Applied, $plan.Added | Should -Be $false, 2
        Get-LoyaltySuppression | Should -BeNullOrEmpty
    }

    It 'may come before the user, which is said' {
        $null = Add-LoyaltySuppression 987654321 -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -Match 'no user of 1 of the ids'
        (Get-LoyaltySuppression 987654321).IsUser | Should -BeFalse
    }

    It 'of a file that has not come, or that names nobody, is told of' {
        Add-LoyaltySuppression -Path ./none*.csv -WarningAction SilentlyContinue -WarningVariable warned
        "$warned" | Should -BeLike '*none`*.csv fits no file.'
        Set-Content nobody.csv USER_ID
        Add-LoyaltySuppression -Path ./nobody.csv -WarningAction SilentlyContinue -WarningVariable warned
        "$warned" | Should -BeLike '*nobody.csv names no user.'
        Set-Content excel.csv "USER_ID;NOTE`n5;a"
        Add-LoyaltySuppression -Path ./excel.csv -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.Message | Should -BeLike '*excel.csv has no column USER_ID.'
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike '*separate its values by commas.'
    }

    It 'is not written where a warning stops it' {
        foreach ($n in 1..5) { { Add-LoyaltySuppression 987654321 -WarningAction Stop } | Should -Throw -ErrorId 'ActionPreferenceStop,*' }
        Get-LoyaltySuppression | Should -BeNullOrEmpty
        (Get-LoyaltyRun -Kind Suppress -Last 1).Status | Should -Be Cancelled
    }

    It 'does not end before it begins' {
        { Add-LoyaltySuppression 1 -Until 2020-01-01 -ErrorAction Stop } | Should -Throw -ErrorId 'SuppressionOver,*'
    }

    It 'that is not there is an error for who is named, and the others are read' {
        $null = Add-LoyaltySuppression 1 -Reason 'list of June'
        $found = Get-LoyaltySuppression 2, 1 -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.UserId | Should -Be 1
        $failed.FullyQualifiedErrorId | Should -BeLike 'SuppressionNotFound,*'
        Get-LoyaltySuppression -Reason 'list*' -Current | Should -Not -BeNullOrEmpty
        Get-LoyaltySuppression -Ended | Should -BeNullOrEmpty
    }

    It 'is honoured by the next delivery, and its end too' {
        Set-Content pipeline.yml 'consumers: {Mine: {segment: HighlyEngaged, columns: [USER_ID], compression: none, audience_change: 1000%}}'
        $audience = (Export-EngagementSegment Mine -Destination ./drop -Mode Diff).Rows
        $some = Get-EngagementSegment HighlyEngaged -First 2
        $null = $some | Add-LoyaltySuppression -Reason asked
        $diff = Export-EngagementSegment Mine -Destination ./drop -Mode Diff -Force
        $diff.Removed, $diff.LeftOut.Suppressed | Should -Be 2, 2
        $null = $some | Remove-LoyaltySuppression
        (Export-EngagementSegment Mine -Destination ./drop -Mode Diff -Force).Added | Should -Be 2
        $audience | Should -BeGreaterThan 2
        Remove-Item pipeline.yml
    }
}
