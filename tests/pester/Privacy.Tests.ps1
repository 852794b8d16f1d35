# Remove-LoyaltyUser and Export-LoyaltyUser: what is held of a user, and its end.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $canary = 900900900
    $values = 'kanari.zwitscher@example.org', 'Kanari Zwitscher <b>&', '+49 900 900 900'

    # A sample whose landing files have a user with unusual values too, merged over several days and delivered to two consumers.
    function Open-Canary([string] $Folder) {
        Disconnect-LoyaltyWarehouse
        $null = New-Item $Folder -ItemType Directory
        Set-Location $Folder
        $null = New-LoyaltySample ./landing -Users 200 -Days 60
        Add-Content ./landing/USER_PROFILE.csv "$canary,$($values[0]),$($values[1]),$($values[2]),$((Import-Csv ./landing/REGION_METADATA.csv)[0].REGION_CODE),standard,active,true,2026-01-01 00:00:00,2026-06-01 00:00:00"
        Add-Content ./landing/ENGAGEMENT_SCORE.csv "$canary,2026-06-28,99", "$canary,2026-06-29,98", "$canary,2026-06-27,999"
        Add-Content ./landing/USER_ACTIVITY.csv "88000001,$canary,feedback,2026-06-28 10:00:00,,5", "88000002,$canary,nonsense,2026-06-28 10:00:00,,5"
        $null = Connect-LoyaltyWarehouse ./w.duckdb
        $null = Initialize-LoyaltyWarehouse
        $null = Import-LoyaltySource ./landing
        $null = Invoke-LoyaltyMerge -From 2026-06-28 -To 2026-06-30 -Force -WarningAction SilentlyContinue
        Set-Content pipeline.yml "consumers:`n  Marketing:`n    segment: HighlyEngaged`n    redaction: { email: keep, name: keep, phone: keep }`n    compression: none"
        $null = Export-EngagementSegment Marketing -Destination ./drop
        $null = Export-EngagementSegment Partner -Segment HighlyEngaged -Destination ./drop
        Remove-Item ./landing -Recurse
    }

    # The files below the current folder that hold a text.
    function Find-Text([string] $Text) {
        $wanted = [System.Text.Encoding]::Latin1.GetString([System.Text.Encoding]::UTF8.GetBytes($Text))
        Get-ChildItem . -File -Recurse -Force | Where-Object {
            $copy = [System.IO.File]::Open($_.FullName, 'Open', 'Read', 'ReadWrite, Delete')
            $memory = [System.IO.MemoryStream]::new()
            $copy.CopyTo($memory)
            $copy.Dispose()
            [System.Text.Encoding]::Latin1.GetString($memory.ToArray()).Contains($wanted)
        }
    }
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Set-Location $PSScriptRoot
}

