# For those who have Pester 5 and PowerShell: Invoke-Pester tests/pester, after a build.

BeforeDiscovery {
    $manifest = Join-Path $PSScriptRoot '../../LoyaltyPipeline.psd1'
    Import-Module $manifest -Force
    $cmdlets = Get-Command -Module LoyaltyPipeline | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    $manifest = Join-Path $PSScriptRoot '../../LoyaltyPipeline.psd1'
    Import-Module $manifest -Force
    $declared = (Import-PowerShellDataFile $manifest).CmdletsToExport
}

AfterAll {
    Remove-Module LoyaltyPipeline -ErrorAction Ignore
}

Describe 'The manifest' {
    It 'is valid' {
        { Test-ModuleManifest $manifest -ErrorAction Stop } | Should -Not -Throw
    }

    It 'lists every export by name' {
        $data = Import-PowerShellDataFile $manifest
        $data.CmdletsToExport | Should -Not -Contain '*'
        $data.FunctionsToExport | Should -BeNullOrEmpty
        $data.AliasesToExport | Should -BeNullOrEmpty
        $data.VariablesToExport | Should -BeNullOrEmpty
    }

    It 'exports what it lists' {
        (Get-Command -Module LoyaltyPipeline).Name | Sort-Object | Should -Be ($declared | Sort-Object)
    }
}

Describe 'History' {
    It 'says what Master was on each day of a replay' {
        $warehouse = Connect-LoyaltyWarehouse (Join-Path $TestDrive 'history.duckdb')
        $null = Initialize-LoyaltyWarehouse
        $sample = New-LoyaltySample -Users 50 -Days 30
        $days = Invoke-LoyaltyMerge -From $sample.LastDay.AddDays(-2) -To $sample.LastDay -Force -WarningAction SilentlyContinue

        $days.RunDate | Should -Be @(-2..0 | ForEach-Object { $sample.LastDay.AddDays($_) })
        foreach ($day in $days) { @(Get-LoyaltyHistory -AsOf $day.RunDate).Count | Should -Be $day.Users }
        (Get-LoyaltyHistory -UserId 1 | Select-Object -Last 1).ValidTo | Should -BeNullOrEmpty
        (Get-LoyaltyHistory -Between $days[0].RunDate, $days[2].RunDate -Column '*' | Where-Object Before -eq $null | Select-Object -First 1).Column | Should -Not -BeNullOrEmpty
        Disconnect-LoyaltyWarehouse
    }
}

Describe 'Importing' {
    It 'keeps every cmdlet: <Script>' -TestCases @(
        @{ Script = 'Import-Module $manifest -Force' }
        @{ Script = 'Remove-Module LoyaltyPipeline; Import-Module $manifest' }
        @{ Script = 'Import-Module $manifest; Import-Module $manifest -Force' }
    ) {
        . ([scriptblock]::Create($Script))
        (Get-Command -Module LoyaltyPipeline).Count | Should -Be $declared.Count
    }

    It 'loads the cmdlets and not Core' {
        $loaded = & (Get-Process -Id $PID).Path -NoProfile -Command "Import-Module '$manifest'; [System.AppDomain]::CurrentDomain.GetAssemblies().GetName().Name.Where{ `$_ -like 'LoyaltyPipeline*' }"
        $loaded | Should -Be 'LoyaltyPipeline'
    }
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
        $parameters = (Get-Command $Name).Parameters.Keys |
            Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }
    }

    It 'uses an approved verb' {
        (Get-Command $Name).Verb | Should -BeIn (Get-Verb).Verb
    }

    It 'has help with an example' {
        $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name"
        $help.Description.Text | Should -Not -BeNullOrEmpty
        $help.Examples.Example.Code | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        foreach ($parameter in $parameters) {
            ($help.Parameters.Parameter | Where-Object Name -EQ $parameter).Description.Text | Should -Not -BeNullOrEmpty -Because "-$parameter is a parameter"
        }
    }

    It 'declares what it emits' {
        (Get-Command $Name).OutputType | Should -Not -BeNullOrEmpty
    }
}

