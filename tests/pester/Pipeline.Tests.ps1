# The pipeline as a line of PowerShell: each cmdlet goes on from what the one before emits.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Empty $TestDrive
    $null = New-LoyaltySample ./landing -Users 60 -Days 60
    Disconnect-LoyaltyWarehouse
    Copy-Item w.duckdb empty.duckdb
    # Every call names its warehouse at its first cmdlet alone, so that nothing else says where the others work.
    $line = { param($First = @{}) Import-LoyaltySource ./landing -Warehouse w.duckdb @First | Invoke-LoyaltyMerge -RunDate 2026-06-30 | Test-PipelineIntegrity | Export-EngagementSegment Marketing, CustomerSuccess -Destination ./drop }
    $failing = 'integrity: {own_checks: {odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER}}}'

    function Get-Runs { (Get-LoyaltyRun -Warehouse w.duckdb).ForEach{ "$($_.Kind)" } | Group-Object | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" } }
    function Reset-Warehouse { Copy-Item empty.duckdb w.duckdb -Force; Remove-Item drop -Recurse -ErrorAction Ignore }
}

AfterAll {
    Pop-Location
}

Describe 'The line' {
    It 'imports, merges once, checks once and delivers, on the warehouse that its first cmdlet names' {
        $delivered = & $line
        $delivered.Consumer | Should -Be Marketing, CustomerSuccess
        $delivered.Outcome | Should -Be Published, Published
        Get-Runs | Should -Be 'Deliver 2', "Import $sources", 'Merge 1', 'Test 1'
    }

    It 'again changes nothing and sends nothing twice' {
        (& $line).Outcome | Should -Be AlreadyThere, AlreadyThere
    }

    It 'gives what each step found to variables' {
        Import-LoyaltySource ./landing -Warehouse w.duckdb -OutVariable imported |
            Invoke-LoyaltyMerge 2026-06-30 -OutVariable merged |
            Test-PipelineIntegrity -OutVariable checked |
            Export-EngagementSegment Marketing -Destination ./drop -OutVariable delivered |
            Should -BeOfType LoyaltyPipeline.Core.Delivery.DeliveryResult
        $imported.Count, $merged.Count, $delivered.Count | Should -Be $sources, 1, 1
        $checked.Count | Should -BeGreaterThan 200
        # Kept in variables, they go on as they would in the line.
        ($imported | Invoke-LoyaltyMerge 2026-06-30).Outcome | Should -Be Unchanged
        ($checked | Export-EngagementSegment CustomerSuccess -Destination ./drop).Outcome | Should -Be AlreadyThere
    }

    It 'goes through cmdlets that hand objects on, and through a filter that takes some away' {
        $said = Import-LoyaltySource ./landing -Warehouse w.duckdb | Tee-Object -Variable seen | Where-Object SourceTable -like DW_A.* |
            Sort-Object SourceTable | Invoke-LoyaltyMerge 2026-06-30 | ForEach-Object { $_ } | Test-PipelineIntegrity -Quiet
        $said | Should -BeTrue
        $seen.Count | Should -Be $sources
    }

    It 'takes the configuration of its first cmdlet along' {
        Set-Content other.yml "consumers: {Sales: {segment: Engaged, destination: '$TestDrive/sales'}}"
        $delivered = Import-LoyaltySource ./landing -Warehouse w.duckdb -Config other.yml | Invoke-LoyaltyMerge 2026-06-30 | Test-PipelineIntegrity | Export-EngagementSegment Sales
        $delivered.Consumer | Should -Be Sales
    }

    It 'ends before it begins where a consumer of the call is none, if the call says by which configuration' {
        Set-Content none.yml 'consumers: {Sales: {segment: Engaged}}'
        $before = @(Get-LoyaltyRun -Warehouse w.duckdb).Count
        { Import-LoyaltySource ./landing -Warehouse w.duckdb | Invoke-LoyaltyMerge 2026-06-30 | Export-EngagementSegment Sales -Config none.yml } |
            Should -Throw -ErrorId 'DestinationInvalid,*'
        @(Get-LoyaltyRun -Warehouse w.duckdb).Count | Should -Be $before
    }

    It 'merges the range that is asked for, and checks once' {
        Reset-Warehouse
        $results = Import-LoyaltySource ./landing -Warehouse w.duckdb | Invoke-LoyaltyMerge -From 2026-06-28 -To 2026-06-30 | Test-PipelineIntegrity
        @($results.RunId | Sort-Object -Unique).Count | Should -Be 1
        Get-Runs | Should -Be "Import $sources", 'Merge 3', 'Test 1'
    }
}

