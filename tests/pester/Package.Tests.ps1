# What packaging makes of a module: packages with the same bytes each time. tests/package makes them of the module itself.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    $repository = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $maker = Join-Path $repository src Package New-ModulePackage.ps1

    # A library for Linux: head, what is loaded, a table of symbols, their names, the names of sections, and where all of that is.
    function New-Elf {
        $bytes = [byte[]]::new(64 + 5 * 64 + 5 * 64)
        $put = { param([long] $at, $value) [System.BitConverter]::GetBytes($value).CopyTo($bytes, $at) }
        [System.Convert]::FromHexString('7F454C460201').CopyTo($bytes, 0)
        & $put 0x28 ([long] 384); & $put 0x3A ([ushort] 64); & $put 0x3C ([ushort] 5); & $put 0x3E ([ushort] 4)
        $number = 0
        foreach ($section in @{ Type = 0; Text = '' }, @{ Type = 1; Text = 'code'; Flags = 6 }, @{ Type = 2; Text = 'symbols'; Link = 3 }, @{ Type = 3; Text = 'names of symbols' }, @{ Type = 3; Text = 'names of sections' }) {
            $at, $header = (64 * (1 + $number)), (384 + 64 * $number++)
            [System.Text.Encoding]::ASCII.GetBytes($section.Text).CopyTo($bytes, $at)
            & $put ($header + 4) ([uint] $section.Type); & $put ($header + 8) ([ulong] $section['Flags']); & $put ($header + 0x18) ([long] $at)
            & $put ($header + 0x20) ([long] $section.Text.Length); & $put ($header + 0x28) ([uint] $section['Link'])
        }
        $bytes
    }

    # A module in miniature: what packaging does to it is the same.
    function New-Miniature([string] $Folder) {
        $runtimes = Join-Path $Folder module deps runtimes
        foreach ($name in 'linux-x64', 'win-arm64', 'osx') { $null = New-Item -ItemType Directory (Join-Path $runtimes $name native) -Force }
        foreach ($name in 'LoyaltyPipeline.psd1', 'README.md', 'CHANGELOG.md', 'LICENSE') { Copy-Item (Join-Path $repository $name) $Folder }
        foreach ($name in (Import-PowerShellDataFile $manifest).NestedModules + 'module/LoyaltyPipeline.Format.ps1xml', 'module/LoyaltyPipeline.Types.ps1xml') { Copy-Item (Join-Path $repository $name) (Join-Path $Folder module) }
        Copy-Item (Join-Path $repository module LoyaltyPipeline.Types.dll) (Join-Path $Folder module)
        'symbols' > (Join-Path $Folder module deps LoyaltyPipeline.Core.pdb)
        [System.IO.File]::WriteAllBytes((Join-Path $runtimes linux-x64 native libduckdb.so), (New-Elf))
        'for Windows' > (Join-Path $runtimes win-arm64 native duckdb.dll)
        # A library for both processors: the mark, how many parts, and of each processor, subtype, start, length and alignment.
        $head = 'CAFEBABE' + '00000002' + '01000007' + '00000003' + '00000040' + '00000004' + '00000000' + '0100000C' + '00000000' + '00000050' + '00000003' + '00000000'
        $bytes = [byte[]]::new(0x60)
        [System.Convert]::FromHexString($head).CopyTo($bytes, 0)
        [System.Text.Encoding]::ASCII.GetBytes('x64!').CopyTo($bytes, 0x40)
        [System.Text.Encoding]::ASCII.GetBytes('arm').CopyTo($bytes, 0x50)
        [System.IO.File]::WriteAllBytes((Join-Path $runtimes osx native libduckdb.dylib), $bytes)
        $null = New-Item -ItemType Directory (Join-Path $Folder sql)
        $Folder
    }
}