Describe 'A warehouse' {
    BeforeAll {
        $file = Join-Path $TestDrive 'pester.duckdb'
    }

    AfterEach {
        Disconnect-LoyaltyWarehouse
    }

    It 'is created, initialized once, and closed' {
        $warehouse = Connect-LoyaltyWarehouse $file
        $warehouse.Location | Should -Be $file
        (Initialize-LoyaltyWarehouse -WhatIf).Applied | Should -Not -Contain $true
        (Initialize-LoyaltyWarehouse).Applied | Should -Not -Contain $false
        Initialize-LoyaltyWarehouse | Should -BeNullOrEmpty
        Disconnect-LoyaltyWarehouse
        $warehouse.IsOpen | Should -BeFalse
    }

    It 'is found on a PowerShell drive' {
        (Connect-LoyaltyWarehouse 'TestDrive:/drive.duckdb').Location | Should -Be (Join-Path $TestDrive 'drive.duckdb')
    }

    It 'may be read in part' {
        $Error.Clear()
        Connect-LoyaltyWarehouse ':memory:' | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        @(Initialize-LoyaltyWarehouse | Select-Object -First 1).Count | Should -Be 1
        $Error | Should -BeNullOrEmpty
    }

    It 'must be named or connected' {
        $before = $env:LOYALTY_WAREHOUSE
        $env:LOYALTY_WAREHOUSE = ''
        try {
            { Initialize-LoyaltyWarehouse } | Should -Throw -ErrorId 'WarehouseNotConnected,*'
        }
        finally {
            $env:LOYALTY_WAREHOUSE = $before
        }
    }
}

Describe 'From a sample to a segment' {
    BeforeAll {
        $warehouse = Connect-LoyaltyWarehouse (Join-Path $TestDrive 'story.duckdb')
        $null = Initialize-LoyaltyWarehouse
        $sample = New-LoyaltySample -Users 200 -Days 60 -Dirty
    }

    AfterAll {
        Disconnect-LoyaltyWarehouse
    }

    It 'plans a merge without writing' {
        $plan = Invoke-LoyaltyMerge $sample.LastDay -WhatIf
        $plan.Outcome | Should -Be 'Planned'
        $plan.Inserted | Should -Be 200
        Get-EngagementSegment | Should -BeNullOrEmpty
        Get-LoyaltyRun | Should -BeNullOrEmpty
    }

    It 'merges, and changes nothing the second time' {
        (Invoke-LoyaltyMerge $sample.LastDay).Outcome | Should -Be 'Written'
        (Invoke-LoyaltyMerge $sample.LastDay).Outcome | Should -Be 'Unchanged'
    }

    It 'logs the runs and keeps what was rejected' {
        $runs = Get-LoyaltyRun
        $runs.Count | Should -Be 2
        @($runs[0] | Get-LoyaltyQuarantine).Count | Should -Be $sample.Planted
    }

    It 'puts everybody into one segment' {
        (Get-EngagementSegment | Group-Object Segment | Measure-Object Count -Sum).Sum | Should -Be 200
        Get-EngagementSegment LowEngagement | ForEach-Object Segment | Sort-Object -Unique | Should -Be 'Low Engagement'
    }

    It 'may be read in part' {
        $Error.Clear()
        (Get-EngagementSegment | Select-Object -First 1).UserId | Should -Be 1
        $Error | Should -BeNullOrEmpty
    }

    It 'shows <Command> with ISO dates' -TestCases @(
        @{ Command = 'Get-LoyaltyRun | Format-List'; Expected = 'RunDate +: 2026-06-30' }
        @{ Command = 'Get-LoyaltyRun | Format-Table'; Expected = 'Merge +2026-06-30 Succeeded' }
        @{ Command = 'Get-EngagementSegment -First 5 | Format-List'; Expected = 'ScoreDate +: 2026-\d\d-\d\d' }
        @{ Command = 'Invoke-LoyaltyMerge 2026-06-30 -WhatIf | Format-List'; Expected = 'RunDate +: 2026-06-30' }
    ) {
        $text = & ([scriptblock]::Create($Command)) | Out-String -Width 120
        $text | Should -Match $Expected
        $text | Should -Not -Match '\d+/\d+/\d{4}'
    }
}