Describe 'With -WhatIf' {
    It 'the line writes nothing, <Where>' -TestCases @(
        @{ Where = 'given to each'; Preference = $true; First = @{} }
        @{ Where = 'given to the first: what goes on from a plan plans'; Preference = $false; First = @{ WhatIf = $true } }
    ) {
        Reset-Warehouse
        $null = & $line
        $before = Get-Runs
        $WhatIfPreference = $Preference
        $planned = & $line $First 6> $null
        $WhatIfPreference = $false
        $planned.Outcome | Should -Be Planned, Planned
        Get-Runs | Should -Be $before
    }

    It 'says so of each step' {
        $said = Import-LoyaltySource ./landing/USER_PROFILE.csv -Warehouse w.duckdb -WhatIf | Invoke-LoyaltyMerge 2026-06-30 6>&1
        "$($said[0])" | Should -BeLike 'What if: Merge 2026-06-30 *'
        $said[-1].Applied | Should -BeFalse
    }
}

Describe 'Where a step fails' {
    BeforeEach { Reset-Warehouse }

    It 'by an error that ends it, nothing follows' {
        { Import-LoyaltySource ./landing -Warehouse absent.duckdb | Invoke-LoyaltyMerge 2026-06-30 | Test-PipelineIntegrity } |
            Should -Throw -ErrorId 'WarehouseNotInitialized,*'
        Get-Runs | Should -BeNullOrEmpty
    }

    It 'by an error after which it goes on, nothing follows: <Why>' -TestCases @(
        @{ Why = 'a path that is not there'; Path = './nowhere', './landing'; Reason = '*nowhere*' }
        @{ Why = 'a file that cannot be used'; Path = './bad', './landing'; Reason = '*' }
    ) {
        $null = New-Item -ItemType Directory -Force bad
        Set-Content bad/SUPPORT_CALLS.csv 'USER_ID'
        { Import-LoyaltySource $Path -Warehouse w.duckdb -ErrorAction SilentlyContinue | Invoke-LoyaltyMerge 2026-06-30 | Test-PipelineIntegrity } |
            Should -Throw -ErrorId 'StepFailed,*InvokeLoyaltyMergeCommand' -ExpectedMessage "Invoke-LoyaltyMerge has merged nothing, because Import-LoyaltySource reported an error: $Reason"
        Get-Runs | Should -Not -Contain 'Merge 1'
        Get-Runs | Should -Contain "Import $($Path[0] -eq './bad' ? $sources + 1 : $sources)"
    }

    It 'what it emitted is no way around that, from a variable either' {
        $imported = Import-LoyaltySource ./nowhere, ./landing -Warehouse w.duckdb -ErrorAction SilentlyContinue
        { $imported | Invoke-LoyaltyMerge 2026-06-30 -Force } | Should -Throw -ErrorId 'StepFailed,*'
    }

    It 'nothing follows one that was ended before its end' {
        { Import-LoyaltySource ./landing -Warehouse w.duckdb | Select-Object -First 1 | Invoke-LoyaltyMerge 2026-06-30 } |
            Should -Throw -ErrorId 'StepFailed,*' -ExpectedMessage '*did not come to its end*'
    }

    It 'by a check that there is not, nothing is delivered' {
        $null = Import-LoyaltySource ./landing -Warehouse w.duckdb | Invoke-LoyaltyMerge 2026-06-30
        { Test-PipelineIntegrity -Check none.such, *.unique -Warehouse w.duckdb -ErrorAction SilentlyContinue | Export-EngagementSegment Marketing -Destination ./drop -Force } |
            Should -Throw -ErrorId 'StepFailed,*'
        'drop' | Should -Not -Exist
    }
}

