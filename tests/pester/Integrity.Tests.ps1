# Test-PipelineIntegrity.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
    # Two checks of our own that can be told what they find.
    @'
integrity:
  own_checks:
    sound: {description: is there, query: SELECT USER_ID FROM LOYALTY.MASTER WHERE USER_ID < 0}
    odd: {description: is odd, warn: 0, query: SELECT USER_ID FROM LOYALTY.MASTER WHERE USER_ID % 2 = 1}
    even: {description: is even, query: SELECT USER_ID FROM LOYALTY.MASTER WHERE USER_ID % 2 = 0}
'@ | Set-Content own.yml
    $config = @{ Config = 'own.yml'; InformationAction = 'SilentlyContinue' }
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'Checks' {
    It 'are all emitted, those that did not pass last, and summed up on the information stream' {
        $results = Test-PipelineIntegrity @config -InformationVariable said -WhatIf
        $results.Count | Should -BeGreaterThan 400
        $results[-1].Status, $results[-1].CheckId | Should -Be Failed, own.even
        $order = $results.Status | ForEach-Object { $_ -in 'Passed', 'Skipped' }
        $order[$order.IndexOf($false)..($order.Count - 1)] | Should -Not -Contain $true
        @($said).Count | Should -Be 1
        "$said" | Should -BeLike "$($results.Count) checks: $(@($results | Where-Object Status -EQ Passed).Count) passed, $(@($results | Where-Object Status -EQ Failed).Count) failed, *"
        Get-LoyaltyRun -Kind Test | Should -BeNullOrEmpty
    }

    It 'that did not pass alone are emitted with -NotPassed' {
        $results = Test-PipelineIntegrity @config -Check own.* -NotPassed
        $results.CheckId | Should -Be own.odd, own.even
        $results.Status | Should -Be Warning, Failed
        $results[1].Violations, $results[1].Total | Should -Be 100, $results[1].Total
        $results[1].Sample.Count | Should -Be 5
        $results[1].FailedSince | Should -Be $results[1].CheckedAt
        (Test-PipelineIntegrity @config -Check own.even).FailedSince | Should -Be $results[1].FailedSince
        (Test-PipelineIntegrity @config -Check own.even -Sample 2).Sample.Count | Should -Be 2
    }

    It 'are one Boolean with -Quiet' {
        @(Test-PipelineIntegrity @config -Check own.sound, own.odd -Quiet -InformationVariable said) | Should -Be @($true)
        @(Test-PipelineIntegrity @config -Check own.* -Quiet) | Should -Be @($false)
        $said | Should -BeNullOrEmpty
    }

    It 'are chosen by suite, table and id, which come through the pipeline too' {
        (Test-PipelineIntegrity @config -Suite Master).Suite | Sort-Object -Unique | Should -Be Master
        (Test-PipelineIntegrity @config -Table user_activity).Table | Sort-Object -Unique | Should -Be DW_A.USER_ACTIVITY
        $results = [pscustomobject]@{ Table = 'MASTER' }, [pscustomobject]@{ Table = 'HISTORY' } | Test-PipelineIntegrity @config -Check *.unique
        $results.CheckId | Should -Be LOYALTY.MASTER.unique, LOYALTY.HISTORY.unique
    }

    It 'of Master and History pass' {
        Test-PipelineIntegrity -Suite Master, History -NotPassed -InformationAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'are switched off by pipeline.yml' {
        'integrity: {checks: {LOYALTY.MASTER.unique: {enabled: false}}}' | Set-Content off.yml
        (Test-PipelineIntegrity -Suite Master -Config off.yml -InformationAction SilentlyContinue).CheckId | Should -Not -Contain LOYALTY.MASTER.unique
        'integrity: {checks: {LOYALTY.MASTER.uniqe: {enabled: false}}}' | Set-Content wrong.yml
        { Test-PipelineIntegrity -Config wrong.yml } | Should -Throw -ErrorId 'ConfigInvalid,*'
    }

    It 'look at what lies at the destinations if asked to' {
        $delivery = Export-EngagementSegment CustomerSuccess -Destination drop
        $stored = @{ Check = 'LOYALTY.DELIVERY.stored'; InformationAction = 'SilentlyContinue' }
        (Test-PipelineIntegrity @stored).Status | Should -Be Skipped
        (Test-PipelineIntegrity @stored -IncludeDeliveries).Status | Should -Be Passed
        Add-Content (Join-Path (Split-Path $delivery.Manifest) $delivery.Files[0].Name) 'x'
        (Test-PipelineIntegrity @stored -IncludeDeliveries).Status | Should -Be Failed
    }
}

Describe '-FailOn' {
    It 'ends in an error after all results: <Level> with <Check>' -TestCases @(
        @{ Level = 'Error'; Check = 'own.even'; Fails = $true }
        @{ Level = 'Warning'; Check = 'own.odd'; Fails = $true }
        @{ Level = 'Error'; Check = 'own.odd'; Fails = $false }
    ) {
        $results = [System.Collections.Generic.List[object]]::new()
        $test = { Test-PipelineIntegrity @config -Check own.sound, $Check -FailOn $Level -OutVariable +results }
        if ($Fails) { $test | Should -Throw -ErrorId 'IntegrityFailed,*' } else { & $test }
        $results.CheckId | Should -Be own.sound, $Check
    }
}

Describe 'Reports' {
    It 'have a test for each result: <File>' -TestCases @(
        @{ File = 'r.xml'; Count = { ([xml](Get-Content r.xml -Raw)).testsuites.tests } }
        @{ File = 'r.junit.xml'; Count = { ([xml](Get-Content r.junit.xml -Raw)).testsuites.tests } }
        @{ File = 'r.nunit.xml'; Count = { ([xml](Get-Content r.nunit.xml -Raw)).SelectNodes('//test-case').Count } }
        @{ File = 'r.json'; Count = { (Get-Content r.json -Raw | ConvertFrom-Json).results.Count } }
    ) {
        Test-PipelineIntegrity @config -Check own.* -OutFile $File -NotPassed | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        & $Count | Should -Be 3
    }

    It 'are written where PowerShell says' {
        $null = New-Item -ItemType Directory sub
        Push-Location sub
        try { $null = Test-PipelineIntegrity -Check own.sound -Config ../own.yml -OutFile TestDrive:/drive.json -Quiet } finally { Pop-Location }
        'drive.json' | Should -Exist
    }

    It 'that cannot be are an error before any check is made: <File>' -TestCases @(
        @{ File = 'r.html'; ErrorId = 'ReportFormatUnknown' }
        @{ File = 'missing/r.xml'; ErrorId = 'ReportUnwritable' }
        @{ File = 'Env:/r.xml'; ErrorId = 'PathNotSupported' }
    ) {
        { Test-PipelineIntegrity @config -OutFile $File -OutVariable emitted } | Should -Throw -ErrorId "$ErrorId,*"
        { Test-PipelineIntegrity @config -OutFile $File -WhatIf } | Should -Throw -ErrorId "$ErrorId,*"
    }

    It 'are named and not written with -WhatIf' {
        $null = Test-PipelineIntegrity @config -Check own.sound -OutFile planned.xml -WhatIf
        'planned.xml' | Should -Not -Exist
    }
}
