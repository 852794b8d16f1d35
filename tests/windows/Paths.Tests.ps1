# Paths as Windows has them: one folder under many spellings, names that are devices, drives that a session makes, and paths longer than 260 characters.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $folder = Join-Path $here paths
    $null = New-Item -ItemType Directory $folder
    Import-Module $manifest
    Push-Location -LiteralPath $folder
    $null = Connect-LoyaltyWarehouse w.duckdb
    $null = Initialize-LoyaltyWarehouse -IncludeSources
    $null = Import-LoyaltySource (Join-Path $reference landing)
    $null = Invoke-LoyaltyMerge 2026-06-30

    function Get-ErrorId([scriptblock] $Call) {
        try { $null = & $Call } catch { $_.FullyQualifiedErrorId -replace ',.*' }
    }
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'A folder' {
    It 'is one destination and one feed, whatever its case and its separators' {
        $first = Export-EngagementSegment Marketing -Destination (Join-Path $folder Drop)
        $first.Outcome | Should -Be Published
        foreach ($spelling in (Join-Path $folder Drop).ToUpperInvariant(), (Join-Path $folder 'drop\'), "$($folder.Replace('\', '/'))/dROP/", 'drop', '.\DROP\') {
            (Export-EngagementSegment Marketing -Destination $spelling).Outcome | Should -Be AlreadyThere -Because $spelling
        }

        @(Get-SegmentDelivery).Destination | Should -Be (Join-Path $folder Drop)
    }

    It 'may be reached by a path in the form for long ones' {
        $long = '\\?\' + (Join-Path $folder landing)
        $null = New-Item -ItemType Directory landing -Force
        Copy-Item (Join-Path $reference landing REGION_METADATA*) landing
        (Import-LoyaltySource $long).SourceTable | Should -Be DW_C.REGION_METADATA
    }

    It 'and a warehouse are the same in the form for long paths' {
        @(Get-LoyaltyRun -Last 1 -Warehouse "\\?\$(Join-Path $folder w.duckdb)").Count | Should -Be 1
        @(Import-LoyaltySource "\\?\$(Join-Path $folder landing)\*").Count | Should -Be 1
    }

    It 'may lie deeper than 260 characters' {
        $deep = Join-Path $folder ('n' * 100) ('o' * 100) ('p' * 100)
        $deep.Length | Should -BeGreaterThan 300
        $delivery = Export-EngagementSegment CustomerSuccess -Destination $deep
        $delivery.Outcome | Should -Be Published
        Test-SegmentDelivery $delivery.Manifest -Quiet | Should -BeTrue
    }
}

Describe 'A drive of one letter that the session has made' {
    BeforeAll { $null = New-PSDrive Q FileSystem $folder -Scope Global }
    AfterAll { Remove-PSDrive Q }

    It 'is where it leads to' {
        $null = New-Item -ItemType Directory landed
        Copy-Item (Join-Path $reference landing SUPPORT_CALLS*) landed
        (Import-LoyaltySource Q:\landed).SourceTable | Should -Be DW_B.SUPPORT_CALLS
        (Export-EngagementSegment Marketing -Destination Q:\Drop).Outcome | Should -Be AlreadyThere
        Export-PipelineDashboard Q:\page.html | Select-Object -ExpandProperty FullName | Should -Be (Join-Path $folder page.html)
    }
}

Describe 'What is no file' {
    It 'is refused by what it is: <Name>' -TestCases @(
        @{ Name = 'NUL.html' }
        @{ Name = 'con\page.html' }
        @{ Name = '\\.\PhysicalDrive0.html' }
        @{ Name = 'page.html:stream.html' }
    ) {
        Get-ErrorId { Export-PipelineDashboard $Name } | Should -Be PathNotSupported
        Get-ErrorId { Connect-LoyaltyWarehouse $Name -NoDefault } | Should -Be PathNotSupported
        Get-ErrorId { Export-EngagementSegment Marketing -Destination $Name } | Should -BeIn PathNotSupported, DestinationInvalid
    }

    It 'is no name of a consumer either' {
        Get-ErrorId { Export-EngagementSegment -Consumer Aux -Segment Engaged -Destination drop } | Should -Be ConsumerUnknown
    }
}

Describe 'A file' {
    It 'that is named twice in another case is read once' {
        $path = (Get-Item (Join-Path $reference landing SUPPORT_CHATS*)).FullName
        $rows = (Import-LoyaltySource $path -Mode Replace).RowsRead
        (Import-LoyaltySource $path, $path.ToUpperInvariant() -Mode Replace -Force).RowsRead | Should -Be $rows
    }

    It 'that has a second name is known by it' {
        Set-Content pipeline.yml '# nothing'
        $null = New-Item -ItemType HardLink page.html -Target (Join-Path $folder pipeline.yml) -Force
        Get-ErrorId { Export-PipelineDashboard page.html } | Should -Be ReportUnwritable
        Get-Content pipeline.yml | Should -Be '# nothing'
    }
}