Describe 'A user who asks to be erased' {
    BeforeAll {
        Open-Canary (Join-Path $TestDrive canary)
        $delivered = @(Get-ChildItem ./drop -Recurse -File | Where-Object { $_.Name -like 'part-*' -and $_.FullName -like '*Marketing*' }).FullName
    }

    It 'stands in the delivered file and in the warehouse' {
        foreach ($value in $values) { @(Find-Text $value).Count | Should -BeGreaterThan 1 }
    }

    It 'is not erased without an answer, nor by -WhatIf' {
        { Remove-LoyaltyUser $canary } | Should -Throw -ErrorId 'ConfirmationUnavailable,*'
        $plan = Remove-LoyaltyUser $canary -RemovalPath ./handover -WhatIf
        $plan.Outcome, $plan.RunId, $plan.Storage | Should -Be 'Planned', '', 'NotNeeded'
        $plan.Deliveries.Consumer | Sort-Object | Should -Be Marketing, Partner
        './handover' | Should -Not -Exist
        @(Get-LoyaltyHistory $canary).Count | Should -BeGreaterThan 1
        Get-LoyaltyRun -Kind Erase | Should -BeNullOrEmpty
    }

    It 'is gone from every byte but what was delivered, and no stream says a value' {
        $streams = $( $script:erased = Remove-LoyaltyUser $canary -RemovalPath ./handover -Confirm:$false -Verbose -Debug ) *>&1 | Out-String
        foreach ($value in $values + "$canary") { $streams | Should -Not -Match ([regex]::Escape($value)) }
        $erased.Outcome, $erased.Storage | Should -Be 'Erased', 'Done'
        $erased.Removed.Table | Should -Contain 'LOYALTY.HISTORY'
        $erased.Removed.Table | Should -Contain 'LOYALTY.QUARANTINE'
        foreach ($value in $values) { @(Find-Text $value).FullName | Should -Be $delivered }
        @($erased.Deliveries | Where-Object Consumer -EQ Marketing).Files | Should -Be $delivered
        ($erased | Format-Table | Out-String -Width 80) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }

    It 'is told to each consumer by a file of removals' {
        $erased.RemovalFiles.Count | Should -Be 2
        foreach ($file in $erased.RemovalFiles) {
            $rows = @(Import-Csv $file)
            $rows.CHANGE, $rows.USER_ID | Should -Be 'removed', "$canary"
            (Get-Content $file -Raw) | Should -BeExactly "CHANGE,USER_ID`nremoved,$canary`n"
            if (-not $IsWindows) { (Get-Item $file).UnixMode | Should -Be '-rw-------' }
        }
    }

    It 'is in no log' {
        $run = Get-LoyaltyRun -Kind Erase
        $run.Status, $run.Deleted | Should -Be 'Succeeded', $erased.Rows
        ($run | ConvertTo-Json -Depth 5) | Should -Not -Match "$canary"
        Get-LoyaltyHistory $canary -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'leaves a warehouse that is sound' {
        Test-PipelineIntegrity | Where-Object Status -In Failed, Error | Should -BeNullOrEmpty
        (Invoke-LoyaltyMerge 2026-06-30 -Force -WarningAction SilentlyContinue).Outcome | Should -Be Unchanged
        Export-EngagementSegment Marketing -Destination ./drop -Mode Diff -Force | Should -Not -BeNullOrEmpty
        Test-PipelineIntegrity | Where-Object Status -In Failed, Error | Should -BeNullOrEmpty
    }

    It 'may be asked for again, and by the pipeline' {
        ($canary, $canary | Remove-LoyaltyUser -Confirm:$false).Outcome | Should -Be 'AlreadyErased'
        (Remove-LoyaltyUser 5 -Confirm:$false -WarningVariable said -WarningAction SilentlyContinue).Outcome | Should -Be Erased
        $said | Should -BeNullOrEmpty
        { Remove-LoyaltyUser 123456789 -Confirm:$false -WarningAction Stop } | Should -Throw -ErrorId 'ActionPreferenceStop,*'
        (Remove-LoyaltyUser 123456789 -Confirm:$false -WarningVariable said -WarningAction SilentlyContinue).Outcome | Should -Be NothingHeld
        "$said" | Should -BeLike 'Nothing is held of 1 of the users. *-Release.'
    }

    It 'does not come back by an import, and does when released' {
        $null = New-Item ./again -ItemType Directory
        Set-Content ./again/USER_PROFILE.csv 'USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT', "$canary,$($values[0]),,,,standard,active,true,2026-01-01,2026-06-01"
        $import = Import-LoyaltySource ./again -Verbose 4>&1
        "$($import[0..($import.Count - 2)])" | Should -BeLike '*1 rows for DW_A.USER_PROFILE are of erased users and are not imported.*'
        $import[-1].RowsRead, $import[-1].Erased, $import[-1].RowsUsed | Should -Be 1, 1, 0
        (Remove-LoyaltyUser $canary -Release -Confirm:$false).Outcome | Should -Be Released
        (Remove-LoyaltyUser $canary -Release -Confirm:$false).Outcome | Should -Be NotErased
        (Import-LoyaltySource ./again).Inserted | Should -Be 1
    }

    It 'has the file rebuilt when that is asked for' {
        $done = Remove-LoyaltyUser -Compact -Confirm:$false
        $done.State, $done.Location | Should -Be 'Done', (Join-Path $PWD w.duckdb)
        $done.BytesAfter | Should -BeGreaterThan 0
        (Remove-LoyaltyUser -Compact -WhatIf) | Should -BeNullOrEmpty
        @(Get-LoyaltyHistory -AsOf $day).Count | Should -BeGreaterThan 100
    }
}

Describe 'A user who asks what is held' {
    BeforeAll {
        Open-Canary (Join-Path $TestDrive access)
    }

    It 'is written as JSON and as a page, for nobody else to read' {
        $files = Export-LoyaltyUser $canary -Path ./access
        $files.Name | Should -Be "user-$canary.json", "user-$canary.html"
        if (-not $IsWindows) { $files.UnixMode | Should -Be '-rw-------', '-rw-------' }
        $held = Get-Content $files[0] -Raw | ConvertFrom-Json
        $held.userId, $held.erasedAt | Should -Be $canary, $null
        $profile = $held.tables | Where-Object name -EQ DW_A.USER_PROFILE
        $profile.rows[0].EMAIL, $profile.rows[0].FULL_NAME, $profile.rows[0].PHONE | Should -Be $values
        ($held.tables | Where-Object name -EQ LOYALTY.HISTORY).rows.Count | Should -Be (Get-LoyaltyHistory $canary).Count
        ($held.tables | Where-Object name -EQ LOYALTY.MASTER).columns.Where{ $_.name -eq 'EMAIL' }.description | Should -Be "The user's address."
        ($held.tables | Where-Object name -EQ LOYALTY.QUARANTINE).rows.ROW_KEY | Should -Be "USER_ID=$canary, SCORE_DATE=2026-06-27"
        $held.deliveries.consumer | Sort-Object | Should -Be Marketing, Partner
        $page = Get-Content $files[1] -Raw
        $page | Should -Match 'Kanari Zwitscher &lt;b&gt;&amp;'
        $page | Should -Not -Match 'Zwitscher <b>'
        $page | Should -Not -Match '<script|src=|http:|https:'
    }

    It 'replaces an earlier export, and nothing else' {
        $null = Export-LoyaltyUser $canary -Path ./access
        Set-Content "./access/user-$canary.html" 'mine'
        { Export-LoyaltyUser $canary -Path ./access -ErrorAction Stop } | Should -Throw -ErrorId 'ReportUnwritable,*'
        Get-Content "./access/user-$canary.html" | Should -Be 'mine'
    }

    It 'writes nothing by -WhatIf, and names who is not known' {
        Export-LoyaltyUser $canary -Path ./whatif -WhatIf | Should -BeNullOrEmpty
        './whatif' | Should -Not -Exist
        $files = 123456789, $canary | Export-LoyaltyUser -Path ./both -ErrorVariable failed -ErrorAction SilentlyContinue
        $files.Count | Should -Be 2
        $failed[0].FullyQualifiedErrorId, $failed[0].TargetObject | Should -Be 'UserUnknown,LoyaltyPipeline.Commands.ExportLoyaltyUserCommand', 123456789
    }

    It 'says that a user was erased' {
        $null = Remove-LoyaltyUser $canary -Confirm:$false
        $held = Get-Content (Export-LoyaltyUser $canary -Path ./after)[0] -Raw | ConvertFrom-Json
        $held.erasedAt | Should -Not -BeNullOrEmpty
        ($held.tables.ForEach{ $_.rows.Count } | Measure-Object -Sum).Sum | Should -Be 0
    }
}