Describe 'Delivering a segment' {
    BeforeAll {
        $warehouse = Connect-LoyaltyWarehouse (Join-Path $TestDrive 'delivery.duckdb')
        $null = Initialize-LoyaltyWarehouse
        $sample = New-LoyaltySample -Users 200 -Days 60
        $null = Invoke-LoyaltyMerge $sample.LastDay
        $drop = Join-Path $TestDrive 'drop'
    }

    AfterAll {
        Disconnect-LoyaltyWarehouse
    }

    It 'plans without writing' {
        $plan = Export-EngagementSegment Marketing -Destination $drop -WhatIf
        $plan.Outcome | Should -Be 'Planned'
        $plan.Rows | Should -BeGreaterThan 0
        $drop | Should -Not -Exist
        Get-SegmentDelivery | Should -BeNullOrEmpty
    }

    It 'sends files, a manifest and latest.json, and the same nothing the second time' {
        $delivery = Export-EngagementSegment Marketing -Destination $drop
        $delivery.Outcome | Should -Be 'Published'
        $delivery.Manifest | Should -Exist
        (Get-Content (Join-Path $drop 'Marketing/HighlyEngaged/latest.json') -Raw | ConvertFrom-Json).delivery_id | Should -Be $delivery.DeliveryId
        (Export-EngagementSegment Marketing -Destination $drop).Outcome | Should -Be 'AlreadyThere'
        @(Get-SegmentDelivery).Count | Should -Be 1
    }

    It 'is verified where it lies, from <Place>' -TestCases @(
        @{ Place = 'the log'; Script = 'Get-SegmentDelivery | Test-SegmentDelivery' }
        @{ Place = 'a drive of PowerShell'; Script = "Test-SegmentDelivery 'TestDrive:/drop/Marketing/HighlyEngaged'" }
        @{ Place = 'an item'; Script = 'Get-Item (Join-Path $drop Marketing/HighlyEngaged/latest.json) | Test-SegmentDelivery' }
    ) {
        (& ([scriptblock]::Create($Script))).Passed | Should -Not -Contain $false
    }

    It 'sends a row per user as the manifest says' {
        $delivery = Export-EngagementSegment CustomerSuccess -Destination $drop -Compression None
        $rows = Import-Csv (Join-Path (Split-Path $delivery.Manifest) $delivery.Files[0].Name)
        $rows.Count | Should -Be $delivery.Rows
        [long[]] $rows.USER_ID | Should -Be ([long[]] $rows.USER_ID | Sort-Object)
        $rows[0].psobject.Properties.Name | Should -Not -Contain 'FULL_NAME'
        $rows.EMAIL | Should -Not -Match '@'
    }

    It 'shows <Command> with ISO dates' -TestCases @(
        @{ Command = 'Get-SegmentDelivery | Format-Table' }
        @{ Command = 'Get-SegmentDelivery | Format-List' }
        @{ Command = 'Export-EngagementSegment Marketing -Destination $drop -WhatIf | Format-List' }
    ) {
        $text = & ([scriptblock]::Create($Command)) | Out-String -Width 200
        $text | Should -Match '2026-06-30'
        $text | Should -Not -Match '\d+/\d+/\d{4}'
    }

    It 'is refused without a destination' {
        { Export-EngagementSegment Marketing } | Should -Throw -ErrorId 'DestinationInvalid,*'
    }

    It 'is cleared when a newer one has taken its place' {
        $newer = Export-EngagementSegment Marketing -Destination $drop -Column USER_ID
        $cleared = Clear-SegmentDelivery Marketing -Destination $drop -OlderThan ([datetime]::UtcNow.AddDays(1)) -Confirm:$false
        @($cleared).Count | Should -Be 1
        $cleared.Location | Should -Not -Exist
        $newer.Manifest | Should -Exist
    }
}