Describe 'Where a check fails' {
    BeforeAll {
        Reset-Warehouse
        Set-Content odd.yml $failing
        $null = Import-LoyaltySource ./landing -Warehouse w.duckdb | Invoke-LoyaltyMerge 2026-06-30
    }

    It 'nothing is delivered: <Line>' -TestCases @(
        @{ Line = 'Test-PipelineIntegrity -Warehouse w.duckdb -Config odd.yml | Export-EngagementSegment Marketing, CustomerSuccess -Destination ./drop' }
        @{ Line = 'Invoke-LoyaltyMerge 2026-06-30 -Warehouse w.duckdb -Config odd.yml | Test-PipelineIntegrity | Export-EngagementSegment Marketing -Destination ./drop' }
        @{ Line = 'Test-PipelineIntegrity -NotPassed -Warehouse w.duckdb -Config odd.yml | Export-EngagementSegment Marketing -Destination ./drop' }
    ) {
        { Invoke-Expression $Line } | Should -Throw -ErrorId 'NotSound,*' -ExpectedMessage 'Nothing was delivered: 1 of * did not pass: own.odd (60 rows: is odd).'
        'drop' | Should -Not -Exist
        $Error[0].TargetObject | Should -Be own.odd
    }

    It 'nothing is delivered of False' {
        { Test-PipelineIntegrity -Quiet -Warehouse w.duckdb -Config odd.yml | Export-EngagementSegment Marketing -Destination ./drop } | Should -Throw -ErrorId 'NotSound,*'
        'drop' | Should -Not -Exist
        (Test-PipelineIntegrity -Quiet -Warehouse w.duckdb | Export-EngagementSegment Marketing -Destination ./fine).Outcome | Should -Be Published
    }

    It '-WhatIf names it among the guards that would trip' {
        $planned = Test-PipelineIntegrity -Warehouse w.duckdb -Config odd.yml | Export-EngagementSegment Marketing -Destination ./drop -WhatIf
        $planned.Guards.Name | Should -Be NotSound
    }

    It '-Force delivers, and log and manifest say so' {
        $delivered = Test-PipelineIntegrity -Warehouse w.duckdb -Config odd.yml | Export-EngagementSegment Marketing -Destination ./drop -Force -WarningVariable warned -WarningAction SilentlyContinue
        $delivered.Outcome | Should -Be Published
        "$warned" | Should -BeLike 'Forced past a guard: 1 of * did not pass: own.odd*'
        $run = Get-LoyaltyRun -Kind Deliver -Last 1 -Warehouse w.duckdb
        $run.Forced | Should -BeTrue
        $run.Guards | Should -BeLike 'NotSound: *own.odd*'
        (Get-SegmentDelivery -Last 1 -Warehouse w.duckdb).Guards | Should -BeLike 'NotSound: *'
        (Get-Content $delivered.Manifest | ConvertFrom-Json).forced_guards | Should -Be NotSound
    }

    It 'a warning keeps nothing back' {
        Set-Content warn.yml ($failing -replace 'is odd,', 'is odd, warn: 0,')
        (Test-PipelineIntegrity -Warehouse w.duckdb -Config warn.yml | Export-EngagementSegment CustomerSuccess -Destination ./drop).Outcome | Should -Be Published
    }
}

