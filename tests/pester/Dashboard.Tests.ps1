# Export-PipelineDashboard.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Push-Location $TestDrive
    $null = Open-Warehouse Merged $TestDrive
}

AfterAll {
    Disconnect-LoyaltyWarehouse
    Pop-Location
}

Describe 'The dashboard' {
    It 'is one file, emitted as Get-Item does' {
        $page = Export-PipelineDashboard dashboard.html
        $item = Get-Item dashboard.html
        $page | Should -BeOfType ([System.IO.FileInfo])
        $page.PSPath, $page.PSChildName, $page.FullName | Should -Be $item.PSPath, $item.PSChildName, $item.FullName
        $page.Length | Should -BeGreaterThan 500KB
        ($page | Copy-Item -Destination copy.html -PassThru).Length | Should -Be $page.Length
    }

    It 'needs no network and shows no user' {
        $text = Get-Content dashboard.html -Raw
        $text | Should -Not -Match '(?:src|href)\s*=\s*"?https?:'
        $text | Should -Not -Match '@mail\.example'
        $text | Should -Match '2026-06-30'
    }

    It 'is the same for the same state, there and at a destination' {
        $null = Export-PipelineDashboard again.html -Destination drop
        (Get-FileHash again.html).Hash | Should -Be (Get-FileHash dashboard.html).Hash
        (Get-FileHash drop/again.html).Hash | Should -Be (Get-FileHash dashboard.html).Hash
    }

    It 'is not written with -WhatIf' {
        Export-PipelineDashboard planned.html -Destination planned -WhatIf | Should -BeNullOrEmpty
        'planned.html', 'planned' | Should -Not -Exist
    }

    It 'is refused: <Arguments>' -TestCases @(
        @{ Arguments = 'nowhere/d.html'; ErrorId = 'ReportUnwritable' }
        @{ Arguments = 'nowhere/d.html -WhatIf'; ErrorId = 'ReportUnwritable' }
        @{ Arguments = 'w.duckdb -WhatIf'; ErrorId = 'ReportFormatUnknown' }
        @{ Arguments = 'd.html -Days 0'; ErrorId = 'ParameterArgumentValidationError' }
        @{ Arguments = 'd.html -Destination s3://'; ErrorId = 'DestinationInvalid' }
        @{ Arguments = 'd.html -Destination drop -EndpointUrl https://me:secret@host'; ErrorId = 'DestinationInvalid' }
        @{ Arguments = 'd.txt'; ErrorId = 'ReportFormatUnknown' }
    ) {
        { & ([scriptblock]::Create("Export-PipelineDashboard $Arguments")) } | Should -Throw -ErrorId "$ErrorId,*"
        'd.html' | Should -Not -Exist
    }
}