Describe 'Importing a file' {
    BeforeAll {
        $warehouse = Connect-LoyaltyWarehouse (Join-Path $TestDrive 'import.duckdb')
        $null = Initialize-LoyaltyWarehouse
        $file = Join-Path $TestDrive 'REGION_METADATA.csv'
        Set-Content $file 'REGION_CODE,REGION_NAME,COUNTRY,REGION_CLASS', 'EU,Europe,,Core', 'US,United States,US,Core', 'XX,Nowhere,XX,Lost'
    }

    AfterAll {
        Disconnect-LoyaltyWarehouse
    }

    It 'says under -WhatIf what it would do' {
        $plan = Get-Item $file | Import-LoyaltySource -WhatIf
        $plan.Applied | Should -BeFalse
        $plan.RowsUsed, $plan.Rejected | Should -Be 1, 2
        Get-LoyaltyRun | Should -BeNullOrEmpty
    }

    It 'takes the sound rows and says why not the others' {
        $result = Get-Item $file | Import-LoyaltySource
        $result.Inserted | Should -Be 1
        $text = $result | Format-List | Out-String
        $text | Should -Match 'RejectedByRule +: accepted_values 1, not_null 1'
        $rejected = $result | Get-LoyaltyQuarantine
        $rejected.Detail | Should -Be 'REGION_METADATA.csv line 4: REGION_CLASS is none of Core, Growth, Emerging', 'REGION_METADATA.csv line 2: COUNTRY is missing'
    }

    It 'is refused beyond the limit' {
        { Import-LoyaltySource $file -MaxRejected 10% -ErrorAction Stop } | Should -Throw -ErrorId 'TooManyRejected,*'
    }
}

Describe 'Topics' {
    It 'has <_>' -ForEach 'about_LoyaltyPipeline', 'about_LoyaltyDelivery', 'about_LoyaltyIntegrity', 'about_LoyaltyAnomalies', 'about_LoyaltyErrors' {
        Get-Help $_ | Should -Match 'LONG DESCRIPTION'
    }
}

Describe 'Integrity' {
    It 'passes a clean sample, names what is not as it must be, and writes a report' {
        $warehouse = Connect-LoyaltyWarehouse (Join-Path $TestDrive 'integrity.duckdb')
        $null = Initialize-LoyaltyWarehouse
        $sample = New-LoyaltySample -Users 50 -Days 30
        $null = Invoke-LoyaltyMerge $sample.LastDay
        $report = Join-Path $TestDrive 'checks.junit.xml'

        Test-PipelineIntegrity -OutFile $report | Where-Object Status -notin 'Passed', 'Skipped' | Should -BeNullOrEmpty
        ([xml](Get-Content $report -Raw)).testsuites.errors | Should -Be '0'
        Test-PipelineIntegrity -Suite Master | Group-Object Status | Select-Object -ExpandProperty Name | Should -Be 'Passed'
        { Test-PipelineIntegrity -Check none.such -ErrorAction Stop } | Should -Throw -ErrorId 'CheckUnknown*'
        Disconnect-LoyaltyWarehouse
    }

    It 'runs daily, and says how it went' {
        $path = Join-Path $TestDrive 'daily.duckdb'
        $null = Initialize-LoyaltyWarehouse -Warehouse $path
        $sample = New-LoyaltySample -Users 50 -Days 30 -Warehouse $path
        $config = Join-Path $TestDrive 'pipeline.yml'
        "consumers:`n  Marketing: {destination: '$TestDrive/drop'}`n  CustomerSuccess: {destination: '$TestDrive/drop'}" | Set-Content $config

        $output = & "$PSScriptRoot/../../module/pipelines/Daily.ps1" -Warehouse $path -Config $config -RunDate $sample.LastDay
        $LASTEXITCODE | Should -Be 0
        $output[-1] | Should -BeLike '*delivered to 2 consumers.'
        (Get-ChildItem "$TestDrive/drop" -Recurse -Filter manifest.json).Count | Should -Be 2
        (Get-Help "$PSScriptRoot/../../module/pipelines/Daily.ps1").Synopsis | Should -Match 'daily run'
    }
}