Describe 'A package' {
    BeforeAll {
        $mini = New-Miniature (Join-Path $TestDrive mini)
        '{"a": 1}' > "$TestDrive/bom.json"
        'licences' > "$TestDrive/THIRD-PARTY-NOTICES.txt"
        $made = & $maker -Root $mini -Destination "$TestDrive/one" -Version 1.2.3-beta.4.15 -Runtime linux-x64, osx-x64, osx-arm64 -Sbom "$TestDrive/bom.json" -ProjectUri 'https://loyalty.example/project' -HelpInfoUri 'https://loyalty.example/help'
    }

    It 'has the same bytes each time' {
        Start-Sleep -Seconds 2
        Get-ChildItem $mini -Recurse -File | ForEach-Object { $_.LastWriteTime = Get-Date }
        $null = & $maker -Root $mini -Destination "$TestDrive/two" -Version 1.2.3-beta.4.15 -Runtime linux-x64 -Sbom "$TestDrive/bom.json" -ProjectUri 'https://loyalty.example/project' -HelpInfoUri 'https://loyalty.example/help'
        foreach ($package in 'packages', 'packages/linux-x64') {
            (Get-FileHash "$TestDrive/two/$package/*.nupkg").Hash | Should -Be (Get-FileHash "$TestDrive/one/$package/*.nupkg").Hash
        }
    }

    It 'says version, licence, project, help and what is new' {
        $data = Import-PowerShellDataFile "$TestDrive/one/LoyaltyPipeline/1.2.3/LoyaltyPipeline.psd1"
        $data.ModuleVersion, $data.HelpInfoURI | Should -Be '1.2.3', 'https://loyalty.example/help'
        $data.PrivateData.PSData.Prerelease, $data.PrivateData.PSData.ProjectUri, $data.PrivateData.PSData.LicenseUri | Should -Be 'beta00040015', 'https://loyalty.example/project', 'https://licenses.nuget.org/MIT'
        $data.PrivateData.PSData.ReleaseNotes | Should -Match '^### Added'
        (Import-PowerShellDataFile $manifest).ModuleVersion | Should -Be (Import-PowerShellDataFile "$mini/LoyaltyPipeline.psd1").ModuleVersion
    }

    It 'has bill and licences, and no symbols' {
        'sbom.cdx.json', 'THIRD-PARTY-NOTICES.txt', 'LICENSE', 'module/LoyaltyPipeline.dll' | ForEach-Object { "$TestDrive/one/LoyaltyPipeline/1.2.3/$_" | Should -Exist }
        Get-ChildItem "$TestDrive/one" -Recurse -Filter *.pdb | Should -BeNullOrEmpty
    }

    It 'for one system has its library alone: <System>' -TestCases @(
        @{ System = 'linux-x64'; File = 'linux-x64/native/libduckdb.so'; Text = '*code*' }
        @{ System = 'osx-x64'; File = 'osx/native/libduckdb.dylib'; Text = 'x64!' }
        @{ System = 'osx-arm64'; File = 'osx/native/libduckdb.dylib'; Text = 'arm' }
    ) {
        $folder = "$TestDrive/one/runtimes/$System/LoyaltyPipeline/1.2.3/module/deps/runtimes"
        Get-ChildItem $folder -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($folder, $_.FullName).Replace('\', '/') } | Should -Be $File
        Get-Content "$folder/$File" -Raw | Should -BeLike $Text
    }

    It 'has the libraries for Linux without symbols, and what is loaded where it was' {
        $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/one/runtimes/linux-x64/LoyaltyPipeline/1.2.3/module/deps/runtimes/linux-x64/native/libduckdb.so")
        $text = [System.Text.Encoding]::ASCII.GetString($bytes)
        $text | Should -Not -Match symbols
        [System.Text.Encoding]::ASCII.GetString($bytes, 128, 4) | Should -Be code
        $table = [System.BitConverter]::ToInt64($bytes, 0x28)
        $bytes.Length | Should -Be ($table + 5 * 64)
        0..4 | ForEach-Object { [System.BitConverter]::ToUInt32($bytes, $table + 64 * $_ + 4) } | Should -Be 0, 1, 0, 0, 3
        $names = $table + 64 * 4
        $text.Substring([System.BitConverter]::ToInt64($bytes, $names + 0x18), [System.BitConverter]::ToInt64($bytes, $names + 0x20)) | Should -BeExactly 'names of sections'
    }

    It 'is not made of what it cannot be made of: <Arguments>' -TestCases @(
        @{ Arguments = @{ Version = 'next' }; Message = "'next' is no version*" }
        @{ Arguments = @{ Version = '1.0.0'; Runtime = 'linux-arm64'; RuntimeOnly = $true }; Message = '*no library for linux-arm64*' }
    ) {
        { & $maker -Root $mini -Destination "$TestDrive/three" @Arguments } | Should -Throw $Message
    }

    It 'for one system that is too large is refused' {
        $large = [byte[]]::new(31MB)
        [System.Random]::new(1).NextBytes($large)
        [System.IO.File]::WriteAllBytes("$mini/module/deps/runtimes/win-arm64/native/duckdb.dll", $large)
        { & $maker -Root $mini -Destination "$TestDrive/three" -Version 1.0.0 -Runtime win-arm64 -RuntimeOnly } | Should -Throw '*30 MB*'
    }
}
