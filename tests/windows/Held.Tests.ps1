# A day's work beside a scanner that opens every file that appears and holds it, at full depth for three seconds: nothing fails of it, and nothing of it stays.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    . "$PSScriptRoot/Support/Scanner.ps1"
    $folder = Join-Path $here held
    $temporary = Join-Path $folder temporary
    $null = New-Item -ItemType Directory $temporary
    $before = $env:TEMP, $env:TMP
    $env:TEMP = $env:TMP = $temporary
    Import-Module $manifest
    Push-Location -LiteralPath $folder
    'consumers: {Marketing: {destination: drop}, CustomerSuccess: {destination: drop}}' | Set-Content pipeline.yml
    $scanner = Start-FileScanner $folder ($env:LOYALTY_TEST_DEPTH -eq 'full' ? '00:00:03' : '00:00:00.5')
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    $scanner.Dispose()
    $env:TEMP, $env:TMP = $before
    Pop-Location
}

Describe 'Beside a scanner' {
    It 'a warehouse is made, filled and merged' {
        $null = Connect-LoyaltyWarehouse w.duckdb
        $null = Initialize-LoyaltyWarehouse -IncludeSources
        $sample = New-LoyaltySample -Users 200 -Days 60 -Path landing
        (Import-LoyaltySource landing).SourceTable | Sort-Object | Should -Be ($sample.Tables.Table | Sort-Object)
        (Invoke-LoyaltyMerge 2026-06-30).Outcome | Should -Be Written
    }

    It 'segments are delivered, once and again' {
        foreach ($outcome in 'Published', 'AlreadyThere') {
            foreach ($name in 'Marketing', 'CustomerSuccess') { (Export-EngagementSegment $name).Outcome | Should -Be $outcome }
        }

        $null = Invoke-LoyaltyMerge 2026-07-01 -Force -WarningAction Ignore
        (Export-EngagementSegment Marketing).Outcome | Should -Be Published
        Test-SegmentDelivery drop/Marketing/HighlyEngaged/latest.json -Quiet | Should -BeTrue
    }

    It 'pages, reports and extracts are made, and made anew' {
        foreach ($round in 1, 2) {
            $null = Export-PipelineDashboard page.html
            $null = Test-PipelineIntegrity -OutFile checks.json -InformationAction Ignore
            $null = Export-LoyaltyExtract ENGAGEMENT_BY_REGION -Path regions.csv
        }

        'page.html', 'checks.json', 'regions.csv' | Should -Exist
    }

    It 'a warehouse is closed, opened and sound' {
        Disconnect-LoyaltyWarehouse
        $null = Connect-LoyaltyWarehouse w.duckdb -LockTimeout 10
        @(Test-PipelineIntegrity -IncludeDeliveries -InformationAction Ignore).Where{ $_.Status -notin 'Passed', 'Skipped' }.CheckId | Should -BeNullOrEmpty
        @(Get-LoyaltyRun).Where{ $_.Status -ne 'Succeeded' } | Should -BeNullOrEmpty
    }

    It 'nothing is left of the work when the next is done' {
        $scanner.Dispose()
        $null = Import-LoyaltySource landing
        (Export-EngagementSegment Marketing).Outcome | Should -Be AlreadyThere
        (Get-ChildItem -LiteralPath $temporary, drop -Recurse -Force).Name | Should -Not -Match '^\.|partial|loyalty-'
        $scanner.Scanned.Count | Should -BeGreaterThan 30
    }
}

Describe 'A file that somebody has open for longer' {
    BeforeAll {
        Push-Location -LiteralPath $folder
        Disconnect-LoyaltyWarehouse
        $file = Join-Path $folder w.duckdb
        function Get-Failure([scriptblock] $Call) { try { $null = & $Call } catch { '{0} {1}' -f ($_.FullyQualifiedErrorId -replace ',.*'), $_.CategoryInfo.Category } }
    }

    AfterAll {
        Disconnect-LoyaltyWarehouse
        Pop-Location
    }

    It 'is in use, be it the warehouse or a source' {
        $held = [System.IO.File]::Open($file, 'Open', 'Read', 'Read')
        try { Get-Failure { Connect-LoyaltyWarehouse $file } | Should -Be 'WarehouseBusy ResourceBusy' } finally { $held.Dispose() }

        Copy-Item -LiteralPath $file regions.duckdb
        'sources: {DW_C: {file: regions.duckdb, schema: DW_C}}' | Set-Content elsewhere.yml
        $null = Connect-LoyaltyWarehouse $file
        $held = [System.IO.File]::Open((Join-Path $folder regions.duckdb), 'Open', 'Read', 'None')
        try { Get-Failure { Invoke-LoyaltyMerge 2026-07-02 -Config elsewhere.yml -Force } | Should -BeLike '* ResourceBusy' } finally { $held.Dispose() }
        (Invoke-LoyaltyMerge 2026-07-02 -Config elsewhere.yml -Force -WarningAction Ignore).Outcome | Should -Be Written
        Disconnect-LoyaltyWarehouse
    }

    It 'is no reason to wait where it is the notice of a run that is over' {
        $null = Connect-LoyaltyWarehouse $file
        Set-Content "$file.run" junk
        $held = [System.IO.File]::Open("$file.run", 'Open', 'Read', 'ReadWrite')
        try { (Invoke-LoyaltyMerge 2026-07-03 -Force -WarningAction Ignore).Outcome | Should -Be Written } finally { $held.Dispose() }
        Disconnect-LoyaltyWarehouse
    }

    It 'is waited for with -LockTimeout' {
        $held = [System.IO.File]::Open($file, 'Open', 'Read', 'Read')
        $release = Start-ThreadJob { Start-Sleep 7; ($using:held).Dispose() }
        (Connect-LoyaltyWarehouse $file -LockTimeout 60).IsOpen | Should -BeTrue
        $null = Receive-Job $release -Wait -AutoRemoveJob
        Disconnect-LoyaltyWarehouse
    }
}