Describe 'What comes down the pipe' {
    It 'is nothing: nothing is done, which is warned of: <Line>' -TestCases @(
        @{ Line = 'Import-LoyaltySource ./none*.csv -Warehouse w.duckdb | Invoke-LoyaltyMerge 2026-06-30 -Warehouse w.duckdb'; Undone = 'Invoke-LoyaltyMerge has merged nothing' }
        @{ Line = '$null | Invoke-LoyaltyMerge 2026-06-30 -Warehouse w.duckdb'; Undone = 'Invoke-LoyaltyMerge has merged nothing' }
        @{ Line = '@() | Test-PipelineIntegrity -Warehouse w.duckdb -InformationAction Ignore'; Undone = 'Test-PipelineIntegrity has checked nothing' }
        @{ Line = 'Test-PipelineIntegrity -Check none* -Warehouse w.duckdb -InformationAction Ignore | Export-EngagementSegment Marketing -Destination ./drop -Warehouse w.duckdb'; Undone = 'Export-EngagementSegment has delivered nothing' }
    ) {
        $before = Get-Runs
        $said = @(Invoke-Expression "$Line 3>&1")
        $said.Message | Should -Be "Nothing came down the pipeline: $Undone."
        Get-Runs | Should -Be $before
    }

    It 'is of no kind that the cmdlet goes on from: <Line>' -TestCases @(
        # Not every logged day, and not a hundred tests.
        @{ Line = 'Get-LoyaltyRun -Warehouse w.duckdb | Invoke-LoyaltyMerge -Warehouse w.duckdb'; Kind = 'RunRecord' }
        @{ Line = "'2026-06-30' | Invoke-LoyaltyMerge -Warehouse w.duckdb"; Kind = 'String' }
        @{ Line = "[pscustomobject]@{ RunDate = '2026-06-30' } | Invoke-LoyaltyMerge -Warehouse w.duckdb"; Kind = 'PSCustomObject' }
        @{ Line = 'Get-ChildItem ./landing | Test-PipelineIntegrity -Warehouse w.duckdb'; Kind = 'FileInfo' }
        @{ Line = 'Import-LoyaltySource ./landing -Warehouse w.duckdb | Export-EngagementSegment Marketing -Destination ./drop'; Kind = 'ImportResult' }
        @{ Line = 'Import-LoyaltySource ./landing -Warehouse w.duckdb | Select-Object RunId | Invoke-LoyaltyMerge'; Kind = 'PSCustomObject' }
        @{ Line = '5 | Export-EngagementSegment Marketing -Destination ./drop -Warehouse w.duckdb'; Kind = 'Int32' }
    ) {
        $merges = @(Get-LoyaltyRun -Kind Merge, Test, Deliver -Warehouse w.duckdb).Count
        { Invoke-Expression $Line } | Should -Throw -ErrorId 'InputNotSupported,*' -ExpectedMessage "* goes on from what * what came down the pipeline is a $Kind."
        @(Get-LoyaltyRun -Kind Merge, Test, Deliver -Warehouse w.duckdb).Count | Should -Be $merges
    }

    It 'is of two warehouses' {
        Copy-Item empty.duckdb second.duckdb
        { & { Import-LoyaltySource ./landing -Warehouse w.duckdb; Import-LoyaltySource ./landing -Warehouse second.duckdb } | Invoke-LoyaltyMerge 2026-06-30 } |
            Should -Throw -ErrorId 'InputNotSupported,*' -ExpectedMessage '*w.duckdb; *second.duckdb*'
    }

    It 'is of one warehouse, and the next cmdlet is to work on another' {
        Copy-Item empty.duckdb third.duckdb
        { Import-LoyaltySource ./landing -Warehouse w.duckdb | Invoke-LoyaltyMerge 2026-06-30 -Warehouse third.duckdb } |
            Should -Throw -ErrorId 'InputNotSupported,*' -ExpectedMessage '*third.duckdb, and what came down the pipeline is of *w.duckdb.'
        @(Get-LoyaltyRun -Warehouse third.duckdb).Count | Should -Be 0
    }
}

Describe 'Consumers' {
    It 'come as names: <Line>' -TestCases @(
        @{ Line = "'Marketing', 'CustomerSuccess' | Export-EngagementSegment -Destination ./by-name -Warehouse w.duckdb" }
        @{ Line = "Export-EngagementSegment Marketing, CustomerSuccess -Destination ./by-name -Warehouse w.duckdb" }
        @{ Line = "Export-EngagementSegment *e* -Destination ./by-name -Warehouse w.duckdb" }
        @{ Line = "'CustomerSuccess' | Export-EngagementSegment Marketing -Destination ./by-name -Warehouse w.duckdb" }
    ) {
        (Invoke-Expression $Line).Consumer | Sort-Object | Should -Be CustomerSuccess, Marketing
    }

    It 'of a pattern are those that have a destination' {
        Set-Content two.yml "consumers: {Marketing: {destination: '$TestDrive/star'}, Sales: {segment: Engaged, destination: '$TestDrive/star'}, Later: {segment: Engaged}}"
        (Export-EngagementSegment * -Config two.yml -Warehouse w.duckdb).Consumer | Sort-Object | Should -Be Marketing, Sales
    }

    It 'are delivered to though another cannot be' {
        Set-Content file 'in the way'
        Set-Content way.yml "consumers: {Marketing: {destination: '$TestDrive/file'}, CustomerSuccess: {destination: '$TestDrive/way'}}"
        $delivered = Export-EngagementSegment Marketing, CustomerSuccess, Nobody -Config way.yml -Warehouse w.duckdb -ErrorAction SilentlyContinue -ErrorVariable failed
        $delivered.Consumer | Should -Be CustomerSuccess
        $failed.FullyQualifiedErrorId.ForEach{ $_.Split(',')[0] } | Should -Be ConsumerUnknown, DestinationInvalid
        { Export-EngagementSegment Marketing -Config way.yml -Warehouse w.duckdb } | Should -Throw -ErrorId 'DestinationInvalid,*'
    }
}

