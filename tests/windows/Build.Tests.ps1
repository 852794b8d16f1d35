# build.ps1 where the module is loaded: Windows lets nobody replace it.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    Import-Module $manifest
    Copy-Item -LiteralPath (Join-Path (Split-Path (Split-Path $PSScriptRoot)) build.ps1) $package
}

Describe 'build.ps1' {
    It 'says that a new session is needed, and changes nothing: <_>' -TestCases Build, Clean {
        $said = & ([System.Environment]::ProcessPath) -NoProfile -NonInteractive -File (Join-Path $package build.ps1) $_ 2>&1
        $LASTEXITCODE | Should -Be 1
        "$said" -replace '\s+', ' ' | Should -BeLike '*in a new session.*'
        Join-Path $package module deps | Should -Exist
    }
}