Describe 'Deliveries' {
    BeforeAll {
        $null = Export-EngagementSegment Marketing, CustomerSuccess -Destination ./kept -Warehouse w.duckdb
        $newest = Export-EngagementSegment Marketing -Destination ./kept -Format JsonLines -Warehouse w.duckdb
    }

    It 'are found by their runs' {
        $runs = Get-LoyaltyRun -Kind Deliver -Last 1 -Warehouse w.duckdb
        ($runs | Get-SegmentDelivery -Warehouse w.duckdb).DeliveryId | Should -Be $newest.DeliveryId
        @(Get-LoyaltyRun -Kind Merge -Warehouse w.duckdb | Get-SegmentDelivery -Warehouse w.duckdb).Count | Should -Be 0
    }

    It 'are verified as they are listed' {
        $checks = Get-SegmentDelivery -Status Published -Last 3 -Warehouse w.duckdb | Test-SegmentDelivery
        $checks.Count | Should -BeGreaterThan 10
        $checks.Where{ -not $_.Passed } | Should -BeNullOrEmpty
    }

    It 'are removed as they are listed, but for those that consumers still read' {
        $listed = Get-SegmentDelivery Marketing -Warehouse w.duckdb | Where-Object Destination -like '*kept'
        $listed.Count | Should -Be 2
        $planned = $listed | Clear-SegmentDelivery -Warehouse w.duckdb -WhatIf -WarningAction SilentlyContinue
        $planned.Removed | Should -Be $false
        $removed = $listed | Clear-SegmentDelivery -Warehouse w.duckdb -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        $removed.DeliveryId | Should -Be $listed[1].DeliveryId
        "$warned" | Should -BeLike "The delivery $($newest.DeliveryId) to Marketing stays: *"
        Split-Path $listed[1].Manifest | Should -Not -Exist
        $newest.Manifest | Should -Exist
        (Get-SegmentDelivery CustomerSuccess -Status Published -Warehouse w.duckdb | Where-Object Destination -like '*kept').Manifest | Should -Exist
        Get-SegmentDelivery -DeliveryId $listed[1].DeliveryId -Warehouse w.duckdb | Where-Object Destination -like '*kept' | ForEach-Object Status | Should -Be Cleared
    }

    It 'of several consumers are removed by age, each in its run' {
        $before = @(Get-LoyaltyRun -Kind Clear -Warehouse w.duckdb).Count
        Clear-SegmentDelivery Marketing, Customer* -Destination ./kept -OlderThan 2020-01-01 -Warehouse w.duckdb -Confirm:$false
        @(Get-LoyaltyRun -Kind Clear -Warehouse w.duckdb).Count | Should -Be ($before + 2)
    }

    It 'that are in no log are told of' {
        { Clear-SegmentDelivery -DeliveryId none -Warehouse w.duckdb -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'DeliveryNotFound,*'
    }
}

Describe 'Names of kinds' {
    It 'are taken as lists and patterns: <Line>' -TestCases @(
        @{ Line = 'Get-LoyaltyRun -Kind Merge, Test'; Kinds = 'Merge', 'Test' }
        @{ Line = 'Get-LoyaltyRun -Kind M*, Tes?'; Kinds = 'Merge', 'Test' }
        @{ Line = "Get-LoyaltyRun -Kind 'Merge, Test' -Status Succ*, Failed"; Kinds = 'Merge', 'Test' }
        @{ Line = 'Get-LoyaltyRun -Kind zz*'; Kinds = @() }
        @{ Line = 'Get-LoyaltyRun -Kind Merge -Status Interr*'; Kinds = @() }
    ) {
        @((Invoke-Expression "$Line -Warehouse w.duckdb").Kind | Sort-Object -Unique) | Should -Be $Kinds
    }

    It 'of deliveries too' {
        (Get-SegmentDelivery -Status Published, Cleared -Warehouse w.duckdb).Status | Sort-Object -Unique | Should -Be Published, Cleared
        (Get-SegmentDelivery -Status C* -Warehouse w.duckdb).Status | Sort-Object -Unique | Should -Be Cleared
        Get-SegmentDelivery -Status zz* -Warehouse w.duckdb | Should -BeNullOrEmpty
    }

    It 'and of rules' {
        $null = Open-Warehouse Merged $TestDrive -Name dirty.duckdb
        (Get-LoyaltyQuarantine -Rule orphan, dup*).Rule | Sort-Object -Unique | Should -Be duplicate, orphan
        Get-LoyaltyQuarantine -Rule zz* | Should -BeNullOrEmpty
        { Get-LoyaltyQuarantine -Rule none } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        Disconnect-LoyaltyWarehouse
    }
}
